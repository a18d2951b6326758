package cn.xinyuan.epcis;

import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the JSON of one event and judges it by {@link Check}. */
final class EventReader {

    private static final Pattern OFFSET =
            Pattern.compile("[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00)");
    private static final Pattern UNIT = Pattern.compile("[A-Z0-9]{2,3}");
    private static final Set<String> PLAIN_OTHERS =
            Set.of("@context", "rdfs:comment", "comment", "isA");

    private final NodeReader in;

    private EventReader(NodeReader in) {
        this.in = in;
    }

    static Reading.Item event(
            JsonNode node, String pointer, Strictness strictness, Context context) {
        Findings findings = new Findings(strictness, context);
        NodeReader in = new NodeReader(node, pointer, findings);
        EpcisEvent event = null;
        if (!node.isObject()) {
            in.found(
                    Check.WRONG_KIND,
                    pointer,
                    NodeReader.kind(node) + " instead of an event",
                    "give an object");
        } else {
            JsonNode own = node.get("@context");
            if (own != null) {
                findings.declare(new Context(own));
            }
            event = new EventReader(in).read();
        }
        if (event == null || findings.grave()) {
            return new Reading.Refused(pointer, findings.graveOnes());
        }
        return new Reading.Understood(pointer, event, findings.all());
    }

    /** An event of which no more was read than {@link Limits#MOST_VALUES} values. */
    static Reading.Item tooLarge(String place) {
        return new Reading.Refused(
                place,
                List.of(
                        new EpcisProblem(
                                place,
                                true,
                                "the event holds more than " + Limits.MOST_VALUES + " values",
                                Check.TOO_LARGE.fix(),
                                Check.TOO_LARGE)));
    }

    private @Nullable EpcisEvent read() {
        String typed = in.text("type", true);
        if (typed == null) {
            return null;
        }
        EventType type = EventType.read(typed).orElse(null);
        if (type == null) {
            in.found(
                    Check.EVENT_TYPE,
                    in.at("type"),
                    "\"" + NodeReader.shorten(typed) + "\" is no event type of EPCIS 2.0");
            return null;
        }
        if (type == EventType.TRANSFORMATION && in.node.has("action")) {
            in.found(
                    Check.ACTION_OF_TRANSFORMATION,
                    in.at("action"),
                    "a transformation has no action");
        }
        Action action = type == EventType.TRANSFORMATION ? Action.OBSERVE : action();
        EpcisEvent event =
                switch (type) {
                    case OBJECT -> object(action);
                    case AGGREGATION, ASSOCIATION -> parented(type, action);
                    case TRANSACTION -> transaction(action);
                    case TRANSFORMATION -> transformation();
                };
        return action == null ? null : event;
    }

    private @Nullable EpcisEvent object(@Nullable Action action) {
        List<String> epcs = things("epcList");
        List<Quantity> quantities = quantities("quantityList");
        Map<String, JsonNode> ilmd = members("ilmd");
        if (!ilmd.isEmpty() && action != Action.ADD) {
            in.found(
                    Check.ILMD_OUT_OF_PLACE,
                    in.at("ilmd"),
                    "master data of a lot belongs to its beginning");
        }
        Common common = common();
        if (common == null) {
            return null;
        }
        if (epcs.isEmpty() && quantities.isEmpty() && common.sensorElements().isEmpty()) {
            in.found(Check.NOTHING_NAMED, in.pointer, "the event names nothing");
        }
        return action == null ? null : new ObjectEvent(common, action, epcs, quantities, ilmd);
    }

