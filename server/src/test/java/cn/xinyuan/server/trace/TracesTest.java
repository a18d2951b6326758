package cn.xinyuan.server.trace;

import static org.assertj.core.api.Assertions.assertThat;

import cn.xinyuan.server.pages.Role;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import tools.jackson.databind.JsonNode;

/** A chain is traced from whatever one has in hand, and taken away in every form. */
class TracesTest extends EpcisHttp {

    private static final String FIELD = "https://id.gs1.org/01/09521234543213/10/FIELD-7";
    private static final String PACKED = "https://id.gs1.org/01/09521987654327/10/=PACK%221";
    private static final String PALLET = "https://id.gs1.org/00/095214567890123457";

    private String clerk = "";

    @BeforeAll
    void a_chain_from_the_field_to_a_pallet() throws Exception {
        clerk = clerk();
        capture(
                clerk,
                document(
                        """
                        {"type":"ObjectEvent","eventTime":"2025-06-10T08:00:00+08:00",
                         "eventTimeZoneOffset":"+08:00","action":"ADD","bizStep":"commissioning",
                         "ilmd":{"cbvmda:harvestStartDate":"2025-06-10"},
                         "readPoint":{"id":"https://id.gs1.org/414/9521321000012"},
                         "quantityList":[{"epcClass":"%s","quantity":500,"uom":"KGM"}]}
                        """
                                .formatted(FIELD),
                        """
                        {"type":"TransformationEvent","eventTime":"2025-06-11T08:00:00+08:00",
                         "eventTimeZoneOffset":"+08:00","bizStep":"packing",
                         "readPoint":{"id":"https://id.gs1.org/414/9521321000012"},
                         "inputQuantityList":[{"epcClass":"%s","quantity":500,"uom":"KGM"}],
                         "outputQuantityList":[{"epcClass":"%s","quantity":480,"uom":"KGM"}]}
                        """
                                .formatted(FIELD, PACKED),
                        """
                        {"type":"AggregationEvent","eventTime":"2025-06-11T09:00:00+08:00",
                         "eventTimeZoneOffset":"+08:00","action":"ADD","bizStep":"packing",
                         "parentID":"%s","readPoint":{"id":"https://id.gs1.org/414/9521321000012"},
                         "childQuantityList":[{"epcClass":"%s","quantity":480,"uom":"KGM"}]}
                        """
                                .formatted(PALLET, PACKED),
                        """
                        {"type":"ObjectEvent","eventTime":"2025-06-12T08:00:00+08:00",
                         "eventTimeZoneOffset":"+08:00","action":"OBSERVE","bizStep":"shipping",
                         "epcList":["%s"],
                         "bizTransactionList":[{"type":"desadv","bizTransaction":"urn:epcglobal:cbv:bt:9521321000012:D1"}],
                         "sourceList":[{"type":"owning_party","source":"https://id.gs1.org/417/9521321000012"}],
                         "destinationList":[{"type":"owning_party","destination":"https://id.gs1.org/417/9521321000029"}]}
                        """
                                .formatted(PALLET)));
    }

    @Test
    void a_container_leads_back_to_the_field_and_the_field_forward_to_it() throws Exception {
        JsonNode back = trace("what=" + encode(PALLET) + "&direction=back");
        assertThat(numbers(back)).contains("FIELD-7", "=PACK\"1").hasSize(3);
        JsonNode forward = trace("what=FIELD-7&direction=forward&depth=1");
        assertThat(numbers(forward)).containsExactlyInAnyOrder("FIELD-7", "=PACK\"1");
        assertThat(forward.path("edges").get(0).path("step").asString()).isEqualTo("加工");
    }

    @Test
    void the_same_chain_comes_as_events_graphs_and_tables() throws Exception {
        String what = "what=FIELD-7&format=";
        JsonNode events = JSON.readTree(file(what + "events", clerk));
        assertThat(events.at("/epcisBody/queryResults/resultsBody/eventList")).hasSize(4);

        Document graph =
                DocumentBuilderFactory.newNSInstance()
                        .newDocumentBuilder()
                        .parse(new ByteArrayInputStream(file(what + "graphml", clerk)));
        assertThat(graph.getElementsByTagNameNS("*", "node").getLength()).isEqualTo(3);
        assertThat(graph.getElementsByTagNameNS("*", "edge").getLength()).isEqualTo(2);
        Element edge = (Element) graph.getElementsByTagNameNS("*", "edge").item(0);
        assertThat(edge.getAttribute("source")).isNotEqualTo(edge.getAttribute("target"));

        String dot = new String(file(what + "dot", clerk), StandardCharsets.UTF_8);
        assertThat(dot).startsWith("digraph").contains("=PACK\\\"1").contains(" -> ");

        String lots = new String(file(what + "csv", clerk), StandardCharsets.UTF_8);
        assertThat(lots.lines()).hasSize(4);
        assertThat(lots).contains("\"'=PACK\"\"1\"");
    }

