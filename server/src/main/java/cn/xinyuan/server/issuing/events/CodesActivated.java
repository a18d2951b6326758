package cn.xinyuan.server.issuing.events;

import java.time.Instant;
import java.util.UUID;

/** Codes were put on a lot. */
public record CodesActivated(
        long batch, long first, long count, UUID lot, UUID party, Instant at) {}
