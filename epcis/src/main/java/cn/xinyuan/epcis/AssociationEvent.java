package cn.xinyuan.epcis;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Things or amounts were fixed to or freed from an asset or a place (EPCIS 2.0, 7.4.6). */
public record AssociationEvent(
        Common common,
        Action action,
        @Nullable String parentId,
        List<String> childEpcs,
        List<Quantity> childQuantities)
        implements EpcisEvent {

    public AssociationEvent {
        childEpcs = List.copyOf(childEpcs);
        childQuantities = List.copyOf(childQuantities);
    }

    @Override
    public EventType type() {
        return EventType.ASSOCIATION;
    }
}
