package cn.xinyuan.epcis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class EpcisXmlTest {

    private static final String HEAD =
            "<epcis:EPCISDocument xmlns:epcis=\"urn:epcglobal:epcis:xsd:1\" schemaVersion=\"1.1\""
                    + " creationDate=\"2025-06-11T08:00:00Z\">";

    @Test
    void a_quantity_event_of_epcis_1_is_an_object_event_with_that_quantity() throws Exception {
        Reading reading =
                read(
                        HEAD
                                + """
                                <EPCISBody><EventList><QuantityEvent>
                                <eventTime>2025-06-11T08:00:00+08:00</eventTime>
                                <eventTimeZoneOffset>+08:00</eventTimeZoneOffset>
                                <baseExtension><eventID>urn:uuid:7</eventID></baseExtension>
                                <epcClass>urn:epc:idpat:sgtin:9521234.000001.*</epcClass>
                                <quantity>120</quantity>
                                <bizStep>urn:epcglobal:cbv:bizstep:stock_taking</bizStep>
                                <extension><y>1</y></extension>
                                <x:by xmlns:x="urn:x:">sight</x:by>
                                </QuantityEvent></EventList></EPCISBody></epcis:EPCISDocument>
                                """);

        ObjectEvent event = (ObjectEvent) reading.document().events().getFirst();
        assertThat(event.action()).isEqualTo(Action.OBSERVE);
        assertThat(event.quantities())
                .containsExactly(
                        new Quantity(
                                "urn:epc:idpat:sgtin:9521234.000001.*",
                                new java.math.BigDecimal("120"),
                                null));
        assertThat(event.common().eventId()).isEqualTo("urn:uuid:7");
        assertThat(event.common().bizStep()).isEqualTo("stock_taking");
        assertThat(event.common().others()).containsKeys("x:by", "y");
    }

    @Test
    void a_comment_is_no_part_of_the_hash_under_whatever_prefix_its_namespace_stands()
            throws Exception {
        String event =
                """
                {"@context":["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",
                  {"r":"http://www.w3.org/2000/01/rdf-schema#","e":"https://ns.example.org/"}],
                 "type":"EPCISDocument","schemaVersion":"2.0",
                 "creationDate":"2025-06-11T08:00:00Z","epcisBody":{"eventList":[
                 {"type":"ObjectEvent","eventTime":"2025-06-11T08:00:00+08:00",
                  "eventTimeZoneOffset":"+08:00","action":"OBSERVE","epcList":["urn:x:1"],
                  "e:colour":"red"%s}]}}
                """;
        EpcisDocument with = json(event.formatted(",\"r:comment\":\"seen at dusk\""));
        EpcisDocument without = json(event.formatted(""));
        EpcisDocument throughXml =
                EpcisXml.read(EpcisXml.write(with).getBytes(StandardCharsets.UTF_8)).document();
        assertThat(hashed(with)).isEqualTo(hashed(without));
        assertThat(hashed(throughXml)).isEqualTo(hashed(without));
        assertThat(hashed(json(event.formatted(",\"e:comment\":\"seen at dusk\""))))
                .isNotEqualTo(hashed(without));
    }

    @Test
    void several_certificates_are_several_elements_and_come_back_as_a_list() throws Exception {
        EpcisDocument document =
                json(
                        """
                        {"@context":["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"],
                         "type":"EPCISDocument","schemaVersion":"2.0",
                         "creationDate":"2025-06-11T08:00:00Z","epcisBody":{"eventList":[
                         {"type":"ObjectEvent","eventTime":"2025-06-11T08:00:00+08:00",
                          "eventTimeZoneOffset":"+08:00","action":"OBSERVE","epcList":["urn:x:1"],
                          "certificationInfo":["https://example.org/a","https://example.org/b"]}]}}
                        """);
        String xml = EpcisXml.write(document);
        assertThat(xml.split("<certificationInfo>")).hasSize(3);
        EpcisDocument back = EpcisXml.read(xml.getBytes(StandardCharsets.UTF_8)).document();
        assertThat(back.events().getFirst().common().certificationInfo())
                .isEqualTo(document.events().getFirst().common().certificationInfo())
                .hasSize(2);
        assertThat(hash(back)).isEqualTo(hash(document));
    }

    private static EpcisDocument json(String text) throws Exception {
        return EpcisJson.read(text.getBytes(StandardCharsets.UTF_8)).document();
    }

    private static String hashed(EpcisDocument document) {
        return EventHash.preimage(document.events().getFirst(), document.context());
    }

    private static String hash(EpcisDocument document) {
        return EventHash.of(document.events().getFirst(), document.context());
    }

    @Test
    void the_header_keeps_business_document_and_master_data() throws Exception {
        Path folder = Vectors.folder("openepcis-test-resources/1.2/Documents");
        Reading first =
                EpcisXml.read(
                        Files.readAllBytes(folder.resolve("GS1_US_Pharma_Example_2_2_1_1.xml")));

        JsonNode header = header(first);
        assertThat(
                        header.at(
                                        "/sbdh:StandardBusinessDocumentHeader/sbdh:Sender/sbdh:Identifier")
                                .toString())
                .isEqualTo("{\"Authority\":\"GS1\",\"#text\":\"urn:epc:id:sgln:030001.111111.0\"}");
        assertThat(header.at("/epcisMasterData/vocabularyList").size()).isEqualTo(2);
        assertThat(
                        header.at(
                                        "/epcisMasterData/vocabularyList/0/vocabularyElementList/0/attributes/0")
                                .toString())
                .isEqualTo(
                        "{\"id\":\"urn:epcglobal:cbv:mda#additionalTradeItemIdentification\","
                                + "\"attribute\":\"0001-0123-45\"}");
        assertThat(header.at("/gs1ushc:guidelineVersion").asString())
                .isEqualTo("GS1 US DSCSA R1.3");

        Reading again = read(EpcisXml.write(first.document()));
        JsonNode kept = header(again);
        assertThat(kept.get("epcisMasterData")).isEqualTo(header.get("epcisMasterData"));
        assertThat(kept.get("sbdh:StandardBusinessDocumentHeader"))
                .isEqualTo(header.get("sbdh:StandardBusinessDocumentHeader"));
        assertThat(again.document().others()).containsKey("gs1ushc:dscsaTransactionStatement");
    }

    @Test
    void a_master_data_document_is_a_header_without_events() throws Exception {
        Path file = Vectors.folder("gs1-epcis/XML").resolve("Mimasu/Example-masterData.xml");

        Reading reading = EpcisXml.read(Files.readAllBytes(file));

        assertThat(reading.events()).isEmpty();
        assertThat(reading.warnings())
                .extracting(EpcisProblem::check)
                .containsExactly(Check.NO_EVENTS);
        JsonNode header = header(reading);
        JsonNode first = header.at("/epcisMasterData/vocabularyList/0/vocabularyElementList/0");
        assertThat(first.path("children").size()).isEqualTo(3);
        assertThat(first.at("/attributes/2/attribute").toString())
                .isEqualTo(
                        "{\"example:Address\":{\"Street\":\"100 Nowhere Street\",\"City\":\"Fancy\","
                                + "\"State\":\"DC\",\"Zip\":\"99999\"}}");
    }

    @Test
    void sender_and_receiver_of_json_are_the_business_header_of_xml() throws Exception {
        Path file =
                Vectors.folder("gs1-epcis/JSON")
                        .resolve("Example_9.6.1-ObjectEvent-with-pseudo-SBDH-headers.jsonld");
        EpcisDocument document = EpcisJson.read(Files.readAllBytes(file)).document();

        String xml = EpcisXml.write(document);

        assertThat(xml)
                .contains(
                        "<sbdh:Sender><sbdh:Identifier>urn:epc:id:sgln:0353579.00001.0</",
                        "<sbdh:InstanceIdentifier>1234567890</");
        EpcisDocument back = read(xml).document();
        assertThat(back.others()).isEqualTo(document.others());
        assertThat(back.creationDate()).isEqualTo(document.creationDate());
    }

    @Test
    void the_answer_to_a_query_is_a_query_document_in_both_forms() throws Exception {
        Path file = Vectors.folder("gs1-epcis/JSON").resolve("EPCISQueryDocument.jsonld");
        JsonNode root = EpcisJson.parse(Files.readAllBytes(file));
        EpcisDocument document = EpcisJson.read(root).document();
        assertThat(document.query()).isNotNull();

        String xml = EpcisXml.write(document);

        assertThat(xml)
                .contains(
                        "<epcisq:EPCISQueryDocument xmlns:epcisq=\"urn:epcglobal:epcis-query:xsd:2\"")
                .contains(
                        "<epcisq:QueryResults><queryName>", "<resultsBody><EventList><ObjectEvent");
        assertThat(Schemas.read().faults(xml)).isEmpty();
        EpcisDocument back = read(xml).document();
        assertThat(back.query()).isEqualTo(document.query());
        assertThat(back.events()).hasSameSizeAs(document.events());
        assertThat(Schemas.read().faults(EpcisJson.write(document))).isEmpty();
        assertThat(EpcisJson.write(document).path("epcisBody")).isEqualTo(root.path("epcisBody"));
    }

    @Test
    void what_users_add_keeps_kind_and_value() throws Exception {
        String members =
                """
                "x:whole":7,"x:broken":7.50,"x:large":12345678901234567890,"x:tiny":1E-7,
                "x:yes":true,"x:none":null,"x:text":"a < b & \\"c\\" ]]>\\r\\n\\ttail ","x:empty":"",
                "x:nothing":{},"x:many":[1,"two",false,null,{"x:a":"b"}],"x:fruitList":["a","b"],
                "x:one word":"spaced","x:1":"digit","x:_x0041_":"escaped","x:荔枝":"妃子笑",
                "y:undeclared":"y","https://example.com/ns/full":"iri","x:deep":{"y:a":{"plain":{"x:b":3}}},
                "x:said":{"@value":"lychee","@language":"en"},
                "x:on":{"@type":"xsd:date","@value":"2025-06-11"},
                "x:mass":{"#text":"3.5","unit":"KGM"}
                """;
        String json =
                """
                {"@context":["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",
                 {"x":"https://example.com/x/"}],"type":"EPCISDocument","schemaVersion":"2.0",
                 "creationDate":"2025-06-11T08:00:00Z","x:level":"document",
                 "epcisBody":{"eventList":[{"type":"ObjectEvent",
                 "eventTime":"2025-06-11T08:00:00+08:00","eventTimeZoneOffset":"+08:00",
                 "action":"ADD","epcList":["urn:x:1"],
                 "readPoint":{"id":"urn:x:2",%1$s},"ilmd":{%1$s},
                 "errorDeclaration":{"declarationTime":"2025-06-12T08:00:00Z",%1$s},
                 "sensorElementList":[{"sensorReport":[{"type":"Temperature","value":4.50,
                 "x:by":"hand","booleanValue":true}],%1$s}],%1$s}]}}
                """
                        .formatted(members.strip());
        Reading first = EpcisJson.read(json.getBytes(StandardCharsets.UTF_8));
        assertThat(first.problems()).isEmpty();

        String xml = EpcisXml.write(first.document());
        Reading again = read(xml);

        assertThat(again.problems()).isEmpty();
        assertThat(Schemas.read().faults(xml)).as(xml).isEmpty();
        JsonNode before = EpcisJson.write(first.document().events().getFirst());
        JsonNode after = EpcisJson.write(again.document().events().getFirst());
        Map<String, String> moved = Map.of("ns1:full", "https://example.com/ns/full");
        for (String at :
                List.of("", "/readPoint", "/ilmd", "/errorDeclaration", "/sensorElementList/0")) {
            for (Map.Entry<String, JsonNode> each : after.at(at).properties()) {
                String name = moved.getOrDefault(each.getKey(), each.getKey());
                if (name.contains(":")) {
                    assertThat(each.getValue())
                            .as(at + "/" + name + "\n" + xml)
                            .isEqualTo(before.at(at).get(name));
                }
            }
            assertThat(after.at(at).size()).as(at + after).isEqualTo(before.at(at).size());
        }
        assertThat(RoundTripTest.hashes(again)).isEqualTo(RoundTripTest.hashes(first));
        assertThat(again.document().others().get("x:level"))
                .isEqualTo(first.document().others().get("x:level"));
        assertThat(xml).contains("xmlns:y=\"y:\"", "<x:whole xmlns:xsd=");
    }

    @Test
    void an_event_s_own_context_is_declared_on_the_event() throws Exception {
        Path file =
                Vectors.folder("openepcis-test-resources/2.0/JSON/Documents")
                        .resolve("Namespaces_at_different_level.json");
        Reading reading = EpcisJson.read(Files.readAllBytes(file));

        String xml = EpcisXml.write(reading.document());

        assertThat(xml)
                .contains("<ObjectEvent xmlns:ext2=\"http://www.ext2.net/\">")
                .contains("<ObjectEvent xmlns:ext5=\"http://www.ext4.net/\">");
        assertThat(RoundTripTest.hashes(read(xml))).isEqualTo(RoundTripTest.hashes(reading));
    }

    @Test
    void a_prefix_bound_anew_gets_another_one_here() throws Exception {
        String event =
                """
                <ObjectEvent><eventTime>2025-06-11T08:00:00+08:00</eventTime>
                <eventTimeZoneOffset>+08:00</eventTimeZoneOffset>
                <epcList><epc>urn:x:1</epc></epcList><action>OBSERVE</action>
                <x:a xmlns:x="%s">1</x:a></ObjectEvent>
                """;
        Reading reading =
                read(
                        HEAD
                                + "<EPCISBody><EventList>"
                                + event.formatted("https://one.example.com/")
                                + event.formatted("https://two.example.com/")
                                + "</EventList></EPCISBody></epcis:EPCISDocument>");

        assertThat(reading.document().context().prefixes())
                .containsEntry("x", "https://one.example.com/")
                .containsEntry("ns1", "https://two.example.com/");
        assertThat(RoundTripTest.hashes(reading)).doesNotHaveDuplicates();
    }

    @Test
    void events_are_written_one_by_one_like_a_whole_document() throws Exception {
        Path file = Vectors.folder("gs1-epcis/JSON").resolve("Example_9.6.1-ObjectEvent.jsonld");
        EpcisDocument document = EpcisJson.read(Files.readAllBytes(file)).document();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        XmlDocumentWriter writer = EpcisXml.begin(bytes, document.with(List.of()));
        for (EpcisEvent event : document.events()) {
            writer.event(event, document.context());
        }
        writer.end();

        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo(EpcisXml.write(document));
    }

    @Test
    void a_sink_hears_the_head_first_and_once() throws Exception {
        List<String> heard = new ArrayList<>();
        DocumentSink sink =
                new DocumentSink() {
                    @Override
                    public void head(EpcisDocument document) {
                        heard.add("head " + document.creationDate());
                    }

                    @Override
                    public void event(Reading.Item item, Context context) {
                        heard.add(item.pointer());
                    }
                };
        for (String body : List.of("<EventList/>", "")) {
            EpcisXml.read(
                    new java.io.ByteArrayInputStream(
                            (HEAD + "<EPCISBody>" + body + "</EPCISBody></epcis:EPCISDocument>")
                                    .getBytes(StandardCharsets.UTF_8)),
                    Strictness.NORMAL,
                    sink);
            assertThat(heard).containsExactly("head 2025-06-11T08:00:00Z");
            heard.clear();
        }
        Path folder = Vectors.folder("gs1-epcis");
        try (var in = Files.newInputStream(folder.resolve("JSON/EPCISQueryDocument.jsonld"))) {
            EpcisJson.read(in, Strictness.NORMAL, sink);
        }
        assertThat(heard)
                .containsExactly(
                        "head 2005-07-11T11:30:47.0Z",
                        "/epcisBody/queryResults/resultsBody/eventList/0",
                        "/epcisBody/queryResults/resultsBody/eventList/1");
    }

    private static JsonNode header(Reading reading) {
        return Objects.requireNonNull(reading.document().others().get("epcisHeader"));
    }

    private static Reading read(String xml) throws UnreadableDocument {
        return EpcisXml.read(xml.getBytes(StandardCharsets.UTF_8));
    }
}
