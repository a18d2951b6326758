package cn.xinyuan.epcis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** Every document beside the project, from each form into the other and back. */
class RoundTripTest {

    /** What its publishers put beside the others, but the standard does not allow. */
    private static final Map<String, String> REFUSED =
            Map.of(
                    "gs1-epcis/JSON/" + Vectors.TWO_IDS,
                    "\"eventID\" stands twice",
                    "openepcis-test-resources/1.2/Documents/ObjectEvent_all_possible_fields.xml",
                    "certificationInfo: \"test certification\" is no URI",
                    "openepcis-test-resources/1.2/Documents/TransactionEvent_all_possible_fields.xml",
                    "declarationTime: \"2006-11-07T13:00Z\" is no time with a zone");

    /** What says less than the JSON schema asks for, though the XSD lets it pass, and in what. */
    private static final Map<String, String> SHORT_OF_THE_JSON_SCHEMA =
            Map.of(
                    "gs1-epcis/XML/WithSensorData/SensorDataExamples.xml",
                    "required property 'type' not found",
                    "openepcis-test-resources/2.0/XML/Documents/SensorData_with_combined_events.xml",
                    "required property 'type' not found",
                    "openepcis-test-resources/2.0/XML/Documents/epcisDocWithAllGS1Keys.xml",
                    "must have only unique items");

    @Test
    void every_document_keeps_its_events_and_hashes_through_json_and_xml() throws Exception {
        Schemas schemas = Schemas.read();
        SoftAssertions all = new SoftAssertions();
        int events = 0;
        for (Path file : documents()) {
            String name = name(file);
            if (REFUSED.containsKey(name)) {
                continue;
            }
            Reading first = read(file);
            all.assertThat(first.problems()).as(name).isEmpty();
            String json = EpcisJson.text(EpcisJson.write(first.document()));
            Reading second = EpcisJson.read(bytes(json));
            all.assertThat(Same.of(second)).as(name + " as JSON").isEqualTo(Same.of(first));
            all.assertThat(hashes(second)).as(name + " as JSON").isEqualTo(hashes(first));
            String xml = EpcisXml.write(second.document());
            all.assertThat(schemas.faults(xml)).as(name + " by the XSD\n" + xml).isEmpty();
            if (name.endsWith(".xml")) {
                String known = SHORT_OF_THE_JSON_SCHEMA.get(name);
                List<String> faults = schemas.faults(EpcisJson.parse(bytes(json)));
                all.assertThat(known == null || !faults.isEmpty()).as(name).isTrue();
                all.assertThat(faults)
                        .as(name + " by the JSON schema\n" + json)
                        .allMatch(f -> known != null && f.contains(known));
            }
            Reading third = EpcisXml.read(bytes(xml));
            all.assertThat(third.problems()).as(name + " as XML").isEmpty();
            all.assertThat(Same.of(third)).as(name + " as XML").isEqualTo(Same.of(first));
            all.assertThat(hashes(third)).as(name + " as XML").isEqualTo(hashes(first));
            Reading fourth =
                    EpcisJson.read(bytes(EpcisJson.text(EpcisJson.write(third.document()))));
            all.assertThat(hashes(fourth)).as(name + " as JSON again").isEqualTo(hashes(first));
            events += first.events().size();
        }
        all.assertThat(events).isGreaterThan(300);
        all.assertAll();
    }

    @Test
    void what_breaks_the_standard_is_refused_by_name() throws Exception {
        for (Map.Entry<String, String> each : REFUSED.entrySet()) {
            String file = each.getKey().substring(each.getKey().indexOf('/') + 1);
            Path folder = Vectors.folder(each.getKey().substring(0, each.getKey().indexOf('/')));
            String said;
            try {
                said = read(folder.resolve(file)).problems().toString();
            } catch (UnreadableDocument e) {
                said = String.valueOf(e.getMessage());
            }
            assertThat(said).as(each.getKey()).contains(each.getValue());
        }
    }

    @Test
    void the_examples_of_gs1_with_a_doctype_are_refused_as_they_stand() throws Exception {
        int seen = 0;
        for (Path file : Vectors.files(Vectors.folder("gs1-epcis/XML"), ".xml")) {
            byte[] bytes = Files.readAllBytes(file);
            if (new String(bytes, StandardCharsets.UTF_8).contains("<!DOCTYPE")) {
                assertThatThrownBy(() -> EpcisXml.read(bytes))
                        .hasMessageContaining("the document has a DOCTYPE at line 2");
                seen++;
            }
        }
        assertThat(seen).isEqualTo(12);
    }

    @Test
    void both_forms_of_one_example_are_the_same_events() throws Exception {
        Path folder = Vectors.folder("openepcis-test-resources/2.0");
        SoftAssertions all = new SoftAssertions();
        int same = 0;
        for (Path xml : Vectors.files(folder.resolve("XML/Documents"), ".xml")) {
            String stem = xml.getFileName().toString().replace(".xml", "");
            Path json = folder.resolve("JSON/Documents/" + stem + ".json");
            if (Files.exists(json)) {
                all.assertThat(hashes(read(xml))).as(stem).isEqualTo(hashes(read(json)));
                same++;
            }
        }
        all.assertThat(same).isGreaterThan(20);
        all.assertAll();
    }

    static List<Path> documents() throws IOException {
        List<Path> all = new ArrayList<>();
        for (String folder :
                List.of("gs1-epcis", "openepcis-test-resources", "epcis-event-hash", "fsma204")) {
            try (Stream<Path> files = Files.walk(Vectors.folder(folder))) {
                files.filter(RoundTripTest::isDocument).sorted().forEach(all::add);
            }
        }
        return all;
    }

    private static boolean isDocument(Path file) {
        if (!Files.isRegularFile(file) || !name(file).matches(".*\\.(xml|json|jsonld)")) {
            return false;
        }
        try {
            String text = Files.readString(file);
            return !name(file).matches(".*(Schema|Ontology|REST|context).*")
                    && (text.contains("EPCISBody") || text.contains("epcisBody"));
        } catch (IOException e) {
            return false;
        }
    }

    static String name(Path file) {
        String path = file.toString();
        return path.substring(path.indexOf("/vectors/") + 9);
    }

    private static Reading read(Path file) throws UnreadableDocument, IOException {
        byte[] bytes = Files.readAllBytes(file);
        return file.toString().endsWith(".xml")
                ? EpcisXml.read(Schemas.withoutDoctype(bytes))
                : EpcisJson.read(bytes);
    }

    static List<String> hashes(Reading reading) {
        return reading.document().events().stream()
                .map(e -> EventHash.of(e, reading.document().context()))
                .toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
