package cn.xinyuan.epcis;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The event hash of CBV 2.0, 8.9.2: equal for every spelling of the same event, whatever its id and
 * record time.
 *
 * <p>Order and form of what is hashed are those of the reference implementation of the standard's
 * author (version 1.9.3), whose published examples are the test. Its habits are part of the hash:
 * the truth value of a sensor becomes {@code True} or {@code False}, while one of a user's own
 * member is hashed as XML writes it; names of master data bear the prefix {@code cbvmda} wherever
 * it is declared; a literal with a type or language counts by its value; numbers pass through a
 * 64-bit float; members of sensor elements and places that belong to no namespace ending in a slash
 * come last.
 */
public final class EventHash {

    private static final DateTimeFormatter MILLISECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private static final Comparator<String> BY_CODE_POINT =
            (one, other) ->
                    Arrays.compareUnsigned(
                            one.getBytes(StandardCharsets.UTF_8),
                            other.getBytes(StandardCharsets.UTF_8));

    private static final Pattern NUMBER =
            Pattern.compile(
                    "\\s*[+-]?(\\d{1,40}\\.?\\d{0,40}|\\.\\d{1,40})([eE][+-]?\\d{1,2})?\\s*");

    private static final String RDF_SCHEMA = "http://www.w3.org/2000/01/rdf-schema#";

    private static final Set<String> UNHASHED =
            Set.of(
                    "type",
                    "eventID",
                    "recordTime",
                    "errorDeclaration",
                    "@context",
                    "rdfs:comment",
                    "comment");

    private static final List<String> QUANTITY = List.of("epcClass", "quantity", "uom");

    private static final List<String> ELEMENT = List.of("sensorMetadata", "sensorReport");

    private final Map<String, String> prefixes;

    private EventHash(Map<String, String> prefixes) {
        this.prefixes = prefixes;
    }

    /** Such as {@code ni:///sha-256;…?ver=CBV2.0}. */
    public static String of(EpcisEvent event, Context context) {
        return of(event.type(), EpcisJson.write(event), context);
    }

    /** The same of an event that was written as JSON already. */
    public static String of(EventType type, ObjectNode written, Context context) {
        return "ni:///sha-256;" + hex(preimage(type, written, context)) + "?ver=CBV2.0";
    }

    /** The text that is hashed. */
    public static String preimage(EpcisEvent event, Context context) {
        return preimage(event.type(), EpcisJson.write(event), context);
    }

    private static String preimage(EventType type, ObjectNode written, Context context) {
        Map<String, String> prefixes = context.prefixes();
        JsonNode own = written.get("@context");
        if (own != null) {
            prefixes.putAll(new Context(own).prefixes());
        }
        return new EventHash(prefixes).event(type.label(), written);
    }

    private String event(String type, JsonNode node) {
        StringBuilder out = new StringBuilder("eventType=").append(type);
        List<String> done = new ArrayList<>(UNHASHED);
        scalar(out, node, "eventTime", done);
        scalar(out, node, "eventTimeZoneOffset", done);
        scalar(out, node, "certificationInfo", done);
        scalar(out, node, "parentID", done);
        things(out, node, "epcList", done);
        things(out, node, "inputEPCList", done);
        things(out, node, "childEPCs", done);
        quantities(out, node, "quantityList", done);
        quantities(out, node, "childQuantityList", done);
        quantities(out, node, "inputQuantityList", done);
        things(out, node, "outputEPCList", done);
        quantities(out, node, "outputQuantityList", done);
        scalar(out, node, "action", done);
        scalar(out, node, "transformationID", done);
        scalar(out, node, "bizStep", done);
        scalar(out, node, "disposition", done);
        ordered(out, node, "persistentDisposition", List.of("set", "unset"), done);
        ordered(out, node, "readPoint", List.of("id"), done);
        ordered(out, node, "bizLocation", List.of("id"), done);
        sensors(out, node, done);
        List<String> rest = new ArrayList<>(late(node));
        node.forEachEntry(
                (name, value) -> {
                    if (done.contains(name) || isComment(name)) {
                        return;
                    }
                    if (name.equals("bizTransactionList")
                            || name.equals("sourceList")
                            || name.equals("destinationList")) {
                        if (!value.isEmpty()) {
                            rest.add(name + typed(name, value));
                        }
                    } else {
                        rest.addAll(generic(name, value));
                    }
                });
        rest.sort(BY_CODE_POINT);
        rest.forEach(out::append);
        return out.toString();
    }

