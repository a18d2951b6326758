package cn.xinyuan.server.laboratory.events;

import java.time.Instant;
import java.util.UUID;

/** A report was released, whatever it says. */
public record ReportReleased(UUID report, String number, UUID lot, String outcome, Instant at) {}
