package cn.xinyuan.epcis.query;

import cn.xinyuan.epcis.Action;
import cn.xinyuan.epcis.AggregationEvent;
import cn.xinyuan.epcis.AssociationEvent;
import cn.xinyuan.epcis.BizTransaction;
import cn.xinyuan.epcis.Common;
import cn.xinyuan.epcis.Context;
import cn.xinyuan.epcis.EpcisEvent;
import cn.xinyuan.epcis.EpcisTime;
import cn.xinyuan.epcis.ErrorDeclaration;
import cn.xinyuan.epcis.Identifier;
import cn.xinyuan.epcis.ObjectEvent;
import cn.xinyuan.epcis.Party;
import cn.xinyuan.epcis.PersistentDisposition;
import cn.xinyuan.epcis.Place;
import cn.xinyuan.epcis.Quantity;
import cn.xinyuan.epcis.SensorMembers;
import cn.xinyuan.epcis.TransactionEvent;
import cn.xinyuan.epcis.TransformationEvent;
import cn.xinyuan.epcis.Vocabulary;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * All that may be asked of an event. Whatever is compared for equality is a word, {@code
 * field=value}; that a field is there at all is a word too, {@code field?}.
 *
 * @param words of the event, with identifiers and vocabulary in their canonical form
 * @param numbers by field, with {@code @unit} where there is one, in base units
 * @param times by field
 */