    private void scalar(StringBuilder out, JsonNode node, String name, List<String> done) {
        done.add(name);
        out.append(values(node, name));
    }

    private String values(JsonNode node, String name) {
        JsonNode value = node.get(name);
        if (value == null) {
            return "";
        }
        List<String> found = new ArrayList<>();
        for (JsonNode each : value.isArray() ? list(value) : List.of(value)) {
            String text = standard(name, each);
            if (!text.isEmpty()) {
                found.add(name + "=" + text);
            }
        }
        found.sort(BY_CODE_POINT);
        return String.join("", found);
    }

    private void things(StringBuilder out, JsonNode node, String name, List<String> done) {
        done.add(name);
        JsonNode value = node.get(name);
        if (value == null || value.isEmpty()) {
            return;
        }
        List<String> found = new ArrayList<>();
        value.forEach(each -> found.add("epc=" + standard("epc", each)));
        found.sort(BY_CODE_POINT);
        out.append(name);
        found.forEach(out::append);
    }

    private void quantities(StringBuilder out, JsonNode node, String name, List<String> done) {
        done.add(name);
        JsonNode value = node.get(name);
        if (value == null || value.isEmpty()) {
            return;
        }
        List<String> found = new ArrayList<>();
        value.forEach(each -> found.add("quantityElement" + members(each, QUANTITY)));
        found.sort(BY_CODE_POINT);
        out.append(name);
        found.forEach(out::append);
    }

    private void ordered(
            StringBuilder out, JsonNode node, String name, List<String> order, List<String> done) {
        done.add(name);
        JsonNode value = node.get(name);
        if (value != null) {
            String members = members(value, order);
            if (!members.isEmpty()) {
                out.append(name).append(members);
            }
        }
    }

    private void sensors(StringBuilder out, JsonNode node, List<String> done) {
        done.add("sensorElementList");
        JsonNode elements = node.get("sensorElementList");
        if (elements == null || elements.isEmpty()) {
            return;
        }
        List<String> found = new ArrayList<>();
        for (JsonNode element : list(elements)) {
            StringBuilder text = new StringBuilder("sensorElement");
            JsonNode metadata = element.get("sensorMetadata");
            if (metadata != null) {
                String members = members(metadata, SensorMembers.METADATA);
                if (!members.isEmpty()) {
                    text.append("sensorMetadata").append(members);
                }
            }
            JsonNode reports = element.get("sensorReport");
            if (reports != null) {
                List<String> each = new ArrayList<>();
                reports.forEach(r -> each.add("sensorReport" + members(r, SensorMembers.REPORT)));
                each.sort(BY_CODE_POINT);
                each.forEach(text::append);
            }
            text.append(inline(element, ELEMENT));
            found.add(text.toString());
        }
        found.sort(BY_CODE_POINT);
        out.append("sensorElementList");
        found.forEach(out::append);
    }

    /** Standard members in their order, then the others in alphabetical order. */
    private String members(JsonNode node, List<String> order) {
        StringBuilder out = new StringBuilder();
        order.forEach(name -> out.append(values(node, name)));
        return out.append(inline(node, order)).toString();
    }

    /** Members of a namespace that ends in a slash stay with their element. */
    private String inline(JsonNode node, List<String> known) {
        return joined(own(node, known, true));
    }

    private List<String> own(JsonNode node, List<String> known, boolean inline) {
        int[] children = {0};
        boolean[] eventLike = {false};
        node.forEachEntry(
                (name, value) -> {
                    children[0] += value.isArray() ? value.size() : 1;
                    eventLike[0] |= name.contains("eventTime") || name.contains("action");
                });
        boolean gathered = children[0] > 1 && !eventLike[0];
        List<String> found = new ArrayList<>();
        node.forEachEntry(
                (name, value) -> {
                    if (!known.contains(name) && !isComment(name)) {
                        boolean stays = gathered && name(name).contains("/}");
                        if (stays == inline) {
                            found.addAll(generic(name, value));
                        }
                    }
                });
        return found;
    }

