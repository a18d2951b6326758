package cn.xinyuan.epcis;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Something happened to things or amounts (EPCIS 2.0, 7.4.2). */
public record ObjectEvent(
        Common common,
        Action action,
        List<String> epcs,
        List<Quantity> quantities,
        Map<String, JsonNode> ilmd)
        implements EpcisEvent {

    public ObjectEvent {
        epcs = List.copyOf(epcs);
        quantities = List.copyOf(quantities);
        ilmd = Members.copy(ilmd);
    }

    @Override
    public EventType type() {
        return EventType.OBJECT;
    }
}