    private @Nullable EpcisEvent parented(EventType type, @Nullable Action action) {
        Identifier parent = in.identifier("parentID", false);
        List<String> epcs = things("childEPCs", parent == null ? "" : parent.canonical());
        List<Quantity> quantities = quantities("childQuantityList");
        if (parent == null && (type == EventType.ASSOCIATION || action != Action.OBSERVE)) {
            in.found(Check.NO_PARENT, in.at("parentID"), "missing");
        }
        if (epcs.isEmpty() && quantities.isEmpty() && action != Action.DELETE) {
            in.found(Check.NO_CHILDREN, in.at("childEPCs"), "the event names no children");
        }
        Common common = common();
        if (common == null || action == null) {
            return null;
        }
        String into = parent == null ? null : parent.written();
        return type == EventType.AGGREGATION
                ? new AggregationEvent(common, action, into, epcs, quantities)
                : new AssociationEvent(common, action, into, epcs, quantities);
    }

    private @Nullable EpcisEvent transaction(@Nullable Action action) {
        String parent = in.uri("parentID", false);
        List<String> epcs = things("epcList");
        List<Quantity> quantities = quantities("quantityList");
        Common common = common();
        JsonNode documents = in.node.get("bizTransactionList");
        if (documents == null || documents.isArray() && documents.isEmpty()) {
            in.found(
                    Check.NO_TRANSACTION,
                    in.at("bizTransactionList"),
                    "a transaction event without a business transaction");
        }
        return common == null || action == null
                ? null
                : new TransactionEvent(common, action, parent, epcs, quantities);
    }

    private @Nullable EpcisEvent transformation() {
        List<String> inputEpcs = things("inputEPCList");
        List<Quantity> inputs = quantities("inputQuantityList");
        List<String> outputEpcs = things("outputEPCList");
        List<Quantity> outputs = quantities("outputQuantityList");
        String transformation = in.uri("transformationID", false);
        Map<String, JsonNode> ilmd = members("ilmd");
        boolean into = !inputEpcs.isEmpty() || !inputs.isEmpty();
        boolean out = !outputEpcs.isEmpty() || !outputs.isEmpty();
        if (transformation == null ? !into || !out : !into && !out) {
            in.found(
                    Check.ONE_SIDED,
                    in.pointer,
                    "a transformation without " + (into ? "outputs" : "inputs") + " leads nowhere");
        }
        Common common = common();
        return common == null
                ? null
                : new TransformationEvent(
                        common, inputEpcs, inputs, outputEpcs, outputs, transformation, ilmd);
    }

    private @Nullable Common common() {
        EpcisTime eventTime = in.time("eventTime", true);
        String offset = in.text("eventTimeZoneOffset", true);
        EpcisTime recordTime = in.time("recordTime", false);
        judgeTimes(eventTime, offset, recordTime);
        String id = in.uri("eventID", false);
        ErrorDeclaration error = errorDeclaration(eventTime);
        List<String> certificates = certificates();
        String step = in.word("bizStep", Vocabulary.BIZ_STEP);
        String state = in.word("disposition", Vocabulary.DISPOSITION);
        PersistentDisposition lasting = persistentDisposition();
        Place readPoint = place("readPoint");
        Place location = place("bizLocation");
        List<BizTransaction> documents =
                in.objects(
                        "bizTransactionList",
                        each -> {
                            String type = each.word("type", Vocabulary.BIZ_TRANSACTION_TYPE);
                            String document = each.uri("bizTransaction", true);
                            return document == null
                                    ? null
                                    : new BizTransaction(type, document, each.rest());
                        });
        List<Party> sources = parties("source");
        List<Party> destinations = parties("destination");
        List<JsonNode> sensors =
                in.objects("sensorElementList", each -> SensorReader.read(each, eventTime));
        Map<String, JsonNode> others = in.rest();
        for (String name : others.keySet()) {
            if (!name.contains(":")
                    && !PLAIN_OTHERS.contains(name)
                    && !emptyList(others.get(name))
                    && !name.equals("action")) {
                in.found(
                        Check.STRANGE_MEMBER,
                        in.at(name),
                        "the standard knows no such member here; it is kept as it is");
            }
        }
        if (eventTime == null || offset == null) {
            return null;
        }
        return new Common(
                eventTime,
                offset,
                recordTime,
                id,
                error,
                certificates,
                step,
                state,
                lasting,
                readPoint,
                location,
                documents,
                sources,
                destinations,
                sensors,
                others);
    }

