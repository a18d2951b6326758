package cn.xinyuan.epcis;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** Every row of the table has an example that breaks it, in JSON or XML, and is told by it. */
class CheckTest {

    private static final InstantSource NOW =
            InstantSource.fixed(Instant.parse("2025-06-12T00:00:00Z"));

    /** An event in which nothing is wrong, even strictly. */
    private static final String GOOD =
            """
            {"type":"ObjectEvent","eventTime":"2025-06-11T08:00:00+08:00",
             "eventTimeZoneOffset":"+08:00","action":"OBSERVE","bizStep":"receiving",
             "disposition":"in_progress",
             "epcList":["https://id.gs1.org/00/095212340000000013"],
             "quantityList":[{"epcClass":"https://id.gs1.org/01/09521234000013/10/L-7",
             "quantity":25.5,"uom":"KGM"}],
             "readPoint":{"id":"https://id.gs1.org/414/9521234000013"},
             "sourceList":[{"type":"owning_party","source":"https://id.gs1.org/417/9521234000013"}],
             "sensorElementList":[{"sensorMetadata":{"time":"2025-06-11T07:55:00+08:00"},
             "sensorReport":[{"type":"Temperature","value":4.5,"uom":"CEL"}]}]}
            """;

    private static final String PARENTED =
            """
            {"type":"AggregationEvent","eventTime":"2025-06-11T08:00:00+08:00",
             "eventTimeZoneOffset":"+08:00","action":"ADD",
             "parentID":"https://id.gs1.org/00/095212340000000013",
             "childEPCs":["https://id.gs1.org/01/09521234000013/21/7"]}
            """;

    private static final String CHANGE =
            """
            {"type":"TransformationEvent","eventTime":"2025-06-11T08:00:00+08:00",
             "eventTimeZoneOffset":"+08:00",
             "inputEPCList":["https://id.gs1.org/01/09521234000013/21/7"],
             "outputEPCList":["https://id.gs1.org/01/09521234000013/21/8"]}
            """;

    private static final String XML =
            """
            <epcis:EPCISDocument xmlns:epcis="urn:epcglobal:epcis:xsd:2" schemaVersion="2.0"
             creationDate="2025-06-11T08:00:00Z"><EPCISBody><EventList><ObjectEvent>
             <eventTime>2025-06-11T08:00:00+08:00</eventTime>
             <eventTimeZoneOffset>+08:00</eventTimeZoneOffset>
             <epcList><epc>urn:uuid:7</epc></epcList><action>OBSERVE</action>
             </ObjectEvent></EventList></EPCISBody></epcis:EPCISDocument>
            """;

