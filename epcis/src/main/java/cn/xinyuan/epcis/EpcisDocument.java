package cn.xinyuan.epcis;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An EPCIS document.
 *
 * @param creationDate when the document was made; null when not given
 * @param others header members such as sender, receiver and master data, as they came
 * @param query what it answers; null for a document of events to capture
 */
public record EpcisDocument(
        Context context,
        String schemaVersion,
        @Nullable EpcisTime creationDate,
        List<EpcisEvent> events,
        Map<String, JsonNode> others,
        @Nullable QueryResults query) {

    public EpcisDocument {
        events = List.copyOf(events);
        others = Members.copy(others);
    }

    public EpcisDocument(EpcisTime creationDate, Context context, List<EpcisEvent> events) {
        this(context, "2.0", creationDate, events, Map.of(), null);
    }

    /** The answer to a query. */
    public static EpcisDocument answer(
            EpcisTime creationDate, Context context, List<EpcisEvent> events, QueryResults query) {
        return new EpcisDocument(context, "2.0", creationDate, events, Map.of(), query);
    }

    /** The same with other events. */
    public EpcisDocument with(List<EpcisEvent> others) {
        return new EpcisDocument(context, schemaVersion, creationDate, others, this.others, query);
    }
}
