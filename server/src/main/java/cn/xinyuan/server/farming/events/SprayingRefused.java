package cn.xinyuan.server.farming.events;

import java.time.Instant;
import java.util.UUID;

/** A spraying was refused: banned substance, unregistered product or too many uses. */
public record SprayingRefused(
        UUID plot, UUID party, String district, String rule, String text, Instant at) {}
