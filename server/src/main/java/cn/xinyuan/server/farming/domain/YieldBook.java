package cn.xinyuan.server.farming.domain;

import cn.xinyuan.server.farming.Farming.AgreedYield;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Where agreed yields are written down; none is ever changed. */
public interface YieldBook {

    /**
     * @param salt with the reason, what the journal holds a hash of
     */
    void agree(AgreedYield agreed, UUID account, String salt);

    /** The one that counts. */
    Optional<AgreedYield> newest(UUID plot, int season);

    /** The ones that count, of those plots that have one. */
    Map<UUID, AgreedYield> newest(Collection<UUID> plots, int season);

    /** Newest first. */
    List<AgreedYield> history(UUID plot, int season);

    /** Keeps others from agreeing a yield of the plot until the transaction ends. */
    void lock(UUID plot);
}
