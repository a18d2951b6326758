package cn.xinyuan.server.recall.events;

import java.time.Instant;
import java.util.UUID;

/** A recall was published. */
public record RecallPublished(
        UUID recall,
        String number,
        UUID lot,
        UUID party,
        String district,
        String reason,
        Instant at) {}