    @Test
    void key_data_elements_name_the_critical_tracking_events_and_what_they_rest_on()
            throws Exception {
        String table =
                new String(
                        file("what=FIELD-7&format=csv&table=fsma204", clerk),
                        StandardCharsets.UTF_8);
        List<String> rows = table.lines().skip(1).toList();
        assertThat(rows)
                .anyMatch(r -> r.startsWith("Harvesting,1.1325(a),FIELD-7,09521234543213,"))
                .anyMatch(
                        r ->
                                r.startsWith("Initial packing,1.1330,")
                                        && r.contains("FIELD-7: 500 kg")
                                        && r.contains("GLN 9521321000012"))
                .anyMatch(
                        r ->
                                r.startsWith("Shipping,1.1340,")
                                        && r.contains("desadv urn:epcglobal:cbv:bt:")
                                        && r.contains("GLN 9521321000029"));
        assertThat(unzipped(file("what=FIELD-7&format=xlsx&table=fsma204", clerk)))
                .anyMatch(text -> text.contains("Traceability lot code"));
        assertThat(
                        new String(
                                file("what=FIELD-7&format=csv&table=nyt4712", clerk),
                                StandardCharsets.UTF_8))
                .contains("采收,2025-06-10")
                .contains("包装,2025-06-11");
    }

    @Test
    void what_is_told_of_a_crate_counts_for_what_it_carries_then() throws Exception {
        String crate = "https://id.gs1.org/8003/09521234543213C" + 1;
        String first = "https://id.gs1.org/01/09521234543213/10/CRATED-1";
        String second = "https://id.gs1.org/01/09521234543213/10/CRATED-2";
        // told out of order, and one of them wrongly
        capture(
                clerk,
                document(
                        told("seen-empty", 18, "storing", "OBSERVE", crate),
                        put("in-2", 19, "ADD", crate, second, 20),
                        told("ship-2", 20, "shipping", "OBSERVE", crate),
                        put("out-1", 17, "DELETE", crate, first, 30),
                        told("ship-1", 15, "shipping", "OBSERVE", crate),
                        put("in-1", 14, "ADD", crate, first, 30)));
        assertThat(stepsOf(first))
                .anyMatch(r -> r.startsWith("Shipping,") && r.contains(",15:"))
                .noneMatch(r -> r.contains(",20:"))
                .noneMatch(r -> r.contains(",18:"));
        assertThat(stepsOf(first))
                .filteredOn(r -> r.startsWith("Shipping,"))
                .singleElement()
                .asString()
                .contains(",30,kg,", "container " + crate);
        assertThat(stepsOf(second))
                .filteredOn(r -> r.startsWith("Shipping,"))
                .singleElement()
                .asString()
                .contains(",20,kg,");
        assertThat(numbers(trace("what=" + encode(crate) + "&direction=back")))
                .contains("CRATED-1", "CRATED-2");
        assertThat(
                        numbers(
                                trace(
                                        "what="
                                                + encode(crate)
                                                + "&direction=back&from=2025-06-20&until=2025-06-20")))
                .contains("CRATED-2")
                .doesNotContain("CRATED-1");
        assertThat(
                        numbers(
                                trace(
                                        "place=9521321000036&first=2025-06-15&last=2025-06-15&direction=back")))
                .contains("CRATED-1")
                .doesNotContain("CRATED-2");
        assertThat(
                        get(
                                        "/api/v1/traces?place=9521321000036&first=2025-07-15&last=2025-07-15",
                                        clerk)
                                .statusCode())
                .isEqualTo(404);
        assertThat(
                        get("/api/v1/traces?what=x&from=2025-07-15&until=2025-07-14", clerk)
                                .statusCode())
                .isEqualTo(422);
    }

