package cn.xinyuan.epcis;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The form that a reader wants identifiers and words of the vocabulary in (EPCIS 2.0, 12.3: the
 * headers GS1-EPC-Format and GS1-CBV-XML-Format). The event stays the same, and so does its hash.
 *
 * @param prefixes company prefixes whose length is known; those in the event's own URNs are added
 */
public record Rendering(Identifiers identifiers, Words words, CompanyPrefixes prefixes) {

    /** Forms of GS1 keys. */
    public enum Identifiers {
        AS_WRITTEN,
        URN,
        DIGITAL_LINK
    }

    /**
     * Forms of words of the vocabulary. JSON wants them bare, or as Web URI; XML has no bare ones.
     */
    public enum Words {
        AS_WRITTEN,
        BARE,
        URN,
        WEB_URI
    }

    /**
     * An event in the form that was asked for.
     *
     * @param kept places of identifiers that stayed as written, each with the reason
     */
    public record Rendered(EpcisEvent event, List<EpcisProblem> kept) {}

    private static final Set<String> THINGS =
            Set.of(
                    "epcList",
                    "childEPCs",
                    "inputEPCList",
                    "outputEPCList",
                    "parentID",
                    "transformationID",
                    "epcClass",
                    "bizTransaction",
                    "source",
                    "destination",
                    "deviceID");

    private static final Map<String, Vocabulary> WORDS =
            Map.of(
                    "bizStep", Vocabulary.BIZ_STEP,
                    "disposition", Vocabulary.DISPOSITION,
                    "set", Vocabulary.DISPOSITION,
                    "unset", Vocabulary.DISPOSITION,
                    "reason", Vocabulary.ERROR_REASON);

    /** Everything as it was written. */
    public static final Rendering AS_WRITTEN =
            new Rendering(Identifiers.AS_WRITTEN, Words.AS_WRITTEN, new CompanyPrefixes());

    /**
     * An event as JSON in the form that was asked for.
     *
     * @param kept places of identifiers that stayed as written, each with the reason
     */
    public record Json(ObjectNode event, List<EpcisProblem> kept) {}

    /**
     * Says the identifiers and words of an event, as {@link EpcisJson#write} gives it, in this
     * form.
     */
    public Json json(ObjectNode event) {
        if (identifiers == Identifiers.AS_WRITTEN && words == Words.AS_WRITTEN) {
            return new Json(event, List.of());
        }
        CompanyPrefixes all = prefixes;
        if (identifiers == Identifiers.URN) {
            all = prefixes.copy();
            learn(event, all);
        }
        List<EpcisProblem> kept = new ArrayList<>();
        return new Json((ObjectNode) walk(event, "", "", all, kept, 0), List.copyOf(kept));
    }

    /** An identifier alone in this form; as written when there is none. */
    public String identifier(String written) {
        return identifier(written, "", prefixes, new ArrayList<>());
    }

    /** Writes an event in this form. */
    public Rendered event(EpcisEvent event, Context context) {
        if (identifiers == Identifiers.AS_WRITTEN && words == Words.AS_WRITTEN) {
            return new Rendered(event, List.of());
        }
        Json out = json(EpcisJson.write(event));
        return switch (EventReader.event(out.event(), "", Strictness.LENIENT, context)) {
            case Reading.Understood good -> new Rendered(good.event(), out.kept());
            case Reading.Refused _ -> new Rendered(event, out.kept());
        };
    }

    private static void learn(JsonNode node, CompanyPrefixes to) {
        if (node.isString()) {
            if (node.stringValue().startsWith("urn:epc:")) {
                to.learn(node.stringValue());
            }
        } else {
            node.forEach(each -> learn(each, to));
        }
    }

    private JsonNode walk(
            JsonNode node,
            String name,
            String place,
            CompanyPrefixes all,
            List<EpcisProblem> kept,
            int depth) {
        if (node instanceof ObjectNode object) {
            ObjectNode out = JsonNodeFactory.instance.objectNode();
            object.forEachEntry(
                    (key, value) ->
                            out.set(
                                    key,
                                    key.contains(":") || key.equals("ilmd") || key.startsWith("@")
                                            ? value
                                            : walk(
                                                    value,
                                                    key.equals("type") ? name + "/type" : key,
                                                    place + "/" + key,
                                                    all,
                                                    kept,
                                                    depth + 1)));
            return out;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode out = JsonNodeFactory.instance.arrayNode();
            for (int i = 0; i < array.size(); i++) {
                out.add(walk(array.get(i), name, place + "/" + i, all, kept, depth));
            }
            return out;
        }
        if (!node.isString()) {
            return node;
        }
        boolean thing = THINGS.contains(name) || name.equals("id") && depth == 2;
        return JsonNodeFactory.instance.stringNode(
                thing ? identifier(node.stringValue(), place, all, kept) : word(name, node));
    }

    private String identifier(
            String written, String place, CompanyPrefixes all, List<EpcisProblem> kept) {
        Identifier identifier = Identifier.of(written);
        Identifier.Rendered rendered =
                switch (identifiers) {
                    case AS_WRITTEN -> new Identifier.Rendered(written, null);
                    case URN -> identifier.urn(all);
                    case DIGITAL_LINK -> identifier.digitalLink();
                };
        String reason = rendered.reason();
        if (reason != null) {
            kept.add(
                    EpcisProblem.warning(
                            place, written + " stays as it is: " + reason, "read it as it is"));
        }
        return rendered.text();
    }

    private String word(String name, JsonNode node) {
        String written = node.stringValue();
        Vocabulary vocabulary = vocabulary(name);
        if (vocabulary == null) {
            return written;
        }
        return switch (words) {
            case AS_WRITTEN -> written;
            case BARE -> vocabulary.bare(written);
            case URN -> vocabulary.urn(written);
            case WEB_URI -> vocabulary.webUri(written);
        };
    }

    private static @Nullable Vocabulary vocabulary(String name) {
        return switch (name) {
            case "bizTransactionList/type" -> Vocabulary.BIZ_TRANSACTION_TYPE;
            case "sourceList/type", "destinationList/type" -> Vocabulary.SOURCE_DESTINATION_TYPE;
            default -> WORDS.get(name);
        };
    }
}
