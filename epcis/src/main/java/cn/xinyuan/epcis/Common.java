package cn.xinyuan.epcis;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What every event says: when, where, why and how (EPCIS 2.0, 7.4.1).
 *
 * @param eventTime when it happened
 * @param eventTimeZoneOffset the local offset where it happened, such as {@code +08:00}; may differ
 *     from the one in {@code eventTime}
 * @param recordTime when a repository took it in
 * @param eventId any URI, kept as given
 * @param bizStep as written: bare word, CURIE, URN or Web URI; {@link Vocabulary} compares them
 * @param certificationInfo certificates that stand behind the event
 * @param sensorElements readings, kept as JSON
 * @param others members that the standard does not name, and empty lists, as they came
 */
public record Common(
        EpcisTime eventTime,
        String eventTimeZoneOffset,
        @Nullable EpcisTime recordTime,
        @Nullable String eventId,
        @Nullable ErrorDeclaration errorDeclaration,
        List<String> certificationInfo,
        @Nullable String bizStep,
        @Nullable String disposition,
        @Nullable PersistentDisposition persistentDisposition,
        @Nullable Place readPoint,
        @Nullable Place bizLocation,
        List<BizTransaction> bizTransactions,
        List<Party> sources,
        List<Party> destinations,
        List<JsonNode> sensorElements,
        Map<String, JsonNode> others) {

    public Common {
        certificationInfo = List.copyOf(certificationInfo);
        bizTransactions = List.copyOf(bizTransactions);
        sources = List.copyOf(sources);
        destinations = List.copyOf(destinations);
        sensorElements = sensorElements.stream().map(JsonNode::deepCopy).toList();
        others = Members.copy(others);
    }

    /** The least an event must say; the offset is the one of the time. */
    public static Common at(EpcisTime time, @Nullable String eventId) {
        String zone = time.zone().getId();
        return new Common(
                time,
                zone.equals("Z") ? "+00:00" : zone,
                null,
                eventId,
                null,
                List.of(),
                null,
                null,
                null,
                null,
                null,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Map.of());
    }

    /** The same with a business step and a disposition. */
    public Common why(String step, @Nullable String state) {
        return new Common(
                eventTime,
                eventTimeZoneOffset,
                recordTime,
                eventId,
                errorDeclaration,
                certificationInfo,
                step,
                state,
                persistentDisposition,
                readPoint,
                bizLocation,
                bizTransactions,
                sources,
                destinations,
                sensorElements,
                others);
    }

    /** The same at a read point and, when goods stay there, a business location. */
    public Common where(@Nullable String readAt, @Nullable String location) {
        return new Common(
                eventTime,
                eventTimeZoneOffset,
                recordTime,
                eventId,
                errorDeclaration,
                certificationInfo,
                bizStep,
                disposition,
                persistentDisposition,
                readAt == null ? null : new Place(readAt),
                location == null ? null : new Place(location),
                bizTransactions,
                sources,
                destinations,
                sensorElements,
                others);
    }

    /** The same with documents and the two ends of a transfer. */
    public Common transfer(List<BizTransaction> documents, List<Party> from, List<Party> to) {
        return new Common(
                eventTime,
                eventTimeZoneOffset,
                recordTime,
                eventId,
                errorDeclaration,
                certificationInfo,
                bizStep,
                disposition,
                persistentDisposition,
                readPoint,
                bizLocation,
                documents,
                from,
                to,
                sensorElements,
                others);
    }

    /** The same with members of a user's own vocabulary. */
    public Common with(Map<String, JsonNode> extensions) {
        return new Common(
                eventTime,
                eventTimeZoneOffset,
                recordTime,
                eventId,
                errorDeclaration,
                certificationInfo,
                bizStep,
                disposition,
                persistentDisposition,
                readPoint,
                bizLocation,
                bizTransactions,
                sources,
                destinations,
                sensorElements,
                extensions);
    }
}
