package cn.xinyuan.epcis;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Judges a sensor element; what it says is kept as it came. */
final class SensorReader {

    private static final Set<String> TIMES = Set.of("time", "startTime", "endTime");
    private static final Set<String> NUMBERS =
            Set.of("value", "minValue", "maxValue", "meanValue", "sDev", "percRank", "percValue");
    private static final Set<String> WITH_UNIT =
            Set.of("value", "minValue", "maxValue", "meanValue", "percValue");
    private static final Set<String> URIS =
            Set.of(
                    "deviceID",
                    "deviceMetadata",
                    "rawData",
                    "dataProcessingMethod",
                    "bizRules",
                    "microorganism",
                    "chemicalSubstance",
                    "coordinateReferenceSystem",
                    "uriValue");
    private static final List<String> EITHER =
            List.of("deviceID", "deviceMetadata", "rawData", "dataProcessingMethod", "time");
    private static final Set<String> VALUES =
            Set.of(
                    "value",
                    "minValue",
                    "maxValue",
                    "meanValue",
                    "sDev",
                    "percValue",
                    "stringValue",
                    "booleanValue",
                    "hexBinaryValue",
                    "uriValue",
                    "exception");
    private static final Pattern HEXADECIMAL = Pattern.compile("([0-9A-Fa-f]{2})+");

    private final NodeReader in;
    private final @Nullable EpcisTime eventTime;

    private SensorReader(NodeReader in, @Nullable EpcisTime eventTime) {
        this.in = in;
        this.eventTime = eventTime;
    }

    static JsonNode read(NodeReader element, @Nullable EpcisTime eventTime) {
        JsonNode reports = element.node.get("sensorReport");
        JsonNode metadata = element.node.get("sensorMetadata");
        if (metadata != null) {
            if (metadata.isObject()) {
                new SensorReader(
                                new NodeReader(
                                        metadata, element.at("sensorMetadata"), element.findings),
                                eventTime)
                        .metadata();
            } else {
                element.found(
                        Check.WRONG_KIND,
                        element.at("sensorMetadata"),
                        NodeReader.kind(metadata) + " instead of an object");
            }
        }
        if (reports == null || !reports.isArray() || reports.isEmpty()) {
            element.found(Check.NO_REPORT, element.at("sensorReport"), "no list of readings");
            return element.node;
        }
        for (int i = 0; i < reports.size(); i++) {
            String place = element.at("sensorReport") + "/" + i;
            JsonNode report = reports.get(i);
            if (!report.isObject()) {
                element.found(
                        Check.WRONG_KIND,
                        place,
                        NodeReader.kind(report) + " instead of a reading",
                        "give an object");
                continue;
            }
            new SensorReader(new NodeReader(report, place, element.findings), eventTime)
                    .report(metadata);
        }
        for (Map.Entry<String, JsonNode> each : element.node.properties()) {
            if (!each.getKey().equals("sensorReport") && !each.getKey().equals("sensorMetadata")) {
                member(element, each.getKey(), each.getValue());
            }
        }
        return element.node;
    }

    private static void member(NodeReader in, String name, JsonNode value) {
        if (!name.contains(":") && !name.startsWith("@") && !name.equals("#text")) {
            in.found(
                    Check.STRANGE_MEMBER,
                    in.at(name),
                    "the standard knows no such member here; it is kept as it is");
        }
        in.inspect(name, value, in.at(name));
    }

    private void metadata() {
        common(Set.of());
        EpcisTime start = time("startTime");
        EpcisTime end = time("endTime");
        if (start != null && end != null && end.at().isBefore(start.at())) {
            in.found(
                    Check.SENSOR_TIME_ORDER,
                    in.at("endTime"),
                    "the measurement ends at " + end + " before it starts at " + start);
        }
    }

