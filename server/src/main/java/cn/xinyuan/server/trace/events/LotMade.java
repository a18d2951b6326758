package cn.xinyuan.server.trace.events;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/** A lot was made. */
public record LotMade(
        UUID lot, String kind, UUID party, BigDecimal kilograms, long packs, Instant at) {}
