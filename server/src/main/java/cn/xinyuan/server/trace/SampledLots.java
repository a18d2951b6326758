package cn.xinyuan.server.trace;

import java.util.Set;
import java.util.UUID;

/** Which lots a laboratory has samples of; the laboratory's room knows. */
public interface SampledLots {

    /**
     * @param laboratory the party
     */
    Set<UUID> sampledBy(UUID laboratory);
}