    /** What breaks a check: a whole document when it begins with one, else an event. */
    private static Map<Check, String> broken() {
        Map<Check, String> all = new EnumMap<>(Check.class);
        String document = document(GOOD);
        all.put(Check.NO_CONTEXT, document.replaceFirst("\"@context\":\\[.*?\\],", ""));
        all.put(
                Check.FOREIGN_CONTEXT,
                document.replaceFirst(
                        "\"@context\":\\[", "\"@context\":[\"https://example.com/c.jsonld\","));
        all.put(
                Check.NO_CREATION_DATE,
                document.replace("\"creationDate\":\"2025-06-11T08:00:00Z\",", ""));
        all.put(Check.NO_VERSION, document.replace("\"schemaVersion\":\"2.0\",", ""));
        all.put(Check.NO_EVENTS, document(""));
        all.put(Check.MISSING, GOOD.replace("\"action\":\"OBSERVE\",", ""));
        all.put(Check.WRONG_KIND, GOOD.replace("25.5", "\"25.5\""));
        all.put(
                Check.TWICE,
                XML.replace("<action>", "<epcList><epc>urn:x:1</epc></epcList><action>"));
        all.put(Check.MISPLACED, XML.replace("</epcList>", "<id>urn:x:1</id></epcList>"));
        all.put(
                Check.TOO_LARGE,
                XML.replace("</epcList>", "<epc>urn:x:1</epc>".repeat(200_001) + "</epcList>"));
        all.put(Check.EVENT_TYPE, GOOD.replace("ObjectEvent", "Harvest"));
        all.put(Check.ACTION, GOOD.replace("\"OBSERVE\"", "\"observe\""));
        all.put(
                Check.ACTION_OF_TRANSFORMATION,
                CHANGE.replace("\"inputEPCList\"", "\"action\":\"ADD\",\"inputEPCList\""));
        all.put(Check.STRANGE_MEMBER, add("\"grower\":\"A\""));
        all.put(Check.UNDECLARED_PREFIX, add("\"xin:grower\":\"A\""));
        all.put(Check.EMPTY_LIST, add("\"destinationList\":[]"));
        all.put(Check.CONTROL_CHARACTER, add("\"xin:x\":{\"xin:y\":[\"a\\u0001\"]}"));
        all.put(Check.NUL_CHARACTER, GOOD.replace("\"receiving\"", "\"receiving\\u0000\""));
        all.put(Check.TIME_FORM, GOOD.replace("T08:00:00+08:00\"", "T08:00+08:00\""));
        all.put(Check.TIME_ABSURD, GOOD.replace("\"eventTime\":\"2025", "\"eventTime\":\"2999"));
        all.put(Check.TIME_AHEAD, GOOD.replace("\"eventTime\":\"2025", "\"eventTime\":\"2026"));
        all.put(Check.OFFSET_FORM, GOOD.replace("\"+08:00\"", "\"+8\""));
        all.put(Check.OFFSET_CONTRADICTS, GOOD.replace("\"+08:00\"", "\"+09:00\""));
        all.put(Check.RECORDED_BEFORE, add("\"recordTime\":\"2025-06-10T00:00:00Z\""));
        all.put(Check.URI_FORM, GOOD.replace("https://id.gs1.org/00/", "SSCC "));
        all.put(Check.URI_LENGTH, GOOD.replace("L-7", "L".repeat(600)));
        all.put(
                Check.EPC_FORM,
                GOOD.replace("https://id.gs1.org/00/095212340000000013", "urn:epc:id:sgtin:1.2.3"));
        all.put(Check.CHECK_DIGIT, GOOD.replace("09521234000013/10", "09521234000014/10"));
        all.put(
                Check.CLASS_AS_THING,
                GOOD.replace("00/095212340000000013", "01/09521234000013/10/L-7"));
        all.put(Check.THING_AS_CLASS, GOOD.replace("/10/L-7", "/21/7"));
        all.put(
                Check.NAMED_TWICE,
                GOOD.replace("\"epcList\":[", "\"epcList\":[\"urn:x:1\",\"urn:x:1\","));
        all.put(Check.UOM_FORM, GOOD.replace("KGM", "kg"));
        all.put(Check.UOM_ALONE, GOOD.replace("\"quantity\":25.5,", ""));
        all.put(Check.QUANTITY_NEGATIVE, GOOD.replace("25.5", "-1"));
        all.put(Check.QUANTITY_ZERO, GOOD.replace("25.5", "0"));
        all.put(Check.QUANTITY_ABSURD, GOOD.replace("25.5", "1e30"));
        all.put(Check.PIECES_BROKEN, GOOD.replace(",\"uom\":\"KGM\"", ""));
        all.put(
                Check.NOTHING_NAMED,
                """
                {"type":"ObjectEvent","eventTime":"2025-06-11T08:00:00+08:00",
                 "eventTimeZoneOffset":"+08:00","action":"OBSERVE"}
                """);
        all.put(
                Check.NO_PARENT,
                PARENTED.replace("\"parentID\":\"https://id.gs1.org/00/095212340000000013\",", ""));
        all.put(Check.NO_CHILDREN, PARENTED.replaceFirst(",\\s*\"childEPCs\":\\[.*?\\]", ""));
        all.put(
                Check.OWN_PARENT,
                PARENTED.replace(
                        "\"childEPCs\":[",
                        "\"childEPCs\":[\"urn:epc:id:sscc:9521234.0000000001\","));
        all.put(Check.ONE_SIDED, CHANGE.replaceFirst(",\\s*\"outputEPCList\":\\[.*?\\]", ""));
        all.put(Check.NO_TRANSACTION, GOOD.replace("ObjectEvent", "TransactionEvent"));
        all.put(Check.ILMD_OUT_OF_PLACE, add("\"ilmd\":{\"cbvmda:lotNumber\":\"L-7\"}"));
        all.put(Check.WORD, GOOD.replace("receiving", "cooking"));
        all.put(
                Check.WORD_UNDER_GS1,
                GOOD.replace("\"receiving\"", "\"urn:epcglobal:cbv:bizstep:cooking\""));
        all.put(Check.PARTY_TYPE, GOOD.replace("\"type\":\"owning_party\",", ""));
        all.put(Check.PARTY_IS_PLACE, GOOD.replace("/417/", "/414/"));
        all.put(
                Check.STATE_BOTH,
                add(
                        "\"persistentDisposition\":{\"set\":[\"recalled\"],"
                                + "\"unset\":[\"cbv:Disp-recalled\"]}"));
        all.put(
                Check.ERROR_BEFORE,
                add("\"errorDeclaration\":{\"declarationTime\":\"2025-06-01T00:00:00Z\"}"));
        all.put(Check.NO_REPORT, GOOD.replace("sensorReport\":[", "sensorReport\":[],\"x:y\":["));
        all.put(Check.REPORT_TYPE, GOOD.replace("\"type\":\"Temperature\",", ""));
        all.put(Check.REPORT_WORD, GOOD.replace("Temperature", "Warmth"));
        all.put(Check.REPORT_VALUE, GOOD.replace("4.5", "\"4.5\""));
        all.put(Check.REPORT_EMPTY, GOOD.replace("\"value\":4.5,", ""));
        all.put(Check.REPORT_UNIT, GOOD.replace(",\"uom\":\"CEL\"", ""));
        all.put(Check.REPORT_ORDER, GOOD.replace("\"value\":4.5", "\"minValue\":5,\"maxValue\":4"));
        all.put(Check.SENSOR_TIME_FORM, GOOD.replace("2025-06-11T07:55:00+08:00", "noon"));
        all.put(Check.SENSOR_TIME_LATER, GOOD.replace("T07:55", "T08:55"));
        all.put(
                Check.SENSOR_TIME_ORDER,
                GOOD.replace(
                        "\"time\":\"2025-06-11T07:55:00+08:00\"",
                        "\"startTime\":\"2025-06-11T07:55:00+08:00\","
                                + "\"endTime\":\"2025-06-11T07:54:00+08:00\""));
        all.put(
                Check.SENSOR_SAID_TWICE,
                GOOD.replace("\"value\":4.5", "\"value\":4.5,\"time\":\"2025-06-10T00:00:00Z\""));
        return all;
    }

