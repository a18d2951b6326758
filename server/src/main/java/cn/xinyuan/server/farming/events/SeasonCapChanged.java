package cn.xinyuan.server.farming.events;

import java.math.BigDecimal;
import java.util.UUID;

/** The cap of a plot for a season, in kilograms. */
public record SeasonCapChanged(UUID plot, int season, BigDecimal kilograms) {}
