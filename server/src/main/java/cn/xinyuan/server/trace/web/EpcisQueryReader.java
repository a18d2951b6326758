package cn.xinyuan.server.trace.web;

import cn.xinyuan.epcis.Action;
import cn.xinyuan.epcis.EpcisTime;
import cn.xinyuan.epcis.EventType;
import cn.xinyuan.epcis.Identifier;
import cn.xinyuan.epcis.Vocabulary;
import cn.xinyuan.server.trace.domain.EventArchive.EventQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;

/** Reads the parameters of a simple event query (EPCIS 2.0, 8.2.7.1). */
@NullMarked
final class EpcisQueryReader {

    static final int PER_PAGE = 30;
    static final int MOST_PER_PAGE = 500;

    private EpcisQueryReader() {}

    /** What was asked, and its canonical text, to which page tokens are bound. */
    record Asked(EventQuery query, String text, int perPage) {}

    /** A parameter that is not understood. */
    static final class BadParameter extends Exception {
        private final String name;
        private final String why;

        BadParameter(String name, String why) {
            super(name + " " + why);
            this.name = name;
            this.why = why;
        }

        ResponseEntity<Object> answer() {
            return badParameter(name, why);
        }
    }

    static ResponseEntity<Object> badParameter(String name, String why) {
        return EpcisAnswers.problem(
                400,
                "QueryParameterException",
                "A query parameter is not understood",
                name + " " + why,
                List.of());
    }

    static Asked read(Map<String, String[]> parameters) throws BadParameter {
        List<String> types = new ArrayList<>();
        List<String> things = new ArrayList<>();
        List<String> classes = new ArrayList<>();
        List<String> steps = new ArrayList<>();
        List<String> actions = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        Instant from = null;
        Instant before = null;
        int perPage = PER_PAGE;
        String token = null;
        TreeMap<String, String> text = new TreeMap<>();
        for (Map.Entry<String, String[]> each : parameters.entrySet()) {
            String name = each.getKey();
            List<String> values = values(name, each.getValue());
            if (!name.equals("nextPageToken") && !name.equals("perPage")) {
                text.put(name, String.join(",", values));
            }
            switch (name) {
                case "eventType" -> {
                    for (String value : values) {
                        types.add(
                                EventType.read(value)
                                        .orElseThrow(
                                                () ->
                                                        new BadParameter(
                                                                name,
                                                                "knows no type \"" + value + "\""))
                                        .label());
                    }
                }
                case "GE_eventTime" -> from = time(name, values);
                case "LT_eventTime" -> before = time(name, values);
                case "MATCH_anyEPC" -> values.forEach(v -> things.add(Identifier.canonical(v)));
                case "MATCH_anyEPCClass" ->
                        values.forEach(v -> classes.add(Identifier.canonical(v)));
                case "EQ_bizStep" -> values.forEach(v -> steps.add(Vocabulary.BIZ_STEP.webUri(v)));
                case "EQ_eventID" -> ids.addAll(values);
                case "EQ_action" -> {
                    for (String value : values) {
                        if (Arrays.stream(Action.values()).noneMatch(a -> a.name().equals(value))) {
                            throw new BadParameter(name, "is ADD, OBSERVE or DELETE");
                        }
                        actions.add(value);
                    }
                }
                case "perPage" -> perPage = number(name, one(name, values));
                case "nextPageToken" -> token = one(name, values);
                default ->
                        throw new BadParameter(
                                name,
                                "is not understood here; these are: eventType, GE_eventTime,"
                                        + " LT_eventTime, MATCH_anyEPC, MATCH_anyEPCClass,"
                                        + " EQ_bizStep, EQ_action, EQ_eventID, perPage,"
                                        + " nextPageToken");
            }
        }
        String asked = text.toString();
        long after = after(asked, token);
        int most = Math.min(perPage, MOST_PER_PAGE);
        return new Asked(
                new EventQuery(
                        types, from, before, things, classes, steps, actions, ids, after, most + 1),
                asked,
                most);
    }

    private static long after(String asked, @Nullable String token) throws BadParameter {
        if (token == null) {
            return 0;
        }
        return PageToken.read(asked, token)
                .orElseThrow(
                        () ->
                                new BadParameter(
                                        "nextPageToken", "was not given out for this question"));
    }

    private static List<String> values(String name, String[] given) throws BadParameter {
        List<String> values = new ArrayList<>();
        for (String one : given) {
            for (String part : one.split(",")) {
                if (part.indexOf('\0') >= 0 || part.length() > 2_000) {
                    throw new BadParameter(name, "holds what no identifier holds");
                }
                if (!part.isBlank()) {
                    values.add(part.strip());
                }
            }
        }
        if (values.isEmpty()) {
            throw new BadParameter(name, "is empty");
        }
        return values;
    }

    private static String one(String name, List<String> values) throws BadParameter {
        if (values.size() != 1) {
            throw new BadParameter(name, "is given once");
        }
        return values.getFirst();
    }

    private static Instant time(String name, List<String> values) throws BadParameter {
        // a plus sign that was not encoded arrives as a space
        return EpcisTime.read(one(name, values).replace(' ', '+'))
                .orElseThrow(
                        () -> new BadParameter(name, "is a time like 2026-04-17T09:26:42+08:00"))
                .at();
    }

    private static int number(String name, String value) throws BadParameter {
        try {
            int number = Integer.parseInt(value);
            if (number >= 1) {
                return number;
            }
        } catch (NumberFormatException _) {
            // said below
        }
        throw new BadParameter(name, "is a number of at least 1");
    }
}