    @Test
    void what_is_right_is_not_found_fault_with_even_strictly() throws Exception {
        for (String good : List.of(document(GOOD), document(PARENTED), document(CHANGE), XML)) {
            assertThat(findings(good, strictness(Strictness.Profile.STRICT))).as(good).isEmpty();
        }
    }

    @Test
    void every_row_is_told_by_its_example_as_gravely_as_it_says() throws Exception {
        Map<Check, String> broken = broken();
        assertThat(broken.keySet()).isEqualTo(EnumSet.allOf(Check.class));
        SoftAssertions all = new SoftAssertions();
        for (Map.Entry<Check, String> each : broken.entrySet()) {
            Check check = each.getKey();
            String text = each.getValue();
            boolean whole =
                    text.startsWith("{\"@context\"")
                            || text.startsWith("<")
                            || text.startsWith("{\"type\":\"EPCISDocument\"");
            for (Strictness.Profile profile : Strictness.Profile.values()) {
                List<EpcisProblem> found =
                        findings(whole ? text : document(text), strictness(profile));
                List<EpcisProblem> told = found.stream().filter(p -> p.check() == check).toList();
                all.assertThat(told.isEmpty())
                        .as(check + " " + profile + " " + found)
                        .isEqualTo(check.severity(profile) == Severity.PASS);
                all.assertThat(told)
                        .as(check + " " + profile)
                        .allSatisfy(
                                p -> {
                                    assertThat(p.grave())
                                            .isEqualTo(check.severity(profile) == Severity.REFUSE);
                                    assertThat(p.pointer()).startsWith("/");
                                    assertThat(p.fix()).isNotBlank();
                                });
            }
        }
        all.assertAll();
    }

