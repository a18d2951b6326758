package cn.xinyuan.epcis;

import java.util.Arrays;
import java.util.Optional;

/** The five event types of EPCIS 2.0, 7.4, by the name they bear in JSON. */
public enum EventType {
    OBJECT("ObjectEvent"),
    AGGREGATION("AggregationEvent"),
    TRANSACTION("TransactionEvent"),
    TRANSFORMATION("TransformationEvent"),
    ASSOCIATION("AssociationEvent");

    private final String label;

    EventType(String label) {
        this.label = label;
    }

    /** Such as {@code ObjectEvent}. */
    public String label() {
        return label;
    }

    /** Reads the bare name, the CURIE or the Web URI of a type. */
    public static Optional<EventType> read(String text) {
        String bare = text;
        for (String prefix : new String[] {"epcis:", "https://ref.gs1.org/epcis/"}) {
            if (bare.startsWith(prefix)) {
                bare = bare.substring(prefix.length());
            }
        }
        String wanted = bare;
        return Arrays.stream(values()).filter(t -> t.label.equals(wanted)).findFirst();
    }
}
