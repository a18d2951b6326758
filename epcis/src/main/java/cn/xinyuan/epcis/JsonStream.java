package cn.xinyuan.epcis;

import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads a JSON document event by event. */
final class JsonStream {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Set<String> FIRST = Set.of("@context", "type");

    private final JsonParser json;
    private final Strictness strictness;
    private final DocumentSink sink;
    private final ObjectNode head = NODES.objectNode();
    private Budget budget = new Budget();
    private @Nullable Context context;
    private @Nullable String list;
    private int events;

    private JsonStream(JsonParser json, Strictness strictness, DocumentSink sink) {
        this.json = json;
        this.strictness = strictness;
        this.sink = sink;
    }

    /** More values than {@link Limits#MOST_VALUES}. */
    private static final class TooMany extends Exception {}

    static Reading read(InputStream bytes, Strictness strictness, DocumentSink sink)
            throws UnreadableDocument, IOException {
        try (JsonParser parser = EpcisJson.MAPPER.createParser(bytes)) {
            try {
                return new JsonStream(parser, strictness, sink).document();
            } catch (JacksonException e) {
                throw fault(e, parser);
            }
        } catch (TooMany _) {
            throw refusal(
                    "",
                    "the members beside the events hold more than "
                            + Limits.MOST_VALUES
                            + " values",
                    "send master data in pieces");
        }
    }

    private static UnreadableDocument fault(JacksonException e, JsonParser parser)
            throws IOException {
        if (e.getCause() instanceof IOException broken
                && !(broken instanceof CharConversionException)) {
            throw broken;
        }
        TokenStreamLocation at = e.getLocation();
        return EpcisJson.unreadable(
                e, at == null || at.getLineNr() < 1 ? parser.currentLocation() : at);
    }

    private static UnreadableDocument refusal(String place, String text, String fix) {
        return new UnreadableDocument(List.of(EpcisProblem.grave(place, text, fix)));
    }

    private Reading document() throws UnreadableDocument, TooMany {
        JsonToken first = json.nextToken();
        if (first == null) {
            throw EpcisJson.nothing();
        }
        if (first != JsonToken.START_OBJECT) {
            throw refusal(
                    "",
                    "the root is no object",
                    "send {\"@context\": …, \"type\": \"EPCISDocument\", …}");
        }
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = json.currentName();
            if (context != null && FIRST.contains(name)) {
                throw refusal(
                        "/" + name,
                        "stands after the events",
                        "put @context and type before epcisBody: the events are read with them");
            }
            json.nextToken();
            if (name.equals("epcisBody") && json.currentToken() == JsonToken.START_OBJECT) {
                body(head.putObject(name));
            } else {
                head.set(name, value());
            }
        }
        if (json.nextToken() != null) {
            throw refusal(
                    "",
                    "text stands after the end of the document",
                    "send UTF-8 JSON (RFC 8259) and nothing after it");
        }
        giveHead();
        Reading whole = DocumentReader.head(head, strictness, place -> place);
        if (list == null) {
            throw refusal("/epcisBody/eventList", "missing", "give an array of events");
        }
        List<EpcisProblem> problems = new java.util.ArrayList<>(whole.warnings());
        if (events == 0) {
            EpcisJson.noEvents(problems, list, strictness);
        }
        return new Reading(whole.document(), List.of(), problems);
    }

    private void body(ObjectNode body) throws UnreadableDocument, TooMany {
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "eventList" -> events("/epcisBody/eventList");
                case "event" -> {
                    list = "/epcisBody/event";
                    event("/epcisBody/event");
                }
                case "queryResults" -> {
                    if (json.currentToken() == JsonToken.START_OBJECT) {
                        results(body.putObject(name));
                    } else {
                        body.set(name, value());
                    }
                }
                default -> body.set(name, value());
            }
        }
    }

    private void results(ObjectNode results) throws UnreadableDocument, TooMany {
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = json.currentName();
            json.nextToken();
            if (!name.equals("resultsBody") || json.currentToken() != JsonToken.START_OBJECT) {
                results.set(name, value());
                continue;
            }
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                String inner = json.currentName();
                json.nextToken();
                if (inner.equals("eventList")) {
                    events("/epcisBody/queryResults/resultsBody/eventList");
                } else {
                    results.set(inner, value());
                }
            }
        }
    }

    private void events(String place) throws UnreadableDocument, TooMany {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw refusal(
                    place,
                    NodeReader.kind(value()) + " instead of an array",
                    "give an array of events");
        }
        list = place;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            event(place + "/" + events);
        }
    }

    private void event(String place) throws UnreadableDocument {
        Context known = giveHead();
        budget = new Budget();
        Reading.Item item;
        int depth = json.streamReadContext().getNestingDepth();
        boolean container = json.currentToken().isStructStart();
        try {
            item = EventReader.event(value(), place, strictness, known);
        } catch (TooMany _) {
            while (container && json.streamReadContext().getNestingDepth() >= depth) {
                json.nextToken();
            }
            item = EventReader.tooLarge(place);
        }
        budget = new Budget();
        events++;
        sink.event(item, known);
    }

    private Context giveHead() throws UnreadableDocument {
        Context known = context;
        if (known == null) {
            ObjectNode early = head.deepCopy();
            if (!early.has("epcisBody")) {
                early.putObject("epcisBody");
            }
            EpcisDocument document =
                    DocumentReader.head(early, Strictness.LENIENT, place -> place).document();
            known = document.context();
            context = known;
            sink.head(document);
        }
        return known;
    }

    private JsonNode value() throws TooMany {
        if (!budget.take()) {
            throw new TooMany();
        }
        switch (json.currentToken()) {
            case START_OBJECT -> {
                ObjectNode object = NODES.objectNode();
                while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                    String name = json.currentName();
                    json.nextToken();
                    object.set(name, value());
                }
                return object;
            }
            case START_ARRAY -> {
                ArrayNode array = NODES.arrayNode();
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    array.add(value());
                }
                return array;
            }
            default -> {
                return json.readValueAsTree();
            }
        }
    }
}
