package cn.xinyuan.epcis;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Things were bound to or freed from business documents (EPCIS 2.0, 7.4.4). */
public record TransactionEvent(
        Common common,
        Action action,
        @Nullable String parentId,
        List<String> epcs,
        List<Quantity> quantities)
        implements EpcisEvent {

    public TransactionEvent {
        epcs = List.copyOf(epcs);
        quantities = List.copyOf(quantities);
    }

    @Override
    public EventType type() {
        return EventType.TRANSACTION;
    }
}
