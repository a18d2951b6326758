package cn.xinyuan.server.trace.events;

import java.time.Instant;
import java.util.UUID;

/** A command on goods was refused; recorded in a transaction of its own. */
public record GoodsRefused(
        UUID party, String district, String rule, String text, String subject, Instant at) {}