public record EventFacts(
        Set<String> words, Map<String, Set<BigDecimal>> numbers, Map<String, Set<Instant>> times) {

    /** Values longer than this are compared by their SHA-256. */
    private static final int LONGEST = 200;

    /** Rules stand in metadata by the standard, in readings by its own example. */
    private static final List<String> REPORT =
            java.util.stream.Stream.concat(
                            SensorMembers.REPORT.stream(), java.util.stream.Stream.of("bizRules"))
                    .toList();

    /** Draws the facts from an event; the context explains its prefixes. */
    public static EventFacts of(EpcisEvent event, Context context) {
        Drawer drawer = new Drawer(Names.of(context.prefixes()));
        drawer.draw(event);
        return new EventFacts(drawer.words, drawer.numbers, drawer.times);
    }

    /** The word for a value of a field. */
    public static String word(String field, String value) {
        return value.length() <= LONGEST && plain(value)
                ? field + "=" + value
                : field + "#" + hash(value);
    }

    private static boolean plain(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == 0 || Character.isSurrogate(c)) {
                return false;
            }
        }
        return true;
    }

    private static String hash(String value) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(value.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A type of a measurement as bare word; somebody's own as whole URI. */
    static String measurement(Names names, String written) {
        for (String prefix : List.of("gs1:", "https://gs1.org/voc/", "https://www.gs1.org/voc/")) {
            if (written.startsWith(prefix)) {
                return written.substring(prefix.length());
            }
        }
        return names.whole(written);
    }

    /** A word of the standard, or somebody's own, as whole URI. */
    static String term(Vocabulary vocabulary, Names names, String written) {
        String web = vocabulary.webUri(written);
        return web.equals(written) ? names.whole(written) : web;
    }

    private static final class Drawer {

        private final Set<String> words = new LinkedHashSet<>();
        private final Map<String, Set<BigDecimal>> numbers = new LinkedHashMap<>();
        private final Map<String, Set<Instant>> times = new LinkedHashMap<>();
        private final Names names;

        Drawer(Names names) {
            this.names = names;
        }

        void draw(EpcisEvent event) {
            words.add("type=" + event.type().label());
            switch (event) {
                case ObjectEvent e -> {
                    action(e.action());
                    epcs("epc", e.epcs());
                    classes("epcClass", e.quantities());
                    fields("ilmd", e.ilmd());
                }
                case AggregationEvent e -> {
                    action(e.action());
                    parent(e.parentId());
                    epcs("epc", e.childEpcs());
                    classes("epcClass", e.childQuantities());
                }
                case AssociationEvent e -> {
                    action(e.action());
                    parent(e.parentId());
                    epcs("epc", e.childEpcs());
                    classes("epcClass", e.childQuantities());
                }
                case TransactionEvent e -> {
                    action(e.action());
                    parent(e.parentId());
                    epcs("epc", e.epcs());
                    classes("epcClass", e.quantities());
                }
                case TransformationEvent e -> {
                    epcs("inputEPC", e.inputEpcs());
                    epcs("outputEPC", e.outputEpcs());
                    classes("inputEPCClass", e.inputs());
                    classes("outputEPCClass", e.outputs());
                    if (e.transformationId() != null) {
                        id("transformationID", e.transformationId());
                    }
                    fields("ilmd", e.ilmd());
                }
            }
            common(event.common());
        }

        private void common(Common common) {
            if (common.eventId() != null) {
                word("eventID", common.eventId());
            }
            if (common.bizStep() != null) {
                word("bizStep", term(Vocabulary.BIZ_STEP, names, common.bizStep()));
            }
            if (common.disposition() != null) {
                word("disposition", term(Vocabulary.DISPOSITION, names, common.disposition()));
            }
            PersistentDisposition lasting = common.persistentDisposition();
            if (lasting != null) {
                lasting.set().forEach(d -> disposition("persistentDisposition_set", d));
                lasting.unset().forEach(d -> disposition("persistentDisposition_unset", d));
            }
            place("readPoint", common.readPoint());
            place("bizLocation", common.bizLocation());
            for (BizTransaction each : common.bizTransactions()) {
                String type = each.type();
                id(
                        "bizTransaction_"
                                + (type == null
                                        ? ""
                                        : term(Vocabulary.BIZ_TRANSACTION_TYPE, names, type)),
                        each.id());
            }
            parties("source_", common.sources());
            parties("destination_", common.destinations());
            ErrorDeclaration error = common.errorDeclaration();
            if (error != null) {
                error(error);
            }
            common.sensorElements().forEach(this::sensor);
            fields("", common.others());
        }

        private void error(ErrorDeclaration error) {
            words.add("errorDeclaration?");
            time("errorDeclarationTime", error.declarationTime().at());
            if (error.reason() != null) {
                word("errorReason", term(Vocabulary.ERROR_REASON, names, error.reason()));
            }
            error.correctiveEventIds().forEach(id -> word("correctiveEventID", id));
            fields("ERROR_DECLARATION", error.others());
        }

        private void disposition(String field, String written) {
            word(field, term(Vocabulary.DISPOSITION, names, written));
        }

        private void action(Action action) {
            words.add("action=" + action.name());
        }

        private void parent(@Nullable String parent) {
            if (parent != null) {
                id("parentID", parent);
                wide("parentID", Identifier.canonical(parent));
            }
        }

        private void epcs(String field, List<String> epcs) {
            for (String epc : epcs) {
                String canonical = Identifier.canonical(epc);
                word(field, canonical);
                wide(field, canonical);
            }
        }

        /** The class of a serialised item, the GLN of a place with extension, and so on. */
        private void wide(String field, String canonical) {
            if (canonical.startsWith("https://id.gs1.org/")) {
                int cut = canonical.indexOf('/', "https://id.gs1.org/".length());
                int end = cut < 0 ? -1 : canonical.indexOf('/', cut + 1);
                if (end > 0) {
                    word(field + "^", canonical.substring(0, end));
                }
            }
        }

        private void classes(String field, List<Quantity> quantities) {
            for (Quantity each : quantities) {
                String canonical = Identifier.canonical(each.epcClass());
                word(field, canonical);
                wide(field, canonical);
                BigDecimal amount = each.quantity();
                if (amount != null) {
                    number("quantity", amount);
                    Measure measure = Measure.of(amount, each.uom());
                    number("quantity@" + measure.unit(), measure.amount());
                }
            }
        }

        private void place(String field, @Nullable Place place) {
            if (place != null) {
                String canonical = Identifier.canonical(place.id());
                word(field, canonical);
                wide(field, canonical);
                fields(field, place.others());
            }
        }

        private void parties(String field, List<Party> parties) {
            parties.forEach(
                    p ->
                            id(
                                    field
                                            + term(
                                                    Vocabulary.SOURCE_DESTINATION_TYPE,
                                                    names,
                                                    p.type()),
                                    p.id()));
        }

        private void sensor(JsonNode element) {
            words.add("sensorElementList?");
            JsonNode metadata = element.path("sensorMetadata");
            readings(metadata, SensorMembers.METADATA);
            own("SENSORMETADATA", metadata, SensorMembers.METADATA);
            for (JsonNode report : element.path("sensorReport")) {
                readings(report, REPORT);
                own("SENSORREPORT", report, REPORT);
            }
            own("SENSORELEMENT", element, Set.of("sensorMetadata", "sensorReport"));
        }

        private void readings(JsonNode node, Collection<String> known) {
            String uom = node.path("uom").isString() ? node.path("uom").stringValue() : null;
            node.forEachEntry(
                    (name, value) -> {
                        if (known.contains(name)) {
                            reading(name, value, uom);
                        }
                    });
        }

        private void reading(String name, JsonNode value, @Nullable String uom) {
            switch (name) {
                case "time", "startTime", "endTime" -> {
                    if (value.isString()) {
                        EpcisTime.read(value.stringValue()).ifPresent(t -> time(name, t.at()));
                    }
                }
                case "value", "minValue", "maxValue", "meanValue", "percValue" -> {
                    if (value.isNumber()) {
                        measure(name, Measure.of(value.decimalValue(), uom), value, uom);
                    }
                }
                case "sDev" -> {
                    if (value.isNumber()) {
                        measure(name, Measure.difference(value.decimalValue(), uom), value, uom);
                    }
                }
                case "percRank" -> {
                    if (value.isNumber()) {
                        number(name, value.decimalValue());
                    }
                }
                case "type" -> {
                    if (value.isString()) {
                        word("sensor_type", measurement(names, value.stringValue()));
                    }
                }
                case "booleanValue" -> {
                    if (value.isBoolean()) {
                        word(name, String.valueOf(value.booleanValue()));
                    }
                }
                case "stringValue" -> {
                    if (value.isString()) {
                        word(name, value.stringValue());
                    }
                }
                case "hexBinaryValue" -> {
                    if (value.isString()) {
                        word(name, value.stringValue().toLowerCase(java.util.Locale.ROOT));
                    }
                }
                default -> {
                    if (value.isString()) {
                        id(name, names.whole(value.stringValue()));
                    }
                }
            }
        }

        private void measure(String name, Measure measure, JsonNode value, @Nullable String uom) {
            number(name + "@" + measure.unit(), measure.amount());
            if (uom != null) {
                number(name + "@", value.decimalValue());
            }
        }

        private void own(String field, JsonNode node, Collection<String> known) {
            node.forEachEntry(
                    (name, value) -> {
                        if (!known.contains(name)) {
                            field(field + ":" + names.whole(name), field, value);
                        }
                    });
        }

        private void fields(String kind, Map<String, JsonNode> members) {
            members.forEach((name, value) -> field(kind + ":" + names.whole(name), kind, value));
        }

        private void field(String field, String kind, JsonNode value) {
            words.add(word0(field + "?"));
            if (value.isArray()) {
                value.forEach(each -> one(field, kind, each));
            } else {
                one(field, kind, value);
            }
        }

        private void one(String field, String kind, JsonNode value) {
            if (value.isArray()) {
                value.forEach(each -> one(field, kind, each));
            } else if (value.isObject()) {
                if (value.has("@value")) {
                    scalar(field, value.path("@value"));
                    return;
                }
                for (String id : List.of("@id", "id")) {
                    if (value.path(id).isString()) {
                        scalar(field, value.path(id));
                    }
                }
                String inner = kind.startsWith("INNER_") ? kind : "INNER_" + kind;
                value.forEachEntry(
                        (name, each) -> {
                            if (!name.startsWith("@")) {
                                field(inner + ":" + names.whole(name), inner, each);
                            }
                        });
            } else {
                scalar(field, value);
            }
        }

        private void scalar(String field, JsonNode value) {
            if (value.isString()) {
                String text = value.stringValue();
                id(field, text);
                decimal(text, (BigDecimal number) -> number(field, number));
                EpcisTime.read(text).ifPresent(t -> time(field, t.at()));
            } else if (value.isNumber()) {
                BigDecimal number = value.decimalValue();
                number(field, number);
                word(field, value.toString());
            } else if (value.isBoolean()) {
                word(field, String.valueOf(value.booleanValue()));
            }
        }

        private void id(String field, String written) {
            word(field, Identifier.canonical(written));
        }

        private void word(String field, String value) {
            words.add(EventFacts.word(word0(field), value));
        }

        /** Field names are short, or compared by their hash as well. */
        private static String word0(String field) {
            return field.length() <= LONGEST && plain(field) ? field : "#" + hash(field);
        }

        private void number(String field, BigDecimal value) {
            if (value.precision() <= 40 && Math.abs((long) value.scale()) <= 100) {
                numbers.computeIfAbsent(word0(field), _ -> new TreeSet<>()).add(value);
            }
        }

        private void time(String field, Instant value) {
            times.computeIfAbsent(word0(field), _ -> new TreeSet<>()).add(value);
        }
    }

    /** Hands on the number that a text is, if it is one. */
    static void decimal(String text, java.util.function.Consumer<BigDecimal> then) {
        if (text.length() <= 40 && text.matches("[+-]?\\d+(\\.\\d+)?([eE][+-]?\\d{1,2})?")) {
            then.accept(new BigDecimal(text));
        }
    }
}