    private void judgeTimes(
            @Nullable EpcisTime eventTime,
            @Nullable String offset,
            @Nullable EpcisTime recordTime) {
        if (offset != null && !OFFSET.matcher(offset).matches()) {
            in.found(
                    Check.OFFSET_FORM,
                    in.at("eventTimeZoneOffset"),
                    "\"" + NodeReader.shorten(offset) + "\" is no offset from UTC");
        } else if (offset != null
                && eventTime != null
                && !eventTime.text().endsWith("Z")
                && !eventTime.zone().equals(ZoneOffset.of(offset))) {
            in.found(
                    Check.OFFSET_CONTRADICTS,
                    in.at("eventTimeZoneOffset"),
                    "the offset " + offset + " contradicts the event time " + eventTime.text());
        }
        if (eventTime != null && in.findings.ahead(eventTime)) {
            in.found(
                    Check.TIME_AHEAD,
                    in.at("eventTime"),
                    "the event time " + eventTime + " lies in the future");
        }
        if (eventTime != null && recordTime != null && recordTime.at().isBefore(eventTime.at())) {
            in.found(
                    Check.RECORDED_BEFORE,
                    in.at("recordTime"),
                    "recorded at " + recordTime + ", before it happened at " + eventTime);
        }
    }

    private @Nullable Action action() {
        String written = in.text("action", true);
        if (written == null) {
            return null;
        }
        try {
            return Action.valueOf(written);
        } catch (IllegalArgumentException _) {
            in.found(
                    Check.ACTION,
                    in.at("action"),
                    "\"" + NodeReader.shorten(written) + "\" is no action");
            return null;
        }
    }

    private @Nullable ErrorDeclaration errorDeclaration(@Nullable EpcisTime eventTime) {
        NodeReader inner = in.object("errorDeclaration");
        if (inner == null) {
            return null;
        }
        EpcisTime at = inner.time("declarationTime", true);
        if (at != null && eventTime != null && at.at().isBefore(eventTime.at())) {
            inner.found(
                    Check.ERROR_BEFORE,
                    inner.at("declarationTime"),
                    "the error was declared at " + at + ", before the event of " + eventTime);
        }
        String reason = inner.word("reason", Vocabulary.ERROR_REASON);
        List<String> corrections = inner.uris("correctiveEventIDs");
        return at == null ? null : new ErrorDeclaration(at, reason, corrections, inner.rest());
    }

    private @Nullable PersistentDisposition persistentDisposition() {
        NodeReader inner = in.object("persistentDisposition");
        if (inner == null) {
            return null;
        }
        List<String> set = inner.words("set", Vocabulary.DISPOSITION);
        List<String> unset = inner.words("unset", Vocabulary.DISPOSITION);
        Set<String> begun = new HashSet<>();
        set.forEach(s -> begun.add(Vocabulary.DISPOSITION.webUri(s)));
        for (String each : unset) {
            if (begun.contains(Vocabulary.DISPOSITION.webUri(each))) {
                inner.found(
                        Check.STATE_BOTH,
                        inner.at("unset"),
                        "\"" + NodeReader.shorten(each) + "\" both begins and ends");
            }
        }
        return new PersistentDisposition(set, unset, inner.rest());
    }

    private @Nullable Place place(String name) {
        NodeReader inner = in.object(name);
        if (inner == null) {
            return null;
        }
        String id = inner.uri("id", true);
        return id == null ? null : new Place(id, inner.rest());
    }

    private List<Party> parties(String name) {
        return in.objects(
                name + "List",
                each -> {
                    String type = each.word("type", Vocabulary.SOURCE_DESTINATION_TYPE);
                    if (type == null && !each.node.has("type")) {
                        each.found(Check.PARTY_TYPE, each.at("type"), "missing");
                    }
                    String id = each.uri(name, true);
                    if (type != null && id != null) {
                        judgeParty(each, name, type, id);
                    }
                    return type == null || id == null ? null : new Party(type, id, each.rest());
                });
    }

