package cn.xinyuan.server.farming;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/** What a plot has borne so far; {@code trace}, which lies above, knows. */
public interface Harvests {

    /** Kilograms harvested on the plot in a season. */
    BigDecimal kilograms(UUID plot, int season);

    /** The same of several plots, each with a figure. */
    Map<UUID, BigDecimal> kilograms(Collection<UUID> plots, int season);

    /** What one plot has borne, and nobody harvests there until the transaction ends. */
    BigDecimal settled(UUID plot, int season);
}