    @Test
    void a_client_can_have_one_check_set_otherwise() throws Exception {
        String document = document(GOOD.replace("09521234000013/10", "09521234000014/10"));
        Strictness normal = strictness(Strictness.Profile.NORMAL);

        assertThat(EpcisJson.read(bytes(document), normal).whole()).isTrue();
        assertThat(
                        EpcisJson.read(
                                        bytes(document),
                                        normal.with(Check.CHECK_DIGIT, Severity.REFUSE))
                                .whole())
                .isFalse();
        assertThat(findings(document, normal.with(Check.CHECK_DIGIT, Severity.PASS))).isEmpty();
    }

    @Test
    void a_problem_of_xml_names_its_place_by_an_xpath_that_leads_there() throws Exception {
        String wrapped =
                """
                <epcis:EPCISDocument xmlns:epcis="urn:epcglobal:epcis:xsd:1" schemaVersion="1.2"
                 creationDate="2025-06-11T08:00:00Z"><EPCISBody><EventList>%s<ObjectEvent>
                 <eventTime>2025-06-11T08:00:00+08:00</eventTime>
                 <eventTimeZoneOffset>+08:00</eventTimeZoneOffset>
                 <baseExtension><eventID>no uri</eventID></baseExtension>
                 <epcList><epc>urn:x:1</epc><epc>bad one</epc></epcList><action>add</action>
                 <bizStep>cooking</bizStep><readPoint><id>bad place</id></readPoint>
                 <bizTransactionList><bizTransaction type="urn:x:t">bad bt</bizTransaction>
                 </bizTransactionList>
                 <extension><quantityList><quantityElement><epcClass>urn:x:1</epcClass>
                 <quantity>1</quantity></quantityElement><quantityElement>
                 <epcClass>urn:x:2</epcClass><quantity>many</quantity></quantityElement>
                 </quantityList><sourceList><source type="cooks">urn:x:1</source></sourceList>
                 <extension><sensorElementList><sensorElement>
                 <sensorMetadata time="noon"/><sensorReport type="gs1:Temperature" value="warm"/>
                 </sensorElement></sensorElementList></extension></extension>
                 </ObjectEvent></EventList></EPCISBody></epcis:EPCISDocument>
                """
                        .formatted(
                                XML.substring(
                                        XML.indexOf("<ObjectEvent>"), XML.indexOf("</EventList>")));

        List<String> places =
                findings(wrapped, strictness(Strictness.Profile.NORMAL)).stream()
                        .filter(EpcisProblem::grave)
                        .map(EpcisProblem::pointer)
                        .toList();

        String event = "/*/EPCISBody/EventList/ObjectEvent[2]";
        assertThat(places)
                .containsExactlyInAnyOrder(
                        event + "/baseExtension/eventID",
                        event + "/epcList/epc[2]",
                        event + "/action",
                        event + "/bizStep",
                        event + "/readPoint/id",
                        event + "/bizTransactionList/bizTransaction[1]",
                        event + "/extension/quantityList/quantityElement[2]/quantity",
                        event + "/extension/sourceList/source[1]/@type",
                        event
                                + "/extension/extension/sensorElementList/sensorElement[1]"
                                + "/sensorMetadata/@time",
                        event
                                + "/extension/extension/sensorElementList/sensorElement[1]"
                                + "/sensorReport[1]/@value");
        var document =
                javax.xml.parsers.DocumentBuilderFactory.newDefaultInstance()
                        .newDocumentBuilder()
                        .parse(new java.io.ByteArrayInputStream(bytes(wrapped)));
        var path = javax.xml.xpath.XPathFactory.newDefaultInstance().newXPath();
        for (String place : places) {
            assertThat(path.evaluate("count(" + place + ")", document)).as(place).isEqualTo("1");
        }
    }