    private static void judgeParty(NodeReader each, String name, String type, String id) {
        String key = Identifier.canonical(id);
        boolean place = Vocabulary.SOURCE_DESTINATION_TYPE.same(type, "location");
        String party = "https://id.gs1.org/417/";
        String spot = "https://id.gs1.org/414/";
        if (place ? key.startsWith(party) : key.startsWith(spot)) {
            each.found(
                    Check.PARTY_IS_PLACE,
                    each.at(name),
                    place ? "a party stands as location" : "a place stands as party");
        }
    }

    private List<String> certificates() {
        JsonNode value = in.node.get("certificationInfo");
        if (value == null || value.isArray() && value.size() < 2) {
            return List.of();
        }
        if (value.isArray()) {
            return in.uris("certificationInfo");
        }
        String one = in.uri("certificationInfo", false);
        return one == null ? List.of() : List.of(one);
    }

    private List<String> things(String name) {
        return things(name, "");
    }

    private List<String> things(String name, String parent) {
        return in.uris(
                name,
                (epc, place) -> {
                    if (epc.isClass()) {
                        in.found(
                                Check.CLASS_AS_THING,
                                place,
                                NodeReader.shorten(epc.written())
                                        + " is a class or lot, no single thing");
                    }
                    if (epc.canonical().equals(parent)) {
                        in.found(Check.OWN_PARENT, place, "the parent stands among its children");
                    }
                });
    }

    private List<Quantity> quantities(String name) {
        return in.objects(
                name,
                each -> {
                    Identifier epcClass = each.identifier("epcClass", true);
                    String uom = each.text("uom", false);
                    if (uom != null && !UNIT.matcher(uom).matches()) {
                        each.found(
                                Check.UOM_FORM,
                                each.at("uom"),
                                "\"" + NodeReader.shorten(uom) + "\" is no unit code");
                    }
                    if (epcClass != null && epcClass.isThing()) {
                        each.found(
                                Check.THING_AS_CLASS,
                                each.at("epcClass"),
                                NodeReader.shorten(epcClass.written())
                                        + " is a single thing, no class");
                    }
                    BigDecimal amount = amount(each, uom);
                    return epcClass == null
                            ? null
                            : new Quantity(epcClass.written(), amount, uom, each.rest());
                });
    }

    private static @Nullable BigDecimal amount(NodeReader in, @Nullable String uom) {
        JsonNode value = in.node.get("quantity");
        if (value == null) {
            if (uom != null) {
                in.found(Check.UOM_ALONE, in.at("uom"), "a unit without a quantity");
            }
            return null;
        }
        if (!value.isNumber()) {
            in.found(
                    Check.WRONG_KIND,
                    in.at("quantity"),
                    NodeReader.kind(value) + " instead of a number",
                    "write 25 or 25.5");
            return null;
        }
        BigDecimal amount = value.decimalValue();
        if (amount.signum() < 0) {
            in.found(Check.QUANTITY_NEGATIVE, in.at("quantity"), "less than nothing");
            return null;
        }
        if (amount.scale() > 12 || (long) amount.precision() - amount.scale() > 15) {
            in.found(Check.QUANTITY_ABSURD, in.at("quantity"), "an absurd amount");
            return null;
        }
        if (amount.signum() == 0) {
            in.found(Check.QUANTITY_ZERO, in.at("quantity"), "nothing at all");
        } else if (uom == null && amount.stripTrailingZeros().scale() > 0) {
            in.found(
                    Check.PIECES_BROKEN,
                    in.at("quantity"),
                    amount.toPlainString() + " pieces are no whole number");
        }
        in.taken.add("quantity");
        return amount;
    }

    private Map<String, JsonNode> members(String name) {
        NodeReader inner = in.object(name);
        return inner == null ? Map.of() : inner.rest();
    }

    private static boolean emptyList(@Nullable JsonNode value) {
        return value != null && value.isContainer() && value.isEmpty();
    }
}
