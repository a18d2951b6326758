package cn.xinyuan.server.issuing.domain;

import cn.xinyuan.codes.CodeRange;
import java.time.Instant;
import java.util.UUID;

/** Codes that were put on a lot, by whom and when. */
public record Activated(UUID id, CodeRange range, UUID lot, UUID by, Instant at) {}
