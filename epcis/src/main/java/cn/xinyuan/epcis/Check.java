package cn.xinyuan.epcis;

import static cn.xinyuan.epcis.Severity.PASS;
import static cn.xinyuan.epcis.Severity.REFUSE;
import static cn.xinyuan.epcis.Severity.WARN;

import java.util.Locale;

/**
 * Everything that a document is judged by: what is wrong, how grave it is in each profile, where it
 * is written, how to mend it. {@code docs/epcis-checks.md} is drawn from this table.
 *
 * <p>The sources: EPCIS is the standard 2.0.1 of GS1 (ISO/IEC 19987), CBV the Core Business
 * Vocabulary 2.0 (ISO/IEC 19988), TDS the EPC Tag Data Standard 2.0, GenSpecs the GS1 General
 * Specifications, DL the GS1 Digital Link standard.
 */
public enum Check {
    // the document
    NO_CONTEXT(
            "the document names no context",
            WARN,
            WARN,
            REFUSE,
            "EPCIS 10.1",
            "name the EPCIS context: " + Context.STANDARD),
    FOREIGN_CONTEXT(
            "a context other than the standard's is named by its address, and is never fetched",
            PASS,
            WARN,
            WARN,
            "EPCIS 10.1; JSON-LD 1.1, 4.1.8",
            "declare the prefixes themselves in @context"),
    NO_CREATION_DATE(
            "the document does not say when it was made",
            PASS,
            WARN,
            REFUSE,
            "EPCIS 9.5, 10.2",
            "say when the document was made"),
    NO_VERSION(
            "the document does not name its version",
            PASS,
            WARN,
            REFUSE,
            "EPCIS 9.5, 10.2",
            "add \"schemaVersion\": \"2.0\""),
    NO_EVENTS(
            "the document holds no events",
            PASS,
            WARN,
            WARN,
            "EPCIS 8.1.2",
            "send at least one event"),

    // form
    MISSING(
            "a member that must be there is missing",
            REFUSE,
            REFUSE,
            REFUSE,
            "EPCIS 7.4.1",
            "add it"),
    WRONG_KIND(
            "a value is of another kind than the member wants",
            REFUSE,
            REFUSE,
            REFUSE,
            "EPCIS 10.2",
            "give the kind of value that the schema names"),
    TWICE(
            "an element of XML stands twice where one may",
            REFUSE,
            REFUSE,
            REFUSE,
            "EPCIS 9.5",
            "keep one of them"),
    MISPLACED(
            "an element of XML has no place in its list",
            REFUSE,
            REFUSE,
            REFUSE,
            "EPCIS 9.5",
            "take it out"),
    TOO_LARGE(
            "one event holds more values than are read",
            REFUSE,
            REFUSE,
            REFUSE,
            "a limit of this program",
            "split it into several events"),
    EVENT_TYPE(
            "the event is of no known type",
            REFUSE,
            REFUSE,
            REFUSE,
            "EPCIS 7.2",
            "use ObjectEvent, AggregationEvent, TransactionEvent, TransformationEvent or"
                    + " AssociationEvent"),
    ACTION(
            "the action is none of the three",
            REFUSE,
            REFUSE,
            REFUSE,
            "EPCIS 7.3.2",
            "use ADD, OBSERVE or DELETE"),
    ACTION_OF_TRANSFORMATION(
            "a transformation event has an action",
            PASS,
            WARN,
            REFUSE,
            "EPCIS 7.4.5",
            "leave it out: a transformation has none"),
    STRANGE_MEMBER(
            "a member without prefix is not the standard's",
            PASS,
            WARN,
            REFUSE,
            "EPCIS 10.1",
            "give your own members a prefix declared in @context"),
    UNDECLARED_PREFIX(
            "a member's prefix is not declared",
            PASS,
            WARN,
            REFUSE,
            "JSON-LD 1.1, 4.1.5",
            "declare it in @context"),
    EMPTY_LIST(
            "a list is empty",
            PASS,
            WARN,
            REFUSE,
            "EPCIS 7.4.2 to 7.4.6",
            "leave it out, or fill it"),
    CONTROL_CHARACTER(
            "a text holds a control character or half a character",
            WARN,
            REFUSE,
            REFUSE,
            "XML 1.0, 2.2; RFC 8259, 8.2",
            "remove it"),
    NUL_CHARACTER(
            "a text holds a NUL character", REFUSE, REFUSE, REFUSE, "XML 1.0, 2.2", "remove it"),

