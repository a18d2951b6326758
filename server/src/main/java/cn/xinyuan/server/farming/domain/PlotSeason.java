package cn.xinyuan.server.farming.domain;

import cn.xinyuan.server.farming.Farming.AgreedYield;
import cn.xinyuan.server.parties.Plot;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A plot in a season: what it may bear and what it has borne.
 *
 * @param agreed null until a yield is agreed
 * @param harvested kilograms so far
 */
public record PlotSeason(
        Plot plot, int season, @Nullable AgreedYield agreed, BigDecimal harvested) {

    /** Kilograms that may still be harvested; null until a yield is agreed. */
    public @Nullable BigDecimal left() {
        return agreed == null ? null : agreed.kilograms().subtract(harvested).max(BigDecimal.ZERO);
    }
}
