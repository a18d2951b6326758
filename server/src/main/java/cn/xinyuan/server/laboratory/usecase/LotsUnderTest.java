package cn.xinyuan.server.laboratory.usecase;

import cn.xinyuan.server.laboratory.Laboratory;
import cn.xinyuan.server.trace.SampledLots;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Tells trace which lots a laboratory has samples of. */
@Component
class LotsUnderTest implements SampledLots {

    private final Laboratory laboratory;

    LotsUnderTest(Laboratory laboratory) {
        this.laboratory = laboratory;
    }

    @Override
    public Set<UUID> sampledBy(UUID party) {
        return laboratory.samplesFor(party).stream()
                .map(Laboratory.Sample::lot)
                .collect(Collectors.toUnmodifiableSet());
    }
}