    @Test
    void the_rest_of_a_lot_goes_on_with_its_pallet_when_a_part_is_taken_off() throws Exception {
        String pallet = "https://id.gs1.org/00/095214567890123471";
        String lot = "https://id.gs1.org/01/09521234543213/10/PARTED";
        String truck = "https://id.gs1.org/8004/9521234TRUCK-2";
        capture(
                clerk,
                document(
                        put("part-in", 11, "ADD", pallet, lot, 48),
                        put("part-off", 13, "DELETE", pallet, lot, 12),
                        loaded("part-on", 15, "ADD", truck, pallet)));
        assertThat(numbers(trace("what=" + encode(lot) + "&direction=forward")))
                .contains("9521234TRUCK-2");
        assertThat(numbers(trace("what=" + encode(truck) + "&direction=back"))).contains("PARTED");

        capture(clerk, document(put("part-rest", 14, "DELETE", pallet, lot, 36)));
        assertThat(numbers(trace("what=" + encode(lot) + "&direction=forward")))
                .doesNotContain("9521234TRUCK-2");

        String more = put("part-more", 12, "ADD", pallet, lot, 5);
        capture(clerk, document(more));
        assertThat(numbers(trace("what=" + encode(lot) + "&direction=forward")))
                .contains("9521234TRUCK-2");
        capture(
                clerk,
                document(
                        more.replace(
                                "\"action\"",
                                "\"errorDeclaration\":{\"declarationTime\":\"2025-06-20T08:00:00+08:00\"},"
                                        + "\"action\"")));
        assertThat(numbers(trace("what=" + encode(lot) + "&direction=forward")))
                .doesNotContain("9521234TRUCK-2");
    }

    private static String loaded(String id, int day, String action, String parent, String child) {
        return """
        {"type":"AggregationEvent","eventID":"urn:uuid:crate-%s",
         "eventTime":"2025-06-%dT%d:00:00+08:00","eventTimeZoneOffset":"+08:00","action":"%s",
         "parentID":"%s","childEPCs":["%s"]}
        """
                .formatted(id, day, day, action, parent, child);
    }

    private List<String> stepsOf(String lot) throws Exception {
        return new String(
                        file("what=" + encode(lot) + "&format=csv&table=fsma204", clerk),
                        StandardCharsets.UTF_8)
                .lines()
                .skip(1)
                .toList();
    }

    private static String told(String id, int day, String step, String action, String thing) {
        return """
        {"type":"ObjectEvent","eventID":"urn:uuid:crate-%s","eventTime":"2025-06-%dT%d:00:00+08:00",
         "eventTimeZoneOffset":"+08:00","action":"%s","bizStep":"%s","epcList":["%s"],
         "readPoint":{"id":"https://id.gs1.org/414/9521321000036"}}
        """
                .formatted(id, day, day, action, step, thing);
    }

    private static String put(
            String id, int day, String action, String parent, String lot, int kilograms) {
        return """
        {"type":"AggregationEvent","eventID":"urn:uuid:crate-%s",
         "eventTime":"2025-06-%dT%d:00:00+08:00","eventTimeZoneOffset":"+08:00","action":"%s",
         "parentID":"%s","childQuantityList":[{"epcClass":"%s","quantity":%d,"uom":"KGM"}]}
        """
                .formatted(id, day, day, action, parent, lot, kilograms);
    }

    @Test
    void what_does_not_balance_is_settled_by_late_news_and_unsettled_by_what_is_declared_wrong()
            throws Exception {
        String fruit = "https://id.gs1.org/01/09521234543213/10/LATE-1";
        String jam = "https://id.gs1.org/01/09521987654327/10/LATE-2";
        String cooked =
                """
                {"type":"TransformationEvent","eventID":"urn:uuid:late-cooked",
                 "eventTime":"2025-06-12T08:00:00+08:00","eventTimeZoneOffset":"+08:00",
                 "inputQuantityList":[{"epcClass":"%s","quantity":90,"uom":"KGM"}],
                 "outputQuantityList":[{"epcClass":"%s","quantity":80,"uom":"KGM"}]}
                """
                        .formatted(fruit, jam);
        capture(clerk, document(cooked));
        assertThat(state(jam, "late-cooked"))
                .isEqualTo("UNBALANCED no event says where it came from");
        assertThat(page(jam)).contains("数量不平：没有事件说明来源");

        String grown = made("late-grown", fruit, 60, "");
        capture(clerk, document(grown));
        assertThat(state(jam, "late-cooked")).isEqualTo("UNBALANCED 90 kg used, 60 kg made");

        String wrong = "\"errorDeclaration\":{\"declarationTime\":\"2025-06-13T08:00:00+08:00\"},";
        capture(clerk, document(made("late-grown", fruit, 60, wrong)));
        assertThat(state(jam, "late-cooked")).startsWith("UNBALANCED no event");
        assertThat(state(fruit, "late-grown")).isEqualTo("DECLARED_WRONG");

        capture(clerk, document(made("late-grown-2", fruit, 90, "")));
        assertThat(state(jam, "late-cooked")).isEqualTo("SETTLED");
        assertThat(page(jam)).contains("到达时不平，后来补齐").doesNotContain("数量不平：");

        capture(clerk, document(made("late-grown-3", fruit, 5, "")));
        assertThat(state(fruit, "late-grown-2")).isEqualTo("UNBALANCED made 2 times");
        capture(clerk, document(made("late-grown-3", fruit, 5, wrong)));
        assertThat(state(fruit, "late-grown-2")).isEqualTo("BALANCED");

        capture(clerk, document(made("late-grown-2", fruit, 90, wrong)));
        assertThat(state(jam, "late-cooked")).startsWith("UNBALANCED no event");
        String heavy = cooked.replace("late-cooked", "late-heavy").replace(":80,", ":95,");
        capture(clerk, document(heavy));
        assertThat(state(jam, "late-heavy"))
                .startsWith("UNBALANCED outputs of 95 kg exceed inputs of 90 kg");
    }

