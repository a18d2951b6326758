package cn.xinyuan.epcis.query;

import cn.xinyuan.epcis.Action;
import cn.xinyuan.epcis.EpcisTime;
import cn.xinyuan.epcis.EventType;
import cn.xinyuan.epcis.Identifier;
import cn.xinyuan.epcis.Vocabulary;
import cn.xinyuan.epcis.query.Condition.Any;
import cn.xinyuan.epcis.query.Condition.Bound;
import cn.xinyuan.epcis.query.Condition.Comparison;
import cn.xinyuan.epcis.query.Condition.NumberBound;
import cn.xinyuan.epcis.query.Condition.TimeBound;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The simple event query of EPCIS 2.0, 8.2.7.1, understood.
 *
 * @param all conditions that an event must fulfil
 * @param eventTime when it happened
 * @param recordTime when a repository took it in
 * @param order null for the order in which the repository took them in
 * @param eventCountLimit answer only the first of them; null for all
 * @param maxEventCount refuse to answer when there are more; null for any number
 * @param text the same question in one spelling, to which page tokens are bound
 */
public record SimpleEventQuery(
        List<Condition> all,
        Window eventTime,
        Window recordTime,
        @Nullable Order order,
        @Nullable Integer eventCountLimit,
        @Nullable Integer maxEventCount,
        String text) {

    /** Values that one query may name. */
    public static final int MOST_VALUES = 5_000;

    /** Parameters that one query may have. */
    public static final int MOST_PARAMETERS = 100;

    private static final Pattern AMOUNT =
            Pattern.compile(
                    "(EQ|GT|GE|LT|LE)_(quantity|value|minValue|maxValue|meanValue|sDev|percValue|percRank)"
                            + "(?:_([A-Z0-9]{1,4}))?");

    private static final Pattern LIST =
            Pattern.compile("EQ_(bizTransaction|source|destination)_(.+)");

    private static final Pattern ATTRIBUTE =
            Pattern.compile(
                    "(?:EQATTR|EQ_ATTR)_(readPoint|bizLocation|bizStep|disposition|epcClass|epc"
                            + "|source|destination|bizTransaction|.+:[^_]+)_(.+)");

    private static final Pattern FIELD =
            Pattern.compile(
                    "(EQ|GT|GE|LT|LE|EXISTS)_(INNER_)?(ILMD|ERROR_DECLARATION|SENSORELEMENT"
                            + "|SENSORMETADATA|SENSORREPORT|readPoint|bizLocation)?_?(.+[:#/].+)");

    private static final Pattern URN_PATTERN =
            Pattern.compile("urn:epc:(?:idpat|id|class|pat):([a-z]+):(.*\\*.*)");

    private static final List<String> PLACES = List.of("readPoint", "bizLocation");

    private static final Map<String, List<String>> MATCHES =
            Map.of(
                    "MATCH_epc", List.of("epc"),
                    "MATCH_parentID", List.of("parentID"),
                    "MATCH_inputEPC", List.of("inputEPC"),
                    "MATCH_outputEPC", List.of("outputEPC"),
                    "MATCH_anyEPC", List.of("epc", "parentID", "inputEPC", "outputEPC"),
                    "MATCH_epcClass", List.of("epcClass"),
                    "MATCH_inputEPCClass", List.of("inputEPCClass"),
                    "MATCH_outputEPCClass", List.of("outputEPCClass"),
                    "MATCH_anyEPCClass", List.of("epcClass", "inputEPCClass", "outputEPCClass"));

    /** From, inclusive, and before, exclusive; null is open. */
    public record Window(@Nullable Instant from, @Nullable Instant before) {
        static final Window OPEN = new Window(null, null);
    }

    /** What the answer is sorted by. */
    public record Order(By by, String field, boolean descending) {
        /** Kinds of sort keys. */
        public enum By {
            EVENT_TIME,
            RECORD_TIME,
            FIELD
        }
    }

    public SimpleEventQuery {
        all = List.copyOf(all);
    }

    /** The same with one more condition: the event has one of the words of a resource. */
    public SimpleEventQuery and(String field, String value) {
        return and(Any.words(Set.of(EventFacts.word(field, value))), field + "=" + value);
    }

    /** The same with the condition that one of the fields has the value. */
    public SimpleEventQuery andAnyOf(List<String> fields, String value) {
        Set<String> words = new LinkedHashSet<>();
        fields.forEach(f -> words.add(EventFacts.word(f, value)));
        return and(Any.words(words), fields + "=" + value);
    }

    private SimpleEventQuery and(Condition more, String said) {
        List<Condition> both = new ArrayList<>(all);
        both.add(more);
        return new SimpleEventQuery(
                both,
                eventTime,
                recordTime,
                order,
                eventCountLimit,
                maxEventCount,
                text + " & " + said);
    }

    /** The same for events that were recorded at a time or later. */
    public SimpleEventQuery recordedFrom(Instant time) {
        Instant from = recordTime.from();
        return new SimpleEventQuery(
                all,
                eventTime,
                new Window(from != null && from.isAfter(time) ? from : time, recordTime.before()),
                order,
                eventCountLimit,
                maxEventCount,
                text + " & recorded from " + time);
    }

    /** A query that asks for everything. */
    public static SimpleEventQuery everything() {
        return new SimpleEventQuery(List.of(), Window.OPEN, Window.OPEN, null, null, null, "");
    }

    /**
     * Reads the parameters of a query.
     *
     * @param parameters names with their values, one or several
     * @param names the prefixes that names of somebody's own vocabulary may use
     */
    public static SimpleEventQuery read(Map<String, List<String>> parameters, Names names)
            throws QueryRefused {
        if (parameters.size() > MOST_PARAMETERS) {
            throw new QueryRefused(
                    "the query", "has more than " + MOST_PARAMETERS + " parameters; split it");
        }
        int values = 0;
        for (Map.Entry<String, List<String>> each : parameters.entrySet()) {
            values += each.getValue().size();
            check(each.getKey(), each.getValue());
        }
        if (values > MOST_VALUES) {
            throw new QueryRefused(
                    "the query", "names more than " + MOST_VALUES + " values; split it");
        }
        Reader reader = new Reader(names);
        for (Map.Entry<String, List<String>> each : parameters.entrySet()) {
            reader.parameter(each.getKey(), each.getValue());
        }
        return reader.query(new TreeMap<>(parameters).toString());
    }

    private static void check(String name, List<String> values) throws QueryRefused {
        if (name.length() > 2_000 || name.indexOf('\0') >= 0) {
            throw new QueryRefused("a parameter", "has a name that is none");
        }
        if (values.isEmpty()) {
            throw new QueryRefused(name, "is empty; give a value or leave it out");
        }
        for (String value : values) {
            if (value.indexOf('\0') >= 0 || value.length() > 10_000) {
                throw new QueryRefused(name, "holds what no event holds");
            }
        }
    }

    /** Field names under which MATCH parameters and collections look for things. */
    public static List<String> anyEpc() {
        return MATCHES.getOrDefault("MATCH_anyEPC", List.of());
    }

    private static final class Reader {

        private final Names names;
        private final List<Condition> all = new ArrayList<>();
        private @Nullable Instant from;
        private @Nullable Instant before;
        private @Nullable Instant recordedFrom;
        private @Nullable Instant recordedBefore;
        private @Nullable String orderBy;
        private @Nullable String direction;
        private @Nullable Integer limit;
        private @Nullable Integer most;

        Reader(Names names) {
            this.names = names;
        }

        void parameter(String name, List<String> values) throws QueryRefused {
            switch (name) {
                case "eventType" -> {
                    List<String> types = new ArrayList<>();
                    for (String value : values) {
                        types.add(
                                EventType.read(value)
                                        .orElseThrow(
                                                () ->
                                                        new QueryRefused(
                                                                name,
                                                                "knows no type \"" + value + "\""))
                                        .label());
                    }
                    words("type", types);
                }
                case "GE_eventTime" -> from = time(name, values);
                case "LT_eventTime" -> before = time(name, values);
                case "GE_recordTime" -> recordedFrom = time(name, values);
                case "LT_recordTime" -> recordedBefore = time(name, values);
                case "EQ_action" -> {
                    for (String value : values) {
                        if (Arrays.stream(Action.values()).noneMatch(a -> a.name().equals(value))) {
                            throw new QueryRefused(name, "is ADD, OBSERVE or DELETE");
                        }
                    }
                    words("action", values);
                }
                case "EQ_bizStep" -> terms("bizStep", Vocabulary.BIZ_STEP, values);
                case "EQ_disposition" -> terms("disposition", Vocabulary.DISPOSITION, values);
                case "EQ_persistentDisposition_set" ->
                        terms("persistentDisposition_set", Vocabulary.DISPOSITION, values);
                case "EQ_persistentDisposition_unset" ->
                        terms("persistentDisposition_unset", Vocabulary.DISPOSITION, values);
                case "EQ_readPoint", "EQ_bizLocation", "EQ_transformationID" ->
                        words(name.substring(3), values, Identifier::canonical);
                case "WD_readPoint", "WD_bizLocation" -> {
                    Set<String> places = new LinkedHashSet<>();
                    values.forEach(v -> places.add(Identifier.canonical(v)));
                    all.add(new Condition.Within(name.substring(3), places));
                }
                case "EQ_eventID", "EQ_correctiveEventID", "EQ_stringValue" ->
                        words(name.substring(3), values);
                case "EQ_errorReason" -> terms("errorReason", Vocabulary.ERROR_REASON, values);
                case "EXISTS_errorDeclaration" -> exists("errorDeclaration", name, values);
                case "EXISTS_sensorElementList", "EXISTS_sensorElement" ->
                        exists("sensorElementList", name, values);
                case "GE_errorDeclarationTime", "GE_errorDeclaration_Time" ->
                        bound("errorDeclarationTime", Comparison.GE, name, values);
                case "LT_errorDeclarationTime", "LT_errorDeclaration_Time" ->
                        bound("errorDeclarationTime", Comparison.LT, name, values);
                case "GE_time", "GE_startTime", "GE_endTime" ->
                        bound(name.substring(3), Comparison.GE, name, values);
                case "LT_time", "LT_startTime", "LT_endTime" ->
                        bound(name.substring(3), Comparison.LT, name, values);
                case "EQ_time" -> bound("time", Comparison.EQ, name, values);
                case "EQ_type" ->
                        words("sensor_type", values, v -> EventFacts.measurement(names, v));
                case "EQ_deviceID",
                        "EQ_deviceMetadata",
                        "EQ_rawData",
                        "EQ_dataProcessingMethod",
                        "EQ_microorganism",
                        "EQ_chemicalSubstance",
                        "EQ_bizRules",
                        "EQ_uriValue",
                        "EQ_component" ->
                        words(name.substring(3), values, v -> Identifier.canonical(names.whole(v)));
                case "EQ_hexBinaryValue" ->
                        words("hexBinaryValue", values, v -> v.toLowerCase(Locale.ROOT));
                case "EQ_booleanValue" -> {
                    for (String value : values) {
                        if (!value.equals("true") && !value.equals("false")) {
                            throw new QueryRefused(name, "is true or false");
                        }
                    }
                    words("booleanValue", values);
                }
                case "orderBy" -> orderBy = one(name, values);
                case "orderDirection" -> direction = one(name, values);
                case "eventCountLimit" -> limit = count(name, values);
                case "maxEventCount" -> most = count(name, values);
                default -> patterned(name, values);
            }
        }

        private void patterned(String name, List<String> values) throws QueryRefused {
            List<String> fields = MATCHES.get(name);
            if (fields != null) {
                match(name, fields, values);
                return;
            }
            Matcher amount = AMOUNT.matcher(name);
            if (amount.matches()) {
                amount(name, amount, values);
                return;
            }
            Matcher list = LIST.matcher(name);
            if (list.matches()) {
                Vocabulary vocabulary =
                        list.group(1).equals("bizTransaction")
                                ? Vocabulary.BIZ_TRANSACTION_TYPE
                                : Vocabulary.SOURCE_DESTINATION_TYPE;
                words(
                        list.group(1) + "_" + EventFacts.term(vocabulary, names, list.group(2)),
                        values,
                        Identifier::canonical);
                return;
            }
            if (name.startsWith("HASATTR_")) {
                all.add(
                        new Condition.HasAttribute(
                                fieldsOf(name, name.substring(8)), wholes(values), Set.of()));
                return;
            }
            Matcher attribute = ATTRIBUTE.matcher(name);
            if (attribute.matches()) {
                all.add(
                        new Condition.HasAttribute(
                                fieldsOf(name, attribute.group(1)),
                                Set.of(names.whole(attribute.group(2))),
                                Set.copyOf(values)));
                return;
            }
            Matcher field = FIELD.matcher(name);
            if (field.matches()) {
                field(name, field, values);
                return;
            }
            throw new QueryRefused(
                    name,
                    "is no parameter of the simple event query (EPCIS 2.0, 8.2.7.1); a field of"
                            + " your own is written EQ_prefix:name, with the prefix declared in"
                            + " @context or in the header GS1-Extensions");
        }

        private Set<String> wholes(List<String> values) {
            Set<String> wholes = new LinkedHashSet<>();
            values.forEach(v -> wholes.add(names.whole(v)));
            return wholes;
        }

        private List<String> fieldsOf(String name, String field) throws QueryRefused {
            return switch (field) {
                case "readPoint", "bizLocation", "bizStep", "disposition" -> List.of(field);
                case "epcClass" -> MATCHES.getOrDefault("MATCH_anyEPCClass", List.of());
                case "epc" -> anyEpc();
                case "source", "destination" -> {
                    List<String> kinds = new ArrayList<>();
                    for (String word : List.of("owning_party", "possessing_party", "location")) {
                        kinds.add(field + "_" + Vocabulary.SOURCE_DESTINATION_TYPE.webUri(word));
                    }
                    yield kinds;
                }
                default -> {
                    if (!field.contains(":")) {
                        throw new QueryRefused(name, "names a field that no event has");
                    }
                    yield List.of(":" + whole(name, field));
                }
            };
        }

        private String whole(String name, String field) throws QueryRefused {
            return names.find(field)
                    .orElseThrow(
                            () ->
                                    new QueryRefused(
                                            name,
                                            "uses a prefix that is not declared; declare \""
                                                    + field.substring(0, field.indexOf(':'))
                                                    + "\" in the @context of the query, or send"
                                                    + " GS1-Extensions: "
                                                    + field.substring(0, field.indexOf(':'))
                                                    + "=namespace"));
        }

        private void field(String name, Matcher matcher, List<String> values) throws QueryRefused {
            String inner = matcher.group(2) == null ? "" : "INNER_";
            String kind = matcher.group(3) == null ? "" : matcher.group(3);
            String given = matcher.group(4);
            List<String> fields = new ArrayList<>();
            String whole = whole(name, given);
            String stored = kind.equals("ILMD") ? "ilmd" : kind;
            fields.add(inner + stored + ":" + whole);
            if (matcher.group(1).equals("EXISTS")) {
                exists(fields.getFirst(), name, values);
                return;
            }
            Comparison comparison = Comparison.valueOf(matcher.group(1));
            Set<String> words = new LinkedHashSet<>();
            List<Bound> bounds = new ArrayList<>();
            for (String value : values) {
                int before = bounds.size();
                for (String field : fields) {
                    if (comparison == Comparison.EQ) {
                        words.add(EventFacts.word(field, Identifier.canonical(value)));
                    }
                    EventFacts.decimal(
                            value,
                            number -> bounds.add(new NumberBound(field, comparison, number)));
                    timeOf(value).ifPresent(at -> bounds.add(new TimeBound(field, comparison, at)));
                }
                if (comparison != Comparison.EQ && bounds.size() == before) {
                    throw new QueryRefused(name, "compares with a number or a time");
                }
            }
            all.add(new Any(words, List.of(), bounds));
        }

        private void amount(String name, Matcher matcher, List<String> values) throws QueryRefused {
            Comparison comparison = Comparison.valueOf(matcher.group(1));
            String field = matcher.group(2);
            String uom = matcher.group(3);
            List<Bound> bounds = new ArrayList<>();
            for (String value : values) {
                List<BigDecimal> numbers = new ArrayList<>(1);
                EventFacts.decimal(value, numbers::add);
                if (numbers.isEmpty()) {
                    throw new QueryRefused(name, "is a number like 25 or 25.5");
                }
                BigDecimal number = numbers.getFirst();
                if (field.equals("percRank") || field.equals("quantity") && uom == null) {
                    bounds.add(new NumberBound(field, comparison, number));
                } else {
                    Measure measure =
                            field.equals("sDev")
                                    ? Measure.difference(number, uom)
                                    : Measure.of(number, uom);
                    bounds.add(
                            new NumberBound(
                                    field + "@" + measure.unit(), comparison, measure.amount()));
                }
            }
            if (comparison != Comparison.EQ && bounds.size() != 1) {
                throw new QueryRefused(name, "is given once");
            }
            all.add(new Any(Set.of(), List.of(), bounds));
        }

        private void match(String name, List<String> fields, List<String> values)
                throws QueryRefused {
            Set<String> words = new LinkedHashSet<>();
            List<String> likes = new ArrayList<>();
            for (String value : values) {
                Matcher pattern = URN_PATTERN.matcher(value);
                if (!pattern.matches()) {
                    String canonical = Identifier.canonical(value);
                    fields.forEach(f -> words.add(EventFacts.word(f, canonical)));
                    continue;
                }
                for (String like : likes(name, pattern.group(1), pattern.group(2))) {
                    boolean wide = like.indexOf('%') < 0 && like.indexOf('_') < 0;
                    for (String field : fields) {
                        if (wide) {
                            words.add(EventFacts.word(field + "^", like));
                            words.add(EventFacts.word(field, like));
                        } else {
                            likes.add(field.replace("_", "\\_") + "=" + like);
                        }
                    }
                }
            }
            all.add(new Any(words, likes, List.of()));
        }

        /** An EPC pattern (EPC Tag Data Standard 2.0, chapter 8) over canonical identifiers. */
        private static List<String> likes(String name, String scheme, String parts)
                throws QueryRefused {
            String[] part = parts.split("\\.", 3);
            String prefix = part[0];
            String item = part.length > 1 ? part[1] : "*";
            String serial = part.length > 2 ? part[2] : "*";
            boolean any = prefix.equals("*");
            boolean inner = item.contains("*") && !item.equals("*");
            if (inner
                    || !any && !prefix.matches("\\d{6,12}")
                    || any && !item.equals("*")
                    || item.equals("*") && !serial.equals("*")) {
                throw new QueryRefused(
                        name,
                        "holds a pattern in which a * stands before a value; write a * for whole"
                                + " parts at the end only");
            }
            String base = "https://id.gs1.org/";
            return switch (scheme) {
                case "sgtin", "lgtin", "upui", "itip" -> {
                    String ai =
                            switch (scheme) {
                                case "lgtin" -> "/10/%";
                                case "upui" -> "/235/%";
                                default -> "/21/%";
                            };
                    String key = scheme.equals("itip") ? "8006/" : "01/";
                    if (any) {
                        yield List.of(base + key + "%" + ai);
                    }
                    if (item.equals("*")) {
                        yield List.of(
                                base
                                        + key
                                        + "_"
                                        + prefix
                                        + "_".repeat(13 - prefix.length())
                                        + (scheme.equals("itip") ? "____" : "")
                                        + ai);
                    }
                    String gtin =
                            Identifier.canonical(
                                    "urn:epc:idpat:sgtin:" + prefix + "." + item + ".*");
                    if (scheme.equals("sgtin")) {
                        yield List.of(gtin);
                    }
                    yield List.of(gtin.replace("/01/", "/" + key) + ai);
                }
                case "sscc" ->
                        List.of(
                                any
                                        ? base + "00/%"
                                        : base
                                                + "00/_"
                                                + prefix
                                                + "_".repeat(17 - prefix.length()));
                case "gsrn" -> List.of(base + "8018/" + (any ? "" : prefix) + "%");
                case "gsrnp" -> List.of(base + "8017/" + (any ? "" : prefix) + "%");
                case "gsin" -> List.of(base + "402/" + (any ? "" : prefix) + "%");
                case "pgln" -> List.of(base + "417/" + (any ? "" : prefix) + "%");
                case "giai" -> List.of(base + "8004/" + (any ? "" : prefix) + "%");
                case "ginc" -> List.of(base + "401/" + (any ? "" : prefix) + "%");
                case "cpi" -> List.of(base + "8010/" + (any ? "" : prefix) + "%");
                case "sgln", "grai", "gdti", "sgcn" -> {
                    String lead = scheme.equals("grai") ? "0" : "";
                    String key =
                            switch (scheme) {
                                case "sgln" -> "414/";
                                case "grai" -> "8003/";
                                case "gdti" -> "253/";
                                default -> "255/";
                            };
                    if (any || item.equals("*")) {
                        yield List.of(base + key + (any ? "" : lead + prefix) + "%");
                    }
                    String whole =
                            Identifier.canonical(
                                    "urn:epc:idpat:" + scheme + ":" + prefix + "." + item + ".*");
                    yield scheme.equals("sgln") ? List.of(whole) : List.of(whole + "%");
                }
                default ->
                        throw new QueryRefused(
                                name,
                                "holds a pattern of the scheme " + scheme + ", which has none");
            };
        }

        private void exists(String field, String name, List<String> values) throws QueryRefused {
            switch (one(name, values).toLowerCase(Locale.ROOT)) {
                case "", "true", "null", "1" -> all.add(Any.words(Set.of(field + "?")));
                case "false", "0" -> {}
                default -> throw new QueryRefused(name, "is true or false");
            }
        }

        private void bound(String field, Comparison comparison, String name, List<String> values)
                throws QueryRefused {
            all.add(
                    new Any(
                            Set.of(),
                            List.of(),
                            List.of(new TimeBound(field, comparison, time(name, values)))));
        }

        private void terms(String field, Vocabulary vocabulary, List<String> values) {
            words(field, values, v -> EventFacts.term(vocabulary, names, v));
        }

        private void words(String field, List<String> values) {
            words(field, values, UnaryOperator.identity());
        }

        private void words(String field, List<String> values, UnaryOperator<String> form) {
            Set<String> words = new LinkedHashSet<>();
            values.forEach(v -> words.add(EventFacts.word(field, form.apply(v))));
            all.add(Any.words(words));
        }

        SimpleEventQuery query(String text) throws QueryRefused {
            if (limit != null && most != null) {
                throw new QueryRefused(
                        "eventCountLimit", "and maxEventCount exclude each other; give one");
            }
            if (limit != null && orderBy == null) {
                throw new QueryRefused("eventCountLimit", "needs orderBy, to know which are first");
            }
            if (direction != null && !direction.equals("ASC") && !direction.equals("DESC")) {
                throw new QueryRefused("orderDirection", "is ASC or DESC");
            }
            return new SimpleEventQuery(
                    all,
                    new Window(from, before),
                    new Window(recordedFrom, recordedBefore),
                    order(),
                    limit,
                    most,
                    text);
        }

        private @Nullable Order order() throws QueryRefused {
            if (orderBy == null) {
                return null;
            }
            boolean descending = !"ASC".equals(direction);
            return switch (orderBy) {
                case "eventTime" -> new Order(Order.By.EVENT_TIME, "", descending);
                case "recordTime" -> new Order(Order.By.RECORD_TIME, "", descending);
                default -> {
                    if (orderBy.indexOf(':') < 0 || PLACES.contains(orderBy)) {
                        throw new QueryRefused(
                                "orderBy",
                                "is eventTime, recordTime or a field of your own like prefix:name");
                    }
                    yield new Order(Order.By.FIELD, ":" + whole("orderBy", orderBy), descending);
                }
            };
        }

        private static String one(String name, List<String> values) throws QueryRefused {
            if (values.size() != 1) {
                throw new QueryRefused(name, "is given once");
            }
            return values.getFirst();
        }

        private static int count(String name, List<String> values) throws QueryRefused {
            try {
                int count = Integer.parseInt(one(name, values));
                if (count >= 1) {
                    return count;
                }
            } catch (NumberFormatException _) {
                // said below
            }
            throw new QueryRefused(name, "is a whole number of at least 1");
        }

        private static Instant time(String name, List<String> values) throws QueryRefused {
            return timeOf(one(name, values))
                    .orElseThrow(
                            () ->
                                    new QueryRefused(
                                            name, "is a time like 2026-04-17T09:26:42+08:00"));
        }

        private static Optional<Instant> timeOf(String value) {
            // a plus sign that was not encoded arrives as a space
            return EpcisTime.read(value.replace(' ', '+')).map(EpcisTime::at);
        }
    }
}