    /** The other members of places and sensor elements, each under the names it lies in. */
    private List<String> late(JsonNode event) {
        List<String> found = new ArrayList<>();
        for (String name : List.of("readPoint", "bizLocation", "persistentDisposition")) {
            JsonNode place = event.get(name);
            if (place != null) {
                List<String> known = name.startsWith("p") ? List.of("set", "unset") : List.of("id");
                under(name, own(place, known, false), found);
            }
        }
        JsonNode elements = event.get("sensorElementList");
        if (elements != null) {
            List<String> each = new ArrayList<>();
            for (JsonNode element : list(elements)) {
                List<String> inner = new ArrayList<>(own(element, ELEMENT, false));
                JsonNode metadata = element.get("sensorMetadata");
                if (metadata != null) {
                    under("sensorMetadata", own(metadata, SensorMembers.METADATA, false), inner);
                }
                JsonNode reports = element.get("sensorReport");
                if (reports != null) {
                    reports.forEach(
                            r -> under("sensorReport", own(r, SensorMembers.REPORT, false), inner));
                }
                under("sensorElement", inner, each);
            }
            under("sensorElementList", each, found);
        }
        return found;
    }

    private static void under(String name, List<String> members, List<String> to) {
        if (!members.isEmpty()) {
            to.add(name + joined(members));
        }
    }

    private static String joined(List<String> parts) {
        List<String> sorted = new ArrayList<>(parts);
        sorted.sort(BY_CODE_POINT);
        return String.join("", sorted);
    }

    private String extensions(JsonNode node, List<String> known) {
        List<String> found = new ArrayList<>();
        node.forEachEntry(
                (name, value) -> {
                    if (!known.contains(name) && !isComment(name)) {
                        found.addAll(generic(name, value));
                    }
                });
        found.sort(BY_CODE_POINT);
        return String.join("", found);
    }

    private String typed(String listName, JsonNode list) {
        String name = listName.substring(0, listName.length() - "List".length());
        List<String> found = new ArrayList<>();
        for (JsonNode each : list(list)) {
            found.add(
                    values(each, "type")
                            + values(each, name)
                            + extensions(each, List.of("type", name)));
        }
        found.sort(BY_CODE_POINT);
        return String.join("", found);
    }

    private List<String> generic(String name, JsonNode value) {
        String key = name(name);
        if (value.isArray()) {
            List<String> found = new ArrayList<>();
            boolean listed = key.endsWith("List");
            String each = listed ? key.substring(0, key.length() - "List".length()) : key;
            list(value).forEach(item -> found.addAll(item(each, item)));
            if (listed) {
                found.sort(BY_CODE_POINT);
                return found.isEmpty() ? List.of() : List.of(key + String.join("", found));
            }
            return found;
        }
        return item(key, value);
    }

    private List<String> item(String key, JsonNode value) {
        if (value.isObject()) {
            JsonNode literal = value.get("@value");
            return literal == null || literal.isContainer()
                    ? List.of(key + extensions(value, List.of()))
                    : item(key, literal);
        }
        if (value.isArray()) {
            List<String> found = new ArrayList<>();
            list(value).forEach(inner -> found.addAll(item("", inner)));
            found.sort(BY_CODE_POINT);
            return List.of(key + String.join("", found));
        }
        String text = value.isBoolean() ? value.asString() : canonical(plain(value));
        return List.of(text.isEmpty() ? key : key + "=" + text);
    }

    private String standard(String name, JsonNode value) {
        String text = plain(value);
        return switch (name) {
            case "eventTime", "time", "startTime", "endTime" -> time(text);
            case "bizStep" -> Vocabulary.BIZ_STEP.webUri(text);
            case "disposition", "set", "unset" -> Vocabulary.DISPOSITION.webUri(text);
            case "type" -> typeOf(text);
            case "component" -> canonical(Vocabulary.COMPONENT.webUri(text));
            case "exception" -> canonical(measurement(text));
            default -> canonical(text);
        };
    }