    // when
    TIME_FORM(
            "a time is no date and time with a zone",
            REFUSE,
            REFUSE,
            REFUSE,
            "EPCIS 7.3.1; XML Schema 1.1, 3.4.28",
            "write it like 2026-04-17T09:26:42+08:00"),
    TIME_ABSURD(
            "a time lies before 1970 or more than ten years ahead",
            WARN,
            REFUSE,
            REFUSE,
            "EPCIS 7.4.1",
            "give the time at which it happened"),
    TIME_AHEAD(
            "the event time lies more than a day ahead",
            PASS,
            WARN,
            REFUSE,
            "EPCIS 7.4.1",
            "give the time at which it happened; set the clock that wrote it"),
    OFFSET_FORM(
            "the time zone offset is none",
            REFUSE,
            REFUSE,
            REFUSE,
            "EPCIS 7.4.1",
            "write it like +08:00"),
    OFFSET_CONTRADICTS(
            "the time zone offset contradicts the one of the event time",
            PASS,
            WARN,
            REFUSE,
            "EPCIS 7.4.1",
            "give both the local offset of the place; the instant of eventTime is used"),
    RECORDED_BEFORE(
            "the record time lies before the event time",
            PASS,
            WARN,
            REFUSE,
            "EPCIS 7.4.1",
            "leave recordTime out: the repository sets it"),

    // what
    URI_FORM(
            "an identifier is no URI",
            REFUSE,
            REFUSE,
            REFUSE,
            "EPCIS 6.4; RFC 3986",
            "write an EPC URN, a GS1 Digital Link or another URI without spaces"),
    URI_LENGTH(
            "an identifier is longer than any",
            REFUSE,
            REFUSE,
            REFUSE,
            "a limit of this program",
            "use at most 600 characters, percent-encoded ones included"),
    EPC_FORM(
            "an EPC URN or Digital Link does not have the parts of its scheme",
            PASS,
            WARN,
            REFUSE,
            "TDS 6.3; DL 4.4",
            "compare it with the scheme's syntax"),
    CHECK_DIGIT(
            "the check digit of a GS1 key is wrong",
            PASS,
            WARN,
            REFUSE,
            "GenSpecs 7.9.1",
            "compare the key with its source"),
    CLASS_AS_THING(
            "a class or lot stands among single things",
            PASS,
            WARN,
            REFUSE,
            "EPCIS 7.3.3.1; CBV 8.2",
            "move it to the quantity list"),
    THING_AS_CLASS(
            "a single thing stands as class of a quantity",
            PASS,
            WARN,
            REFUSE,
            "EPCIS 7.3.3.3; CBV 8.3",
            "move it to the EPC list, or name its class or lot"),
    NAMED_TWICE(
            "a list names something twice",
            WARN,
            WARN,
            REFUSE,
            "EPCIS 7.4.2 to 7.4.6; the JSON schema's uniqueItems",
            "name each thing once"),
    UOM_FORM(
            "a unit is no code of UN/CEFACT recommendation 20",
            REFUSE,
            REFUSE,
            REFUSE,
            "EPCIS 7.3.3.3",
            "use UN/CEFACT recommendation 20, such as KGM"),
    UOM_ALONE(
            "a unit stands without a quantity",
            PASS,
            WARN,
            REFUSE,
            "EPCIS 7.3.3.3",
            "give the quantity, or leave the unit out"),
    QUANTITY_NEGATIVE(
            "a quantity is less than nothing",
            REFUSE,
            REFUSE,
            REFUSE,
            "EPCIS 7.3.3.3",
            "quantities are never negative"),
    QUANTITY_ZERO(
            "a quantity is zero",
            PASS,
            PASS,
            WARN,
            "EPCIS 7.3.3.3",
            "leave out what was not there"),
    QUANTITY_ABSURD(
            "a quantity has more digits than any amount",
            REFUSE,
            REFUSE,
            REFUSE,
            "a limit of this program",
            "use at most 15 digits before and 12 after the point"),
    PIECES_BROKEN(
            "a quantity without unit counts pieces, and is no whole number",
            PASS,
            WARN,
            REFUSE,
            "EPCIS 7.3.3.3",
            "give the unit, or a whole number of pieces"),
    NOTHING_NAMED(
            "the event names nothing",
            REFUSE,
            REFUSE,
            REFUSE,
            "EPCIS 7.4.2",
            "fill epcList or quantityList"),
    NO_PARENT(
            "the event does not name what its children are put into",
            REFUSE,
            REFUSE,
            REFUSE,
            "EPCIS 7.4.3, 7.4.6; Conformance Requirements TCR-54",
            "name what the children are put into"),
    NO_CHILDREN(
            "the event names nothing that is put in or seen there",
            PASS,
            REFUSE,
            REFUSE,
            "EPCIS 7.4.3, 7.4.6; Conformance Requirements TCR-54",
            "name the children; only DELETE may leave them out, meaning all of them"),
    OWN_PARENT(
            "something is its own parent",
            PASS,
            WARN,
            REFUSE,
            "EPCIS 7.4.3, 7.4.6",
            "name the container once, as parent"),
    ONE_SIDED(
            "a transformation has only one side",
            REFUSE,
            REFUSE,
            REFUSE,
            "EPCIS 7.4.5",
            "give inputs and outputs, or a transformationID that binds several events"),
    NO_TRANSACTION(
            "a transaction event has no business transaction",
            REFUSE,
            REFUSE,
            REFUSE,
            "EPCIS 7.4.4",
            "name at least one"),
    ILMD_OUT_OF_PLACE(
            "master data of a lot stands in an event that is not its beginning",
            PASS,
            WARN,
            REFUSE,
            "EPCIS 7.3.6",
            "send ilmd with action ADD only"),