    private static String made(String id, String lot, int kilograms, String more) {
        return """
        {"type":"ObjectEvent","eventID":"urn:uuid:%s","eventTime":"2025-06-10T08:00:00+08:00",
         "eventTimeZoneOffset":"+08:00",%s"action":"ADD","bizStep":"commissioning",
         "quantityList":[{"epcClass":"%s","quantity":%d,"uom":"KGM"}]}
        """
                .formatted(id, more, lot, kilograms);
    }

    private String state(String lot, String event) throws Exception {
        for (JsonNode step : trace("what=" + encode(lot) + "&steps=true").path("steps")) {
            if (step.path("event").asString().equals("urn:uuid:" + event)) {
                StringBuilder told = new StringBuilder(step.path("state").asString());
                step.path("doubts").forEach(d -> told.append(' ').append(d.asString()));
                return told.toString();
            }
        }
        throw new AssertionError("no step of " + event);
    }

    private String page(String lot) throws Exception {
        HttpResponse<String> page = get("/trace?what=" + encode(lot), clerk, "Accept", "text/html");
        assertThat(page.statusCode()).isEqualTo(200);
        return page.body();
    }

    @Test
    void a_question_that_cannot_be_answered_says_how_to_ask() throws Exception {
        assertThat(get("/api/v1/traces", clerk).statusCode()).isEqualTo(422);
        assertThat(get("/api/v1/traces?what=FIELD-7&format=doc", clerk).body()).contains("graphml");
        assertThat(get("/api/v1/traces?what=FIELD-7&direction=up", clerk).statusCode())
                .isEqualTo(422);
        assertThat(get("/api/v1/traces?what=FIELD-7&depth=0", clerk).statusCode()).isEqualTo(422);
        assertThat(get("/api/v1/traces?maker=x&first=2025-13-01&last=2025-06-01", clerk).body())
                .contains("2025-06-11");
        assertThat(get("/api/v1/traces?what=NOTHING", clerk).statusCode()).isEqualTo(404);
    }

    @Test
    void what_a_party_did_not_hand_in_or_take_part_in_is_not_there_for_it() throws Exception {
        assertThat(get("/api/v1/traces?what=FIELD-7", clerk()).statusCode()).isEqualTo(404);
        assertThat(get("/api/v1/traces?what=FIELD-7", "").statusCode()).isEqualTo(401);
        String laboratory = key(Role.LABORATORY, java.util.UUID.randomUUID(), Set.of());
        assertThat(get("/api/v1/traces?what=FIELD-7", laboratory).statusCode()).isEqualTo(403);
    }

    private JsonNode trace(String query) throws Exception {
        HttpResponse<String> answer = get("/api/v1/traces?" + query, clerk);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private static List<String> numbers(JsonNode trace) {
        List<String> numbers = new ArrayList<>();
        trace.path("lots").forEach(lot -> numbers.add(lot.path("number").asString()));
        return numbers;
    }

    private byte[] file(String query, String key) throws Exception {
        HttpResponse<byte[]> answer =
                http.send(
                        HttpRequest.newBuilder(
                                        URI.create(
                                                "http://localhost:"
                                                        + port
                                                        + "/api/v1/traces?"
                                                        + query))
                                .header("Authorization", "Bearer " + key)
                                .build(),
                        BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Disposition").orElse(""))
                .contains("attachment");
        return answer.body();
    }

    private static List<String> unzipped(byte[] book) throws Exception {
        List<String> parts = new ArrayList<>();
        Path file = Files.createTempFile("trace", ".xlsx");
        Files.write(file, book);
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry part : Collections.list(zip.entries())) {
                parts.add(
                        new String(
                                zip.getInputStream(part).readAllBytes(), StandardCharsets.UTF_8));
            }
        } finally {
            Files.delete(file);
        }
        return parts;
    }
}
