package cn.xinyuan.server.licensing.events;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/** A suspension ended. */
public record LicenceReinstated(
        UUID licence,
        String number,
        UUID party,
        UUID product,
        BigDecimal yearlyKg,
        String reason,
        Instant at) {}