    // where and why
    WORD(
            "a bare word is not of the vocabulary",
            REFUSE,
            REFUSE,
            REFUSE,
            "CBV 7; the JSON schema's enumerations",
            "use a word of the vocabulary, or a URI of your own"),
    WORD_UNDER_GS1(
            "a word under the standard's namespace is not of the vocabulary",
            WARN,
            WARN,
            REFUSE,
            "CBV 7.1: no own words under the prefix of the standard",
            "use a word of the vocabulary, or a URI of your own"),
    PARTY_TYPE(
            "a source or destination does not say what it is to the goods",
            REFUSE,
            REFUSE,
            REFUSE,
            "EPCIS 7.3.5.4",
            "use owning_party, possessing_party or location"),
    PARTY_IS_PLACE(
            "a party is named by a place, or a place by a party",
            PASS,
            PASS,
            WARN,
            "CBV 7.4.2, 8.6, 8.7",
            "name parties by PGLN (417), places by SGLN (414)"),
    STATE_BOTH(
            "a lasting state both begins and ends",
            PASS,
            WARN,
            REFUSE,
            "EPCIS 7.3.5.6",
            "set it, or unset it"),
    ERROR_BEFORE(
            "the error was declared before the event happened",
            PASS,
            WARN,
            REFUSE,
            "EPCIS 7.4.1.2",
            "give the time at which the error was declared"),

    // how: sensors
    NO_REPORT(
            "a sensor element has no reading",
            REFUSE,
            REFUSE,
            REFUSE,
            "EPCIS, SensorElement; Conformance Requirements M121",
            "give an array of sensor reports"),
    REPORT_TYPE(
            "a reading does not say what was measured",
            PASS,
            WARN,
            REFUSE,
            "EPCIS, SensorReport; the JSON schema requires it",
            "give a type, such as Temperature"),
    REPORT_WORD(
            "a reading's type, alert or component is a bare word that the vocabulary does not know",
            PASS,
            WARN,
            REFUSE,
            "EPCIS, SensorReport; CBV 7.7; the JSON schema's enumerations",
            "use a word of the GS1 Web Vocabulary, or a URI of your own"),
    REPORT_VALUE(
            "a reading's value is of another kind than its member",
            WARN,
            REFUSE,
            REFUSE,
            "EPCIS, SensorReport",
            "write numbers as numbers, truth values as true or false, bytes as hexadecimal digits"),
    REPORT_EMPTY(
            "a reading holds no value",
            PASS,
            WARN,
            WARN,
            "EPCIS, SensorReport",
            "give value, minValue, maxValue, meanValue, stringValue, booleanValue, hexBinaryValue,"
                    + " uriValue or exception"),
    REPORT_UNIT(
            "a reading's number has no unit",
            PASS,
            PASS,
            WARN,
            "EPCIS, SensorReport",
            "give uom, a code of UN/CEFACT recommendation 20, such as CEL"),
    REPORT_ORDER(
            "a reading's least value is above its greatest",
            PASS,
            WARN,
            REFUSE,
            "EPCIS, SensorReport",
            "exchange them"),
    SENSOR_TIME_FORM(
            "a sensor's time is no date and time with a zone",
            WARN,
            REFUSE,
            REFUSE,
            "EPCIS, SensorMetadata; Conformance Requirements M122",
            "write it like 2026-04-17T09:26:42+08:00"),
    SENSOR_TIME_LATER(
            "a sensor's time lies after the event",
            PASS,
            WARN,
            REFUSE,
            "EPCIS, SensorMetadata; Conformance Requirements M122",
            "give the event the time of its last reading, or a later one"),
    SENSOR_TIME_ORDER(
            "a measurement ends before it starts",
            WARN,
            REFUSE,
            REFUSE,
            "EPCIS, SensorMetadata",
            "exchange startTime and endTime"),
    SENSOR_SAID_TWICE(
            "both a sensor's metadata and its reading name the device, its data or the time",
            PASS,
            WARN,
            REFUSE,
            "EPCIS, SensorElement; Conformance Requirements TCR-53, step 29",
            "say it for the element, or for each reading");

    private final String what;
    private final Severity lenient;
    private final Severity normal;
    private final Severity strict;
    private final String source;
    private final String fix;

    Check(
            String what,
            Severity lenient,
            Severity normal,
            Severity strict,
            String source,
            String fix) {
        this.what = what;
        this.lenient = lenient;
        this.normal = normal;
        this.strict = strict;
        this.source = source;
        this.fix = fix;
    }

    /** Such as {@code check-digit}; stable, for settings and answers. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What is wrong, in general. */
    public String what() {
        return what;
    }

    /** What a finding does in a profile. */
    public Severity severity(Strictness.Profile profile) {
        return switch (profile) {
            case LENIENT -> lenient;
            case NORMAL -> normal;
            case STRICT -> strict;
        };
    }

    /** The standard and section. */
    public String source() {
        return source;
    }

    /** How to mend it, in general. */
    public String fix() {
        return fix;
    }
}
