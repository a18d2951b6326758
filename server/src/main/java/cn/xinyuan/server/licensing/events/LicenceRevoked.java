package cn.xinyuan.server.licensing.events;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/** A licence was revoked. */
public record LicenceRevoked(
        UUID licence,
        String number,
        UUID party,
        UUID product,
        BigDecimal yearlyKg,
        String reason,
        Instant at) {}
