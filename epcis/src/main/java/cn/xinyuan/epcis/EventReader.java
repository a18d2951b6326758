package cn.xinyuan.epcis;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Reads JSON into events and names every problem by its place. */
final class EventReader {

    private static final Pattern OFFSET =
            Pattern.compile("[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00)");
    private static final Pattern UNIT = Pattern.compile("[A-Z0-9]{2,3}");
    private static final int LONGEST_URI = 600;
    private static final Set<String> PLAIN_OTHERS =
            Set.of("@context", "rdfs:comment", "comment", "isA");

    private final JsonNode node;
    private final String pointer;
    private final List<EpcisProblem> problems;
    private final Set<String> taken = new LinkedHashSet<>();

    private EventReader(JsonNode node, String pointer, List<EpcisProblem> problems) {
        this.node = node;
        this.pointer = pointer;
        this.problems = problems;
    }

    static Reading document(JsonNode root) throws UnreadableDocument {
        List<EpcisProblem> problems = new ArrayList<>();
        if (!root.isObject()) {
            throw new UnreadableDocument(
                    List.of(
                            EpcisProblem.grave(
                                    "",
                                    "the root is " + kind(root) + ", not an object",
                                    "send {\"@context\": …, \"type\": \"EPCISDocument\", …}")));
        }
        EventReader reader = new EventReader(root, "", problems);
        String type = reader.text("type", true);
        boolean query = "EPCISQueryDocument".equals(type);
        if (type != null && !query && !"EPCISDocument".equals(type)) {
            reader.grave(
                    "/type",
                    "\"" + type + "\" is no EPCIS document",
                    "write \"EPCISDocument\"; wrap a single event in one");
        }
        String version = reader.text("schemaVersion", false);
        if (version == null) {
            reader.warn("/schemaVersion", "missing", "add \"schemaVersion\": \"2.0\"");
        } else if (!version.equals("2") && !version.startsWith("2.")) {
            reader.grave(
                    "/schemaVersion",
                    "version \"" + version + "\" is not read here",
                    "send EPCIS 2.0");
        }
        EpcisTime created =
                root.has("creationDate") || query
                        ? reader.time("creationDate", false)
                        : missingDate(reader);
        JsonNode context = root.get("@context");
        if (context == null) {
            reader.warn("/@context", "missing", "name the EPCIS context: " + Context.STANDARD);
            context = JsonNodeFactory.instance.arrayNode();
        }
        String list = "";
        JsonNode events = null;
        JsonNode body = root.get("epcisBody");
        if (body == null) {
            reader.grave("/epcisBody", "missing", "put the events into epcisBody.eventList");
        } else if (body.has("event")) {
            list = "/epcisBody/event";
            events = JsonNodeFactory.instance.arrayNode().add(body.get("event"));
        } else if (query) {
            list = "/epcisBody/queryResults/resultsBody/eventList";
            events = root.at(list);
        } else {
            list = "/epcisBody/eventList";
            events = root.at(list);
        }
        if (events != null && !events.isArray()) {
            reader.grave(
                    list,
                    events.isMissingNode() ? "missing" : kind(events) + " instead of an array",
                    "give an array of events");
        }
        if (problems.stream().anyMatch(EpcisProblem::grave) || events == null) {
            throw new UnreadableDocument(problems);
        }
        List<Reading.Item> items = new ArrayList<>();
        List<EpcisEvent> good = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            String place = body != null && body.has("event") ? list : list + "/" + i;
            Reading.Item item = event(events.get(i), place);
            items.add(item);
            if (item instanceof Reading.Understood understood) {
                good.add(understood.event());
            }
        }
        if (items.isEmpty()) {
            reader.warn(list, "no events", "nothing to capture");
        }
        reader.taken.addAll(List.of("@context", "epcisBody", "schemaVersion", "creationDate"));
        EpcisDocument document =
                new EpcisDocument(
                        new Context(context),
                        version == null ? "2.0" : version,
                        created,
                        good,
                        reader.rest());
        return new Reading(document, items, problems);
    }

    private static @Nullable EpcisTime missingDate(EventReader reader) {
        reader.warn("/creationDate", "missing", "say when the document was made");
        return null;
    }

    static Reading.Item event(JsonNode node, String pointer) {
        List<EpcisProblem> problems = new ArrayList<>();
        EpcisEvent event = null;
        if (!node.isObject()) {
            problems.add(
                    EpcisProblem.grave(
                            pointer, kind(node) + " instead of an event", "give an object"));
        } else {
            event = new EventReader(node, pointer, problems).read();
        }
        if (event == null || problems.stream().anyMatch(EpcisProblem::grave)) {
            return new Reading.Refused(
                    pointer, problems.stream().filter(EpcisProblem::grave).toList());
        }
        return new Reading.Understood(pointer, event, List.copyOf(problems));
    }

    private @Nullable EpcisEvent read() {
        String typed = text("type", true);
        if (typed == null) {
            return null;
        }
        EventType type = EventType.read(typed).orElse(null);
        if (type == null) {
            grave(
                    at("type"),
                    "\"" + typed + "\" is no event type of EPCIS 2.0",
                    "use ObjectEvent, AggregationEvent, TransactionEvent, TransformationEvent or"
                            + " AssociationEvent");
            return null;
        }
        Action action = type == EventType.TRANSFORMATION ? Action.OBSERVE : action();
        List<String> epcs = List.of();
        List<Quantity> quantities = List.of();
        List<String> moreEpcs = List.of();
        List<Quantity> moreQuantities = List.of();
        String parent = null;
        String transformation = null;
        Map<String, JsonNode> ilmd = Map.of();
        switch (type) {
            case OBJECT -> {
                epcs = uris("epcList");
                quantities = quantities("quantityList");
                ilmd = members("ilmd");
                if (!ilmd.isEmpty() && action != Action.ADD) {
                    warn(
                            at("ilmd"),
                            "master data of a lot belongs to its beginning",
                            "send ilmd with action ADD only (EPCIS 2.0, 7.3.6)");
                }
            }
            case TRANSACTION -> {
                parent = uri("parentID", false);
                epcs = uris("epcList");
                quantities = quantities("quantityList");
                if (list("bizTransactionList").isEmpty()) {
                    grave(
                            at("bizTransactionList"),
                            "a transaction event without a business transaction",
                            "name at least one");
                }
            }
            case AGGREGATION, ASSOCIATION -> {
                parent = uri("parentID", false);
                epcs = uris("childEPCs");
                quantities = quantities("childQuantityList");
                if (parent == null && (type == EventType.ASSOCIATION || action != Action.OBSERVE)) {
                    grave(at("parentID"), "missing", "name what the children are put into");
                }
            }
            case TRANSFORMATION -> {
                epcs = uris("inputEPCList");
                quantities = quantities("inputQuantityList");
                moreEpcs = uris("outputEPCList");
                moreQuantities = quantities("outputQuantityList");
                transformation = uri("transformationID", false);
                ilmd = members("ilmd");
                boolean in = !epcs.isEmpty() || !quantities.isEmpty();
                boolean out = !moreEpcs.isEmpty() || !moreQuantities.isEmpty();
                if (transformation == null ? !in || !out : !in && !out) {
                    grave(
                            pointer,
                            "a transformation without "
                                    + (in ? "outputs" : "inputs")
                                    + " leads nowhere",
                            "give inputs and outputs, or a transformationID that binds several"
                                    + " events");
                }
            }
        }
        Common common = common();
        if (type == EventType.OBJECT
                && epcs.isEmpty()
                && quantities.isEmpty()
                && common != null
                && common.sensorElements().isEmpty()) {
            grave(pointer, "the event names nothing", "fill epcList or quantityList");
        }
        if (common == null || action == null) {
            return null;
        }
        return switch (type) {
            case OBJECT -> new ObjectEvent(common, action, epcs, quantities, ilmd);
            case AGGREGATION -> new AggregationEvent(common, action, parent, epcs, quantities);
            case ASSOCIATION -> new AssociationEvent(common, action, parent, epcs, quantities);
            case TRANSACTION -> new TransactionEvent(common, action, parent, epcs, quantities);
            case TRANSFORMATION ->
                    new TransformationEvent(
                            common,
                            epcs,
                            quantities,
                            moreEpcs,
                            moreQuantities,
                            transformation,
                            ilmd);
        };
    }

    private @Nullable Common common() {
        EpcisTime eventTime = time("eventTime", true);
        String offset = text("eventTimeZoneOffset", true);
        if (offset != null && !OFFSET.matcher(offset).matches()) {
            grave(
                    at("eventTimeZoneOffset"),
                    "\"" + offset + "\" is no offset from UTC",
                    "write it like +08:00");
        } else if (offset != null
                && eventTime != null
                && !eventTime.text().endsWith("Z")
                && !eventTime.text().endsWith(offset)
                && !sameOffset(eventTime, offset)) {
            warn(
                    at("eventTimeZoneOffset"),
                    "the offset " + offset + " contradicts the event time " + eventTime.text(),
                    "give both the local offset of the place; the instant of eventTime is used");
        }
        EpcisTime recordTime = time("recordTime", false);
        String id = uri("eventID", false);
        ErrorDeclaration error = errorDeclaration();
        List<String> certificates = certificates();
        String step = word("bizStep", Vocabulary.BIZ_STEP);
        String state = word("disposition", Vocabulary.DISPOSITION);
        PersistentDisposition lasting = persistentDisposition();
        Place readPoint = place("readPoint");
        Place location = place("bizLocation");
        List<BizTransaction> documents =
                objects(
                        "bizTransactionList",
                        (each, _) -> {
                            String type = each.word("type", Vocabulary.BIZ_TRANSACTION_TYPE);
                            String document = each.uri("bizTransaction", true);
                            return document == null
                                    ? null
                                    : new BizTransaction(type, document, each.rest());
                        });
        List<Party> sources = parties("source");
        List<Party> destinations = parties("destination");
        List<JsonNode> sensors = objects("sensorElementList", (each, _) -> each.sensor());
        Map<String, JsonNode> others = rest();
        for (String name : others.keySet()) {
            if (!name.contains(":")
                    && !PLAIN_OTHERS.contains(name)
                    && !emptyList(others.get(name))) {
                warn(
                        at(name),
                        "the standard knows no such member here; it is kept as it is",
                        "give your own members a prefix declared in @context");
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

    private static boolean sameOffset(EpcisTime time, String offset) {
        return time.zone().equals(java.time.ZoneOffset.of(offset));
    }

    private @Nullable Action action() {
        String written = text("action", true);
        if (written == null) {
            return null;
        }
        try {
            return Action.valueOf(written);
        } catch (IllegalArgumentException _) {
            grave(at("action"), "\"" + written + "\" is no action", "use ADD, OBSERVE or DELETE");
            return null;
        }
    }

    private @Nullable ErrorDeclaration errorDeclaration() {
        EventReader inner = object("errorDeclaration");
        if (inner == null) {
            return null;
        }
        EpcisTime at = inner.time("declarationTime", true);
        String reason = inner.word("reason", Vocabulary.ERROR_REASON);
        List<String> corrections = inner.uris("correctiveEventIDs");
        return at == null ? null : new ErrorDeclaration(at, reason, corrections, inner.rest());
    }

    private @Nullable PersistentDisposition persistentDisposition() {
        EventReader inner = object("persistentDisposition");
        return inner == null
                ? null
                : new PersistentDisposition(
                        inner.words("set", Vocabulary.DISPOSITION),
                        inner.words("unset", Vocabulary.DISPOSITION),
                        inner.rest());
    }

    private @Nullable Place place(String name) {
        EventReader inner = object(name);
        if (inner == null) {
            return null;
        }
        String id = inner.uri("id", true);
        return id == null ? null : new Place(id, inner.rest());
    }

    private List<Party> parties(String name) {
        return objects(
                name + "List",
                (each, _) -> {
                    String type = each.word("type", Vocabulary.SOURCE_DESTINATION_TYPE);
                    if (type == null) {
                        each.grave(
                                each.at("type"),
                                "missing",
                                "use owning_party, possessing_party or location");
                    }
                    String id = each.uri(name, true);
                    return type == null || id == null ? null : new Party(type, id, each.rest());
                });
    }

    private JsonNode sensor() {
        JsonNode reports = node.get("sensorReport");
        if (reports == null || !reports.isArray()) {
            grave(at("sensorReport"), "no list of readings", "give an array of sensor reports");
        } else {
            for (int i = 0; i < reports.size(); i++) {
                if (!reports.get(i).isObject()) {
                    grave(
                            at("sensorReport") + "/" + i,
                            kind(reports.get(i)) + " instead of a reading",
                            "give an object");
                }
            }
        }
        return node;
    }

    private List<String> certificates() {
        JsonNode value = node.get("certificationInfo");
        if (value == null || (value.isArray() && value.size() < 2)) {
            return List.of();
        }
        if (value.isArray()) {
            return uris("certificationInfo");
        }
        String one = uri("certificationInfo", false);
        return one == null ? List.of() : List.of(one);
    }

    private List<Quantity> quantities(String name) {
        return objects(
                name,
                (each, _) -> {
                    String epcClass = each.uri("epcClass", true);
                    String uom = each.text("uom", false);
                    if (uom != null && !UNIT.matcher(uom).matches()) {
                        each.grave(
                                each.at("uom"),
                                "\"" + uom + "\" is no unit code",
                                "use UN/CEFACT recommendation 20, such as KGM");
                    }
                    BigDecimal amount = each.amount();
                    return epcClass == null
                            ? null
                            : new Quantity(epcClass, amount, uom, each.rest());
                });
    }

    private @Nullable BigDecimal amount() {
        JsonNode value = node.get("quantity");
        if (value == null) {
            return null;
        }
        if (!value.isNumber()) {
            grave(at("quantity"), kind(value) + " instead of a number", "write 25 or 25.5");
            return null;
        }
        BigDecimal amount = value.decimalValue();
        if (amount.signum() < 0) {
            grave(at("quantity"), "less than nothing", "quantities are never negative");
            return null;
        }
        if (amount.scale() > 12 || (long) amount.precision() - amount.scale() > 15) {
            grave(
                    at("quantity"),
                    "an absurd amount",
                    "use at most 15 digits before and 12 after the point");
            return null;
        }
        taken.add("quantity");
        return amount;
    }

    private Map<String, JsonNode> members(String name) {
        EventReader inner = object(name);
        return inner == null ? Map.of() : inner.rest();
    }

    private @Nullable EventReader object(String name) {
        JsonNode value = node.get(name);
        if (value == null) {
            return null;
        }
        if (!value.isObject()) {
            grave(at(name), kind(value) + " instead of an object", "give an object");
            return null;
        }
        if (value.isEmpty()) {
            return null;
        }
        taken.add(name);
        return new EventReader(value, at(name), problems);
    }

    private List<JsonNode> list(String name) {
        JsonNode value = node.get(name);
        if (value == null || value.isEmpty() && value.isArray()) {
            return List.of();
        }
        if (!value.isArray()) {
            grave(at(name), kind(value) + " instead of an array", "give an array");
            return List.of();
        }
        taken.add(name);
        List<JsonNode> items = new ArrayList<>(value.size());
        value.forEach(items::add);
        return items;
    }

    private <T> List<T> objects(String name, BiFunction<EventReader, Integer, @Nullable T> read) {
        List<JsonNode> items = list(name);
        List<T> found = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            String place = at(name) + "/" + i;
            if (!items.get(i).isObject()) {
                grave(place, kind(items.get(i)) + " instead of an object", "give an object");
                continue;
            }
            T one = read.apply(new EventReader(items.get(i), place, problems), i);
            if (one != null) {
                found.add(one);
            }
        }
        return found;
    }

    private List<String> uris(String name) {
        List<JsonNode> items = list(name);
        List<String> found = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            String one = checkUri(items.get(i), at(name) + "/" + i);
            if (one != null) {
                found.add(one);
            }
        }
        if (new LinkedHashSet<>(found).size() < found.size()) {
            warn(at(name), "names something twice", "name each thing once");
        }
        return found;
    }

    private List<String> words(String name, Vocabulary vocabulary) {
        List<JsonNode> items = list(name);
        List<String> found = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            String one = checkWord(items.get(i), at(name) + "/" + i, vocabulary);
            if (one != null) {
                found.add(one);
            }
        }
        return found;
    }

    private @Nullable String word(String name, Vocabulary vocabulary) {
        JsonNode value = node.get(name);
        if (value == null) {
            return null;
        }
        taken.add(name);
        return checkWord(value, at(name), vocabulary);
    }

    private @Nullable String checkWord(JsonNode value, String place, Vocabulary vocabulary) {
        String written = checkText(value, place);
        if (written == null) {
            return null;
        }
        if (!written.contains(":") && !vocabulary.knows(written)) {
            grave(
                    place,
                    "\"" + written + "\" is no word of CBV 2.0",
                    "use a word of the vocabulary, or a URI of your own");
            return null;
        }
        if (written.contains(":") && !isUri(written)) {
            grave(place, "\"" + written + "\" is no URI", "write a URI without spaces");
            return null;
        }
        return written;
    }

    private @Nullable String uri(String name, boolean required) {
        JsonNode value = node.get(name);
        if (value == null) {
            if (required) {
                grave(at(name), "missing", "add it");
            }
            return null;
        }
        taken.add(name);
        return checkUri(value, at(name));
    }

    private @Nullable String checkUri(JsonNode value, String place) {
        String written = checkText(value, place);
        if (written == null) {
            return null;
        }
        Identifier identifier = Identifier.of(written);
        if (written.length() > LONGEST_URI || identifier.canonical().length() > LONGEST_URI) {
            grave(
                    place,
                    "\"" + shorten(written) + "\" is longer than any identifier",
                    "use at most " + LONGEST_URI + " characters, percent-encoded ones included");
            return null;
        }
        if (!isUri(written)) {
            grave(
                    place,
                    "\"" + shorten(written) + "\" is no URI",
                    "write an EPC URN, a GS1 Digital Link or another URI without spaces");
            return null;
        }
        identifier
                .wrongCheckDigit()
                .ifPresent(
                        right ->
                                warn(
                                        place,
                                        "the check digit of " + written + " is wrong",
                                        "it should be " + right));
        return written;
    }

    /** A scheme, a colon, and something after it without white space (RFC 3986, 3). */
    private static boolean isUri(String text) {
        int colon = text.indexOf(':');
        if (colon < 1 || colon == text.length() - 1) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (i < colon) {
                boolean letter = c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
                boolean later = c >= '0' && c <= '9' || c == '+' || c == '.' || c == '-';
                if (!letter && (i == 0 || !later)) {
                    return false;
                }
            } else if (c == ' ' || c >= '\t' && c <= '\r') {
                return false;
            }
        }
        return true;
    }

    private @Nullable EpcisTime time(String name, boolean required) {
        String written = text(name, required);
        if (written == null) {
            return null;
        }
        EpcisTime time = EpcisTime.read(written).orElse(null);
        if (time == null) {
            grave(
                    at(name),
                    "\"" + shorten(written) + "\" is no time with a zone",
                    "write it like 2026-04-17T09:26:42+08:00");
        }
        return time;
    }

    private @Nullable String text(String name, boolean required) {
        JsonNode value = node.get(name);
        if (value == null) {
            if (required) {
                grave(at(name), "missing", "add it");
            }
            return null;
        }
        taken.add(name);
        return checkText(value, at(name));
    }

    private @Nullable String checkText(JsonNode value, String place) {
        if (!value.isString()) {
            grave(place, kind(value) + " instead of a string", "put it into quotation marks");
            return null;
        }
        String written = value.stringValue();
        if (written.indexOf('\0') >= 0) {
            grave(place, "holds a NUL character", "remove it");
            return null;
        }
        return written;
    }

    private Map<String, JsonNode> rest() {
        Map<String, JsonNode> others = new LinkedHashMap<>();
        node.forEachEntry(
                (name, value) -> {
                    if (!taken.contains(name)) {
                        others.put(name, value);
                    }
                });
        return others;
    }

    private static boolean emptyList(@Nullable JsonNode value) {
        return value != null && value.isContainer() && value.isEmpty();
    }

    private String at(String name) {
        return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
    }

    private void grave(String place, String text, String fix) {
        problems.add(EpcisProblem.grave(place, text, fix));
    }

    private void warn(String place, String text, String fix) {
        problems.add(EpcisProblem.warning(place, text, fix));
    }

    private static String shorten(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }

    private static String kind(JsonNode value) {
        return switch (value.getNodeType()) {
            case ARRAY -> "an array";
            case OBJECT, POJO -> "an object";
            case STRING -> "a string";
            case NUMBER -> "a number";
            case BOOLEAN -> "true or false";
            case NULL -> "null";
            case BINARY, MISSING -> "nothing";
        };
    }
}
