package cn.xinyuan.server.laboratory.events;

import java.time.Instant;
import java.util.UUID;

/** A released report fails: the lot is held already. */
public record ReportFailed(
        UUID report,
        String number,
        UUID lot,
        UUID party,
        String district,
        String text,
        Instant at) {}
