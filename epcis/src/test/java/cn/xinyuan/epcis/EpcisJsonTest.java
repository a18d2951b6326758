package cn.xinyuan.epcis;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class EpcisJsonTest {

    private static final String EVENT =
            """
            {"type":"ObjectEvent","eventTime":"2025-06-11T08:00:00+08:00",
             "eventTimeZoneOffset":"+08:00","action":"ADD","bizStep":"commissioning",
             "quantityList":[{"epcClass":"https://id.gs1.org/01/09521234000013/10/L-7",
             "quantity":25.50,"uom":"KGM"}]}
            """;

    @Test
    void every_example_beside_the_project_is_written_back_as_it_was_read() throws Exception {
        SoftAssertions all = new SoftAssertions();
        int events = 0;
        for (Path file : examples()) {
            JsonNode root = EpcisJson.parse(Files.readAllBytes(file));
            JsonNode list = root.at("/epcisBody/eventList");
            if (!list.isArray()) {
                continue;
            }
            Reading reading = EpcisJson.read(root);
            all.assertThat(reading.problems()).as(file.toString()).isEmpty();
            JsonNode back = parse(EpcisJson.text(EpcisJson.write(reading.document())));
            all.assertThat(back).as(file.toString()).isEqualTo(root);
            events += list.size();
        }
        all.assertThat(events).isGreaterThan(80);
        all.assertAll();
    }

    @Test
    void a_number_keeps_its_digits_and_a_stranger_member_its_content() throws Exception {
        String odd =
                EVENT.replace("\"action\"", "\"xin:猫\":{\"a\":[1.0,null,{\"b\":[]}]},\"action\"");

        Reading.Understood read = (Reading.Understood) EpcisJson.readEvent(parse(odd), "");

        assertThat(EpcisJson.text(EpcisJson.write(read.event())))
                .contains("\"quantity\":25.50", "\"xin:猫\":{\"a\":[1.0,null,{\"b\":[]}]}");
    }

    @Test
    void a_problem_names_its_place_and_how_to_mend_it() throws Exception {
        String bad =
                EVENT.replace("\"ADD\"", "\"add\"")
                        .replace("25.50", "\"25.50\"")
                        .replace("commissioning", "cooking")
                        .replace("2025-06-11T08:00:00+08:00", "2025-06-11");

        Reading.Refused refused =
                (Reading.Refused) EpcisJson.readEvent(parse(bad), "/epcisBody/eventList/3");

        assertThat(refused.problems())
                .extracting(EpcisProblem::pointer)
                .containsExactlyInAnyOrder(
                        "/epcisBody/eventList/3/action",
                        "/epcisBody/eventList/3/quantityList/0/quantity",
                        "/epcisBody/eventList/3/bizStep",
                        "/epcisBody/eventList/3/eventTime");
        assertThat(refused.problems()).allSatisfy(p -> assertThat(p.fix()).isNotBlank());
    }

    @Test
    void an_offset_that_contradicts_its_time_is_a_warning() throws Exception {
        String odd =
                EVENT.replace(
                        "\"eventTimeZoneOffset\":\"+08:00\"", "\"eventTimeZoneOffset\":\"+07:00\"");

        Reading.Understood read = (Reading.Understood) EpcisJson.readEvent(parse(odd), "");

        assertThat(read.warnings())
                .extracting(EpcisProblem::pointer)
                .containsExactly("/eventTimeZoneOffset");
    }

    @Test
    void a_wrong_check_digit_is_a_warning_that_names_the_right_one() throws Exception {
        Reading.Understood read =
                (Reading.Understood)
                        EpcisJson.readEvent(
                                parse(EVENT.replace("09521234000013", "09521234000014")), "");

        assertThat(read.warnings())
                .singleElement()
                .satisfies(w -> assertThat(w.fix()).endsWith("3"));
    }

    @Test
    void the_one_example_of_gs1_with_two_event_ids_is_refused() throws Exception {
        Path file = Vectors.folder("gs1-epcis/JSON").resolve(Vectors.TWO_IDS);

        assertThat(refusal(Files.readString(file))).contains("\"eventID\" stands twice");
    }

    @Test
    void hostile_documents_are_refused_in_words() {
        assertThat(refusal("{\"a\":1")).contains("not well-formed JSON");
        assertThat(refusal("")).contains("nothing was sent");
        assertThat(refusal("[".repeat(100_000))).contains("nested deeper");
        assertThat(refusal("{\"type\":\"a\",\"type\":\"b\"}")).contains("\"type\" stands twice");
        assertThat(refusal("[]")).contains("an array, not an object");
        assertThat(refusal("{} {}")).contains("not well-formed");
        assertThat(refusal("{\"type\":\"EPCISDocument\",\"epcisBody\":{\"eventList\":7}}"))
                .contains("/epcisBody/eventList: a number instead of an array");
        assertThat(refusal("\"" + "x".repeat(1_100_000) + "\"")).contains("too long");
    }

    @Test
    void absurd_quantities_are_refused() throws Exception {
        for (String amount : List.of("-1", "1e999999", "1e-999999", "12345678901234567")) {
            assertThat(EpcisJson.readEvent(parse(EVENT.replace("25.50", amount)), ""))
                    .as(amount)
                    .isInstanceOf(Reading.Refused.class);
        }
    }

    @Test
    void an_identifier_longer_than_any_is_refused() throws Exception {
        for (String lot : List.of("L".repeat(700), "荔".repeat(80))) {
            assertThat(EpcisJson.readEvent(parse(EVENT.replace("L-7", lot)), ""))
                    .isInstanceOf(Reading.Refused.class);
        }
        assertThat(EpcisJson.readEvent(parse(EVENT.replace("L-7", "荔枝-7")), ""))
                .isInstanceOf(Reading.Understood.class);
    }

    @Test
    void what_is_made_here_is_read_back_the_same() throws Exception {
        var event =
                new TransformationEvent(
                        Common.at(new EpcisTime("2025-06-11T08:00:00.000+08:00"), "urn:uuid:1")
                                .why("commissioning", "active")
                                .where("https://id.gs1.org/414/9521234000013", null),
                        List.of(),
                        List.of(
                                new Quantity(
                                        "https://id.gs1.org/01/09521234000013/10/A",
                                        new java.math.BigDecimal("12.500"),
                                        "KGM")),
                        List.of(),
                        List.of(
                                new Quantity(
                                        "https://id.gs1.org/01/09521234000013/10/B",
                                        new java.math.BigDecimal("12"),
                                        "KGM")),
                        null,
                        java.util.Map.of());

        var back = (Reading.Understood) EpcisJson.readEvent(EpcisJson.write(event), "");

        assertThat(back.event()).isEqualTo(event);
        assertThat(back.warnings()).isEmpty();
    }

    private static List<Path> examples() throws Exception {
        List<Path> all = new java.util.ArrayList<>();
        all.addAll(Vectors.files(Vectors.folder("gs1-epcis/JSON"), ".jsonld"));
        all.removeIf(p -> p.endsWith(Vectors.TWO_IDS));
        all.addAll(Vectors.files(Vectors.folder("openepcis-test-resources/2.0/JSON"), ".json"));
        all.addAll(Vectors.files(Vectors.folder("fsma204/epcis"), ".jsonld"));
        return all;
    }

    private static JsonNode parse(String text) throws UnreadableDocument {
        return EpcisJson.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String refusal(String text) {
        try {
            EpcisJson.read(text.getBytes(StandardCharsets.UTF_8));
            return "read";
        } catch (UnreadableDocument e) {
            return String.valueOf(e.getMessage());
        }
    }
}