    private void report(@Nullable JsonNode metadata) {
        common(VALUES);
        JsonNode type = in.node.get("type");
        if (type == null && !in.node.has("exception")) {
            in.found(Check.REPORT_TYPE, in.at("type"), "missing");
        }
        word("type", Vocabulary.MEASUREMENT);
        word("exception", Vocabulary.SENSOR_ALERT);
        word("component", Vocabulary.COMPONENT);
        if (VALUES.stream().noneMatch(in.node::has)) {
            in.found(Check.REPORT_EMPTY, in.pointer, "the reading holds no value");
        }
        if (WITH_UNIT.stream().anyMatch(in.node::has) && !in.node.has("uom")) {
            in.found(Check.REPORT_UNIT, in.at("uom"), "the number has no unit");
        }
        BigDecimal least = number("minValue");
        BigDecimal most = number("maxValue");
        if (least != null && most != null && least.compareTo(most) > 0) {
            in.found(
                    Check.REPORT_ORDER,
                    in.at("minValue"),
                    "the least value " + least + " is above the greatest " + most);
        }
        if (metadata != null) {
            for (String name : EITHER) {
                if (metadata.has(name) && in.node.has(name)) {
                    in.found(
                            Check.SENSOR_SAID_TWICE,
                            in.at(name),
                            name + " stands in the metadata and in the reading");
                }
            }
        }
    }

    private void common(Set<String> values) {
        for (Map.Entry<String, JsonNode> each : in.node.properties()) {
            String name = each.getKey();
            JsonNode value = each.getValue();
            String place = in.at(name);
            if (TIMES.contains(name)) {
                time(name, value, place);
            } else if (NUMBERS.contains(name)) {
                if (!value.isNumber()) {
                    in.found(
                            Check.REPORT_VALUE,
                            place,
                            NodeReader.kind(value) + " instead of a number");
                }
            } else if (name.equals("booleanValue")) {
                if (!value.isBoolean()) {
                    in.found(
                            Check.REPORT_VALUE,
                            place,
                            NodeReader.kind(value) + " instead of true or false");
                }
            } else if (name.equals("hexBinaryValue")) {
                if (!value.isString() || !HEXADECIMAL.matcher(value.stringValue()).matches()) {
                    in.found(Check.REPORT_VALUE, place, "no pairs of hexadecimal digits");
                }
            } else if (URIS.contains(name)) {
                String written = in.checkText(value, place);
                if (written != null && !NodeReader.isUri(written)) {
                    in.found(
                            Check.REPORT_VALUE,
                            place,
                            "\"" + NodeReader.shorten(written) + "\" is no URI",
                            "write a URI without spaces");
                }
            } else if (Set.of("type", "exception", "component", "uom", "stringValue")
                    .contains(name)) {
                in.checkText(value, place);
            } else {
                member(in, name, value);
            }
        }
    }

    private void time(String name, JsonNode value, String place) {
        String written = in.checkText(value, place);
        if (written == null) {
            return;
        }
        EpcisTime time = EpcisTime.read(written).orElse(null);
        if (time == null) {
            in.found(
                    Check.SENSOR_TIME_FORM,
                    place,
                    "\"" + NodeReader.shorten(written) + "\" is no time with a zone");
        } else if (eventTime != null && time.at().isAfter(eventTime.at())) {
            in.found(
                    Check.SENSOR_TIME_LATER,
                    place,
                    name + " " + time + " lies after the event of " + eventTime);
        }
    }

    private @Nullable EpcisTime time(String name) {
        JsonNode value = in.node.get(name);
        return value == null || !value.isString()
                ? null
                : EpcisTime.read(value.stringValue()).orElse(null);
    }

    private @Nullable BigDecimal number(String name) {
        JsonNode value = in.node.get(name);
        return value == null || !value.isNumber() ? null : value.decimalValue();
    }

    private void word(String name, Vocabulary words) {
        JsonNode value = in.node.get(name);
        if (value == null || !value.isString()) {
            return;
        }
        String written = value.stringValue();
        if (!written.contains(":") && !words.knows(written)) {
            in.found(
                    Check.REPORT_WORD,
                    in.at(name),
                    "\"" + NodeReader.shorten(written) + "\" is no word of the vocabulary");
        }
    }
}