    private String typeOf(String text) {
        String web = Vocabulary.BIZ_TRANSACTION_TYPE.webUri(text);
        if (web.equals(text)) {
            web = Vocabulary.SOURCE_DESTINATION_TYPE.webUri(text);
        }
        return canonical(web.equals(text) ? measurement(text) : web);
    }

    private static String measurement(String text) {
        if (text.startsWith("gs1:")) {
            return "https://gs1.org/voc/" + text.substring(4);
        }
        return text.contains(":") || text.isEmpty() ? text : "https://gs1.org/voc/" + text;
    }

    private static String time(String text) {
        try {
            Instant at = EpcisTime.parse(text).toInstant();
            BigDecimal millis =
                    BigDecimal.valueOf(at.getNano(), 6).setScale(0, RoundingMode.HALF_EVEN);
            return MILLISECONDS.format(
                    Instant.ofEpochSecond(at.getEpochSecond()).plusMillis(millis.longValue()));
        } catch (DateTimeException _) {
            return text;
        }
    }

    private String canonical(String text) {
        String stripped = text.strip();
        if (mayBeNumber(stripped) && NUMBER.matcher(stripped).matches()) {
            return number(Double.parseDouble(stripped));
        }
        return Identifier.canonical(expand(stripped));
    }

    private static boolean mayBeNumber(String text) {
        if (text.isEmpty()) {
            return false;
        }
        char c = text.charAt(0);
        return c >= '+' && c <= '9';
    }

    private static String number(double value) {
        BigDecimal exact = new BigDecimal(value);
        if (exact.stripTrailingZeros().scale() <= 0) {
            return exact.toBigInteger().toString();
        }
        BigDecimal shortest = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        if (Math.abs(value) >= 0.0001) {
            return shortest.toPlainString();
        }
        String digits = shortest.unscaledValue().abs().toString();
        int exponent = shortest.scale() - digits.length() + 1;
        return (value < 0 ? "-" : "")
                + digits.charAt(0)
                + (digits.length() > 1 ? "." + digits.substring(1) : "")
                + "e-"
                + (exponent < 10 ? "0" : "")
                + exponent;
    }

    private String expand(String text) {
        int colon = text.indexOf(':');
        if (colon > 0 && !text.startsWith("//", colon + 1)) {
            String namespace = prefixes.get(text.substring(0, colon));
            if (namespace != null) {
                return namespace + text.substring(colon + 1);
            }
        }
        return text;
    }

    private String name(String name) {
        int colon = name.indexOf(':');
        if (colon > 0 && name.startsWith("//", colon + 1)) {
            int cut = Math.max(name.lastIndexOf('/'), name.lastIndexOf('#')) + 1;
            return "{" + name.substring(0, cut) + "}" + name.substring(cut);
        }
        if (colon > 0) {
            String namespace = prefixes.get(name.substring(0, colon));
            if (Namespaces.isMasterData(namespace)) {
                return "cbvmda:" + name.substring(colon + 1);
            }
            if (namespace != null && Namespaces.isScheme(namespace)) {
                return namespace + name.substring(colon + 1);
            }
            if (namespace != null) {
                return "{" + namespace + "}" + name.substring(colon + 1);
            }
        }
        return name;
    }

    /** A comment, under whatever prefix the document declares for its namespace. */
    private boolean isComment(String name) {
        if (name.equals("rdfs:comment") || name.equals("comment")) {
            return true;
        }
        int colon = name.indexOf(':');
        return colon > 0
                && name.substring(colon + 1).equals("comment")
                && RDF_SCHEMA.equals(prefixes.get(name.substring(0, colon)));
    }

    private static String plain(JsonNode value) {
        if (value.isNumber()) {
            BigDecimal number = value.decimalValue();
            return Math.abs((long) number.scale()) > 60
                    ? number.toString()
                    : number.toPlainString();
        }
        if (value.isBoolean()) {
            return value.booleanValue() ? "True" : "False";
        }
        return value.isNull() ? "" : value.asString();
    }

    private static List<JsonNode> list(JsonNode array) {
        List<JsonNode> items = new ArrayList<>(array.size());
        array.forEach(items::add);
        return items;
    }

    private static String hex(String text) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
