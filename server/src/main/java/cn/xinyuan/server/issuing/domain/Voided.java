package cn.xinyuan.server.issuing.domain;

import cn.xinyuan.codes.CodeRange;
import java.time.Instant;
import java.util.UUID;

/** Codes that are worthless for good, with the reason that a scan shows. */
public record Voided(UUID id, CodeRange range, String reason, UUID by, Instant at) {}
