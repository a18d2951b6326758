package cn.xinyuan.server.scan.events;

import java.time.Instant;
import java.util.UUID;

/** The scans of a code look like those of copies. */
public record CodeSuspicious(
        String code, UUID party, String district, String evidence, Instant at) {}
