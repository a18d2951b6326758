package cn.xinyuan.epcis;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Things or amounts were put into or taken out of a container (EPCIS 2.0, 7.4.3). */
public record AggregationEvent(
        Common common,
        Action action,
        @Nullable String parentId,
        List<String> childEpcs,
        List<Quantity> childQuantities)
        implements EpcisEvent {

    public AggregationEvent {
        childEpcs = List.copyOf(childEpcs);
        childQuantities = List.copyOf(childQuantities);
    }

    @Override
    public EventType type() {
        return EventType.AGGREGATION;
    }
}
