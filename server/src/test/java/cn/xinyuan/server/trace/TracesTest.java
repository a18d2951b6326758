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
