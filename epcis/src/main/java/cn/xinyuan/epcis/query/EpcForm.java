package cn.xinyuan.epcis.query;

import cn.xinyuan.epcis.Identifier;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The identifiers of an event said as GS1 Digital Link or as EPC URN (EPCIS 2.0, 12, header
 * GS1-EPC-Format). A Digital Link does not tell where the company prefix ends; it becomes a URN
 * only when the operator's table knows the prefix, and stays as it is otherwise.
 */
public final class EpcForm {

    private static final Pattern LINK =
            Pattern.compile("https?://[^/]+/(?:.+/)?(00|01|414|417|8003|8004|8018|253)/(\\d+)(.*)");

    private static final List<String> LISTS =
            List.of("epcList", "childEPCs", "inputEPCList", "outputEPCList");

    private static final List<String> QUANTITIES =
            List.of("quantityList", "childQuantityList", "inputQuantityList", "outputQuantityList");

    private final Map<String, Integer> prefixes;

    /**
     * @param prefixes how many digits a company prefix has, by its first digits; the longest
     *     matching entry counts
     */
    public EpcForm(Map<String, Integer> prefixes) {
        this.prefixes = Map.copyOf(prefixes);
    }

    /** Says every EPC URN of an event as Digital Link. */
    public void asLinks(ObjectNode event) {
        change(event, EpcForm::link);
    }

    /** Says every Digital Link of an event as EPC URN, where that is known. */
    public void asUrns(ObjectNode event) {
        change(event, this::urn);
    }

    /** An EPC URN as Digital Link; anything else as it is. */
    public static String link(String written) {
        return written.startsWith("urn:epc:") ? Identifier.canonical(written) : written;
    }

    /** A Digital Link as EPC URN where its company prefix is known; anything else as it is. */
    public String urn(String written) {
        if (!written.startsWith("http")) {
            return written;
        }
        Matcher link = LINK.matcher(Identifier.canonical(written));
        if (!link.matches()) {
            return written;
        }
        String key = link.group(2);
        String rest = link.group(3);
        return switch (link.group(1)) {
            case "00" -> sscc(key, written);
            case "01" -> item(key, rest, written);
            case "414" ->
                    split(
                            "sgln",
                            key,
                            rest.startsWith("/254/")
                                    ? "." + urnText(decoded(rest.substring(5)))
                                    : ".0",
                            written);
            case "417" -> split("pgln", key, "", written);
            case "8018" -> {
                int length = length(key);
                yield length == 0 || key.length() != 18
                        ? written
                        : "urn:epc:id:gsrn:"
                                + key.substring(0, length)
                                + "."
                                + key.substring(length, 17);
            }
            case "8004" -> {
                int length = length(key);
                String whole = key + decoded(rest);
                yield length == 0 || whole.length() <= length
                        ? written
                        : "urn:epc:id:giai:"
                                + whole.substring(0, length)
                                + "."
                                + urnText(whole.substring(length));
            }
            case "8003" ->
                    key.length() < 14 ? written : serial("grai", key.substring(1), rest, written);
            default -> key.length() < 13 ? written : serial("gdti", key, rest, written);
        };
    }

    private String sscc(String key, String written) {
        if (key.length() != 18) {
            return written;
        }
        int length = length(key.substring(1));
        return length == 0
                ? written
                : "urn:epc:id:sscc:"
                        + key.substring(1, 1 + length)
                        + "."
                        + key.charAt(0)
                        + key.substring(1 + length, 17);
    }

    private String item(String key, String rest, String written) {
        if (key.length() != 14) {
            return written;
        }
        int length = length(key.substring(1));
        if (length == 0) {
            return written;
        }
        String item =
                key.substring(1, 1 + length) + "." + key.charAt(0) + key.substring(1 + length, 13);
        if (rest.isEmpty()) {
            return "urn:epc:idpat:sgtin:" + item + ".*";
        }
        for (String[] each :
                new String[][] {
                    {"/21/", "urn:epc:id:sgtin:"},
                    {"/10/", "urn:epc:class:lgtin:"},
                    {"/235/", "urn:epc:id:upui:"}
                }) {
            if (rest.startsWith(each[0])) {
                return each[1] + item + "." + urnText(decoded(rest.substring(each[0].length())));
            }
        }
        return written;
    }

    private String split(String scheme, String key, String end, String written) {
        int length = length(key);
        return length == 0 || key.length() != 13
                ? written
                : "urn:epc:id:"
                        + scheme
                        + ":"
                        + key.substring(0, length)
                        + "."
                        + key.substring(length, 12)
                        + end;
    }

    private String serial(String scheme, String key, String rest, String written) {
        int length = length(key);
        String serial = key.substring(13) + decoded(rest);
        return length == 0 || serial.isEmpty()
                ? written
                : "urn:epc:id:"
                        + scheme
                        + ":"
                        + key.substring(0, length)
                        + "."
                        + key.substring(length, 12)
                        + "."
                        + urnText(serial);
    }

    private int length(String digits) {
        for (int i = Math.min(12, digits.length()); i > 0; i--) {
            Integer known = prefixes.get(digits.substring(0, i));
            if (known != null) {
                return known;
            }
        }
        return 0;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** What a URN must not hold plainly is percent-encoded. */
    private static String urnText(String text) {
        StringBuilder out = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain =
                    c < 0x7f && (Character.isLetterOrDigit(c) || "!'()*+,-.:;=_".indexOf(c) >= 0);
            out.append(plain ? String.valueOf(c) : "%" + String.format("%02X", (int) c));
        }
        return out.toString();
    }

    private static void change(ObjectNode event, UnaryOperator<String> form) {
        text(event, "parentID", form);
        LISTS.forEach(name -> texts(event.path(name), form));
        for (String name : QUANTITIES) {
            for (JsonNode each : event.path(name)) {
                text(each, "epcClass", form);
            }
        }
        text(event.path("readPoint"), "id", form);
        text(event.path("bizLocation"), "id", form);
        event.path("bizTransactionList").forEach(e -> text(e, "bizTransaction", form));
        event.path("sourceList").forEach(e -> text(e, "source", form));
        event.path("destinationList").forEach(e -> text(e, "destination", form));
        for (JsonNode element : event.path("sensorElementList")) {
            text(element.path("sensorMetadata"), "deviceID", form);
            element.path("sensorReport").forEach(e -> text(e, "deviceID", form));
        }
    }

    private static void text(JsonNode node, String name, UnaryOperator<String> form) {
        if (node instanceof ObjectNode object && object.path(name).isString()) {
            object.put(name, form.apply(object.path(name).stringValue()));
        }
    }

    private static void texts(JsonNode node, UnaryOperator<String> form) {
        if (node instanceof ArrayNode list) {
            for (int i = 0; i < list.size(); i++) {
                if (list.get(i).isString()) {
                    list.set(i, list.arrayNode().textNode(form.apply(list.get(i).stringValue())));
                }
            }
        }
    }
}