    @Test
    void the_document_of_the_checks_is_the_table() throws Exception {
        Path file = docs().resolve("epcis-checks.md");
        String drawn = table();
        if ("write".equals(System.getProperty("docs"))) {
            Files.writeString(file, drawn);
        }
        assertThat(Files.readString(file)).isEqualTo(drawn);
    }

    private static String table() {
        StringBuilder out =
                new StringBuilder(
                        """
                        # What EPCIS documents are judged by

                        Drawn from `Check` by `CheckTest` (`-Ddocs=write`); every row has an example there that breaks it.
                        A client is given a `Strictness`: one of the three profiles, with single checks set otherwise.
                        `refuse` keeps the event out, or the document when the place lies outside the events; `warn` tells and keeps;
                        `-` says nothing. Every finding names its place (JSON pointer, or XPath for XML) and how to mend it.

                        Sources: EPCIS is GS1 EPCIS 2.0 (ISO/IEC 19987), CBV the Core Business Vocabulary 2.0 (ISO/IEC 19988), TDS the EPC
                        Tag Data Standard 2.0, GenSpecs the GS1 General Specifications, DL GS1 Digital Link.

                        | check | what | lenient | normal | strict | source | how to mend |
                        | --- | --- | --- | --- | --- | --- | --- |
                        """);
        for (Check check : Check.values()) {
            List<String> cells = new ArrayList<>(List.of("`" + check.id() + "`", check.what()));
            Arrays.stream(Strictness.Profile.values())
                    .map(check::severity)
                    .map(
                            s ->
                                    s == Severity.PASS
                                            ? "-"
                                            : s.name().toLowerCase(java.util.Locale.ROOT))
                    .forEach(cells::add);
            cells.add(check.source());
            cells.add(check.fix());
            out.append("| ").append(String.join(" | ", cells)).append(" |\n");
        }
        return out.toString();
    }

    private static Path docs() {
        Path at = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(at.resolve("docs"))) {
            at = java.util.Objects.requireNonNull(at.getParent());
        }
        return at.resolve("docs");
    }

    private static String add(String member) {
        return GOOD.strip().replaceFirst("\\}$", "") + "," + member.replace("$", "\\$") + "}";
    }

    private static Strictness strictness(Strictness.Profile profile) {
        return Strictness.of(profile).at(NOW);
    }

    private static List<EpcisProblem> findings(String text, Strictness strictness) {
        Reading reading;
        try {
            reading =
                    text.startsWith("<")
                            ? EpcisXml.read(bytes(text), strictness)
                            : EpcisJson.read(bytes(text), strictness);
        } catch (UnreadableDocument e) {
            return e.problems();
        }
        List<EpcisProblem> all = new ArrayList<>(reading.warnings());
        for (Reading.Item item : reading.events()) {
            switch (item) {
                case Reading.Understood good -> all.addAll(good.warnings());
                case Reading.Refused bad -> all.addAll(bad.problems());
            }
        }
        return all;
    }

    private static String document(String event) {
        return ("{\"@context\":[\"" + Context.STANDARD + "\"],")
                + "\"type\":\"EPCISDocument\",\"schemaVersion\":\"2.0\","
                + "\"creationDate\":\"2025-06-11T08:00:00Z\",\"epcisBody\":{\"eventList\":["
                + event
                + "]}}";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
