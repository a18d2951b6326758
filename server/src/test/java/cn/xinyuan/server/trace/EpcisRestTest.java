package cn.xinyuan.server.trace;

import static org.assertj.core.api.Assertions.assertThat;

import cn.xinyuan.epcis.EpcisXml;
import cn.xinyuan.server.pages.Role;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Events and what they are about as resources (EPCIS 2.0, 12), over HTTP. */
class EpcisRestTest extends EpcisHttp {

    private static final String HASH_EVENT =
            """
            {"type":"ObjectEvent","eventTime":"2025-06-11T08:00:00+08:00",
             "eventTimeZoneOffset":"+08:00","action":"OBSERVE","epcList":["urn:x:hash-%s"]}
            """;

    private String clerk = "";

    @BeforeAll
    void events() throws Exception {
        clerk = clerk();
        List<String> events = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            events.add(
                    event(
                            "r-" + i,
                            "2025-06-1" + i + "T08:00:00+08:00",
                            """
                            "bizStep":"%s","disposition":"in_progress",
                            "epcList":["urn:epc:id:sgtin:9521234.000001.R%d"],
                            "readPoint":{"id":"urn:epc:id:sgln:9521234.00001.%d"},
                            "bizLocation":{"id":"https://id.gs1.org/414/9521234000020"},
                            """
                                    .formatted(i < 3 ? "shipping" : "ex:blessing", i, i)));
        }
        capture(clerk, document(events.toArray(String[]::new)));
    }

    @Test
    void the_top_level_resources_lead_to_all_others() throws Exception {
        for (String path : List.of("/epcis", "/epcis/")) {
            HttpResponse<String> top = get(path, clerk);
            assertThat(top.statusCode()).isEqualTo(200);
            assertThat(members(top))
                    .containsExactlyInAnyOrder(
                            "queries",
                            "capture",
                            "events",
                            "eventTypes",
                            "epcs",
                            "readPoints",
                            "bizLocations",
                            "dispositions",
                            "bizSteps");
        }
        assertThat(members(get("/epcis/eventTypes", clerk)))
                .contains("ObjectEvent", "AssociationEvent")
                .hasSize(5);
        assertThat(members(get("/epcis/bizSteps", clerk)))
                .containsExactlyInAnyOrder("shipping", "https://ns.example.org/epcis/blessing");
        assertThat(members(get("/epcis/dispositions", clerk))).containsExactly("in_progress");
        assertThat(members(get("/epcis/bizLocations", clerk)))
                .containsExactly("https://id.gs1.org/414/9521234000020");
        assertThat(members(get("/epcis/readPoints", clerk))).hasSize(5);
        assertThat(members(get("/epcis/epcs", clerk)))
                .contains("https://id.gs1.org/01/09521234000013/21/R0")
                .hasSize(5);
        assertThat(members(get("/epcis/epcs", clerk, "GS1-EPC-Format", "Always_EPC_URN")))
                .contains("urn:epc:id:sgtin:9521234.000001.R0");
        assertThat(members(get("/epcis/epcs", clerk()))).isEmpty();
    }

    @Test
    void collections_come_page_by_page() throws Exception {
        List<String> seen = new ArrayList<>();
        String next = "/epcis/epcs?perPage=2";
        int pages = 0;
        while (!next.isEmpty()) {
            HttpResponse<String> page = get(next, clerk);
            assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
            seen.addAll(members(page));
            next = next(page);
            pages++;
        }
        assertThat(pages).isEqualTo(3);
        assertThat(seen).hasSize(5).doesNotHaveDuplicates();
    }

    @Test
    void every_value_leads_to_its_events() throws Exception {
        String epc = encode("urn:epc:id:sgtin:9521234.000001.R1");
        assertThat(members(get("/epcis/epcs/" + epc, clerk))).containsExactly("events");
        assertThat(found("/epcis/epcs/" + epc + "/events", clerk)).containsExactly("r-1");
        assertThat(
                        found(
                                "/epcis/epcs/"
                                        + encode("https://id.gs1.org/01/09521234000013/21/R1")
                                        + "/events",
                                clerk))
                .containsExactly("r-1");
        assertThat(found("/epcis/bizSteps/shipping/events?perPage=2", clerk))
                .containsExactly("r-0", "r-1", "r-2");
        assertThat(
                        found(
                                "/epcis/bizSteps/"
                                        + encode("https://ref.gs1.org/cbv/BizStep-shipping")
                                        + "/events?GE_eventTime=2025-06-12T00:00:00Z",
                                clerk))
                .containsExactly("r-2");
        assertThat(
                        found(
                                "/epcis/bizSteps/"
                                        + encode("https://ns.example.org/epcis/blessing")
                                        + "/events",
                                clerk))
                .containsExactly("r-3", "r-4");
        assertThat(
                        found(
                                "/epcis/readPoints/"
                                        + encode("https://id.gs1.org/414/9521234000013/254/2")
                                        + "/events",
                                clerk))
                .containsExactly("r-2");
        assertThat(
                        found(
                                "/epcis/bizLocations/"
                                        + encode("urn:epc:id:sgln:9521234.00002.0")
                                        + "/events",
                                clerk))
                .hasSize(5);
        assertThat(found("/epcis/dispositions/in_progress/events", clerk)).hasSize(5);
        assertThat(
                        found(
                                "/epcis/eventTypes/ObjectEvent/events?EXISTS_sensorElementList=false"
                                        + "&EQ_disposition=in_progress",
                                clerk))
                .hasSize(5);
        assertThat(found("/epcis/eventTypes/AssociationEvent/events", clerk)).isEmpty();
        for (String nowhere :
                List.of(
                        "/epcis/bizSteps/dancing",
                        "/epcis/eventTypes/DanceEvent/events",
                        "/epcis/epcs/urn:x:nothing",
                        "/epcis/colours")) {
            assertThat(get(nowhere, clerk).statusCode()).as(nowhere).isEqualTo(404);
        }
        assertThat(get("/epcis/epcs/" + epc, clerk()).statusCode()).isEqualTo(404);
    }

    @Test
    void pages_neither_repeat_nor_skip_while_others_capture() throws Exception {
        String herself = clerk();
        List<String> first = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            first.add(
                    event(
                            "c-" + i,
                            "2025-06-15T08:00:0" + i + "+08:00",
                            "\"epcList\":[\"urn:x:c" + i + "\"],"));
        }
        capture(herself, document(first.toArray(String[]::new)));
        List<String> byOrder = new ArrayList<>();
        List<String> byTime = new ArrayList<>();
        String plain = "/epcis/events?perPage=2";
        String sorted = "/epcis/events?perPage=2&orderBy=eventTime&orderDirection=DESC";
        for (int i = 0; i < 3; i++) {
            HttpResponse<String> one = get(plain, herself);
            HttpResponse<String> other = get(sorted, herself);
            events(one).forEach(e -> byOrder.add(shortId(e)));
            events(other).forEach(e -> byTime.add(shortId(e)));
            plain = next(one);
            sorted = next(other);
            capture(
                    herself,
                    document(
                            event(
                                    "late-" + i,
                                    "2025-06-15T09:00:0" + i + "+08:00",
                                    "\"epcList\":[\"urn:x:late" + i + "\"],")));
        }
        assertThat(byOrder).containsExactly("c-0", "c-1", "c-2", "c-3", "c-4", "c-5");
        assertThat(byTime).containsExactly("c-5", "c-4", "c-3", "c-2", "c-1", "c-0");
        assertThat(sorted).isEmpty();
        assertThat(plain).isNotEmpty();
        assertThat(found(plain, herself)).containsExactly("late-0", "late-1", "late-2");
    }

    @Test
    void a_page_token_holds_for_its_question_only_and_says_how_long() throws Exception {
        HttpResponse<String> page = get("/epcis/events?perPage=1", clerk);
        assertThat(header(page, "GS1-Next-Page-Token-Expires")).matches("\\d{4}-.*Z");
        assertThat(header(page, "Link")).endsWith("rel=\"next\"");
        String token = next(page).replaceAll(".*nextPageToken=", "");
        for (String wrong :
                List.of(
                        "/epcis/events?EQ_action=ADD&nextPageToken=" + token,
                        "/epcis/events?nextPageToken=x",
                        "/epcis/events?nextPageToken=" + token.substring(4))) {
            HttpResponse<String> answer = get(wrong, clerk);
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains("epcisException:NextPageTokenException");
        }
        assertThat(get("/epcis/events?perPage=1&nextPageToken=" + token, clerk).statusCode())
                .isEqualTo(200);
        assertThat(send("DELETE", "/epcis/nextPageToken/" + token, clerk, null).statusCode())
                .isEqualTo(204);
        assertThat(get("/epcis/events?perPage=1&nextPageToken=" + token, clerk).body())
                .contains("epcisException:NextPageTokenException");
        assertThat(send("DELETE", "/epcis/nextPageToken/" + token, clerk, null).statusCode())
                .isEqualTo(204);
        assertThat(send("DELETE", "/epcis/nextPageToken/none", clerk, null).statusCode())
                .isEqualTo(400);
    }

    @Test
    void every_resource_says_what_it_can_to_anyone() throws Exception {
        for (String path :
                List.of(
                        "/epcis",
                        "/epcis/events",
                        "/epcis/events/urn:uuid:r-1",
                        "/epcis/eventTypes",
                        "/epcis/bizSteps/shipping",
                        "/epcis/bizSteps/shipping/events",
                        "/epcis/capture",
                        "/epcis/capture/1",
                        "/epcis/queries",
                        "/epcis/queries/q",
                        "/epcis/queries/q/events",
                        "/epcis/queries/q/subscriptions",
                        "/epcis/queries/q/subscriptions/1")) {
            HttpResponse<String> answer = send("OPTIONS", path, "", null);
            assertThat(answer.statusCode()).as(path).isEqualTo(204);
            assertThat(header(answer, "Allow")).as(path).startsWith("OPTIONS, GET");
            for (String name :
                    List.of(
                            "GS1-EPCIS-Version",
                            "GS1-CBV-Version",
                            "GS1-EPCIS-Min",
                            "GS1-EPCIS-Max",
                            "GS1-CBV-Min",
                            "GS1-CBV-Max",
                            "GS1-EPC-Format",
                            "GS1-CBV-XML-Format",
                            "GS1-Extensions",
                            "GS1-Vendor-Version")) {
                assertThat(header(answer, name)).as(path + " " + name).isNotEmpty();
            }
        }
        HttpResponse<String> capture = send("OPTIONS", "/epcis/capture", "", null);
        assertThat(header(capture, "GS1-EPCIS-Capture-File-Size-Limit")).isEqualTo("2147483648");
        assertThat(header(capture, "GS1-Capture-Error-Behaviour")).isEqualTo("all");
        HttpResponse<String> head = send("HEAD", "/epcis/events?perPage=1", clerk, null);
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(header(head, "Link")).contains("next");
    }

    @Test
    void one_event_is_captured_at_once_and_found_under_its_address() throws Exception {
        String herself = clerk();
        String one =
                event("one", "2025-06-11T08:00:00+08:00", "\"epcList\":[\"urn:x:one\"],\"ex:a\":1,")
                        .replaceFirst(
                                "\\{",
                                "{\"@context\":[\"https://ref.gs1.org/standards/epcis/2.0.0/"
                                        + "epcis-context.jsonld\",{\"ex\":\"https://ns.example.org/\"}],");
        HttpResponse<String> made = post("/epcis/events", herself, one);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        String location = header(made, "Location");
        assertThat(location).isEqualTo("/epcis/events/urn%3Auuid%3Aone");
        assertThat(JSON.readTree(made.body()).path("recordTime").asString()).isNotEmpty();
        assertThat(get(location, herself).body()).contains("urn:x:one");

        HttpResponse<String> again = post("/epcis/events", herself, one);
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(again.body()).contains("epcisException:ResourceAlreadyExistsException");
        assertThat(header(again, "Location")).isEqualTo(location);
        HttpResponse<String> other =
                post("/epcis/events", herself, one.replace("urn:x:one", "urn:x:two"));
        assertThat(other.statusCode()).isEqualTo(409);

        HttpResponse<String> hashed =
                post("/epcis/events", herself, HASH_EVENT.formatted(UUID.randomUUID()));
        assertThat(hashed.statusCode()).as(hashed.body()).isEqualTo(201);
        assertThat(header(hashed, "Location")).startsWith("/epcis/events/ni%3A%2F%2F%2Fsha-256%3B");
        HttpResponse<String> byHash = get(header(hashed, "Location"), herself);
        assertThat(byHash.statusCode()).as(byHash.body()).isEqualTo(200);
        assertThat(byHash.body()).contains("urn:x:hash-");

        assertThat(post("/epcis/events", herself, document(one)).statusCode()).isEqualTo(400);
        assertThat(post("/epcis/events", herself, "{\"type\":\"ObjectEvent\"}").body())
                .contains("epcisException:ValidationException", "Nothing was stored");
        assertThat(
                        post("/epcis/events", key(Role.FARMER, UUID.randomUUID(), Set.of()), one)
                                .statusCode())
                .isEqualTo(403);
    }

    @Test
    void versions_and_formats_are_agreed_or_refused() throws Exception {
        assertThat(get("/epcis/events", clerk, "GS1-EPCIS-Version", "2.0.0").statusCode())
                .isEqualTo(200);
        assertThat(get("/epcis/events", clerk, "GS1-EPCIS-Min", "1.2").statusCode()).isEqualTo(200);
        for (String[] wrong :
                new String[][] {
                    {"GS1-EPCIS-Version", "1.2"},
                    {"GS1-EPCIS-Min", "3.0.0"},
                    {"GS1-EPCIS-Max", "1.2"},
                    {"GS1-CBV-Version", "1.2"},
                    {"GS1-CBV-Min", "2.1"},
                    {"GS1-EPC-Format", "Sometimes"},
                    {"GS1-CBV-XML-Format", "Sometimes"},
                    {"Accept", "text/csv"}
                }) {
            HttpResponse<String> answer = get("/epcis/events", clerk, wrong);
            assertThat(answer.statusCode()).as(wrong[0]).isEqualTo(406);
            assertThat(answer.body()).contains("epcisException:NotAcceptableException");
        }
        assertThat(
                        post("/epcis/capture", clerk, document(), "GS1-EPCIS-Version", "1.2")
                                .statusCode())
                .isEqualTo(406);
        String one = "/epcis/events?EQ_eventID=urn:uuid:r-2";
        assertThat(get(one, clerk).body())
                .contains("https://id.gs1.org/01/09521234000013/21/R2")
                .doesNotContain("urn:epc");
        assertThat(get(one, clerk, "GS1-EPC-Format", "Never_Translates").body())
                .contains("urn:epc:id:sgtin:9521234.000001.R2")
                .contains("https://id.gs1.org/414/9521234000020");
        assertThat(get(one, clerk, "GS1-EPC-Format", "Always_EPC_URN").body())
                .contains("urn:epc:id:sgtin:9521234.000001.R2", "urn:epc:id:sgln:9521234.00002.0")
                .doesNotContain("https://id.gs1.org");
        assertThat(header(get(one, clerk, "Accept", "application/ld+json"), "Content-Type"))
                .startsWith("application/ld+json");
        HttpResponse<String> longest = get("/epcis/events?EQ_eventID=" + "x".repeat(25_000), clerk);
        assertThat(longest.statusCode()).isEqualTo(414);
        assertThat(longest.body()).contains("epcisException:URITooLongException");
        HttpResponse<String> stranger = get("/epcis/events", "");
        assertThat(stranger.statusCode()).isEqualTo(401);
        assertThat(stranger.body()).contains("epcisException:SecurityException");
    }

    @Test
    void events_are_answered_as_xml() throws Exception {
        HttpResponse<String> xml =
                get(
                        "/epcis/events?EQ_bizStep=shipping&perPage=2",
                        clerk,
                        "Accept",
                        "application/xml",
                        "GS1-CBV-XML-Format",
                        "Always_URN");
        assertThat(xml.statusCode()).as(xml.body()).isEqualTo(200);
        assertThat(header(xml, "Content-Type")).startsWith("application/xml");
        assertThat(xml.body()).contains("EPCISQueryDocument", "urn:epcglobal:cbv:bizstep:shipping");
        var read = EpcisXml.read(xml.body().getBytes(StandardCharsets.UTF_8));
        assertThat(read.whole()).isTrue();
        assertThat(read.document().events()).hasSize(2);
        assertThat(header(xml, "Link")).contains("next");
        HttpResponse<String> web =
                get(
                        "/epcis/events/urn:uuid:r-0",
                        clerk,
                        "Accept",
                        "application/xml",
                        "GS1-CBV-XML-Format",
                        "Always_Web_URI");
        assertThat(web.body()).contains("https://ref.gs1.org/cbv/BizStep-shipping");
        HttpResponse<String> no =
                get("/epcis/events?EQ_nothing=1", clerk, "Accept", "application/xml");
        assertThat(no.statusCode()).isEqualTo(400);
        assertThat(header(no, "Content-Type")).startsWith("application/problem+xml");
        assertThat(no.body()).contains("epcisException:QueryParameterException");
    }

    @Test
    void the_standards_xml_documents_are_captured_and_come_back_the_same() throws Exception {
        Path folder = vectors().resolve("XML");
        String reader = clerk();
        int captured = 0;
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".xml")).sorted().toList()) {
                String text = Files.readString(file);
                if (!text.contains("EPCISDocument") || !text.contains("EventList")) {
                    continue;
                }
                HttpResponse<String> taken =
                        post("/epcis/capture", reader, text, "Content-Type", "application/xml");
                if (taken.statusCode() == 202) {
                    captured +=
                            JSON.readTree(get(header(taken, "Location"), reader).body())
                                    .path("captured")
                                    .asInt();
                } else {
                    assertThat(taken.statusCode()).as(file + taken.body()).isEqualTo(400);
                    assertThat(taken.body()).contains("epcisException:ValidationException", "fix");
                }
            }
        }
        assertThat(captured).isGreaterThan(20);
        List<String> json = found("/epcis/events?perPage=100", reader);
        assertThat(json).hasSize(captured);
        List<String> xml = new ArrayList<>();
        String next = "/epcis/events?perPage=100";
        while (!next.isEmpty()) {
            HttpResponse<String> page =
                    get(
                            next,
                            reader,
                            "Accept",
                            "application/xml",
                            "GS1-EPC-Format",
                            "Never_Translates");
            assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
            EpcisXml.read(page.body().getBytes(StandardCharsets.UTF_8))
                    .document()
                    .events()
                    .forEach(e -> xml.add(String.valueOf(e.common().eventId())));
            next = next(page);
        }
        assertThat(xml.stream().map(id -> id.replace("urn:uuid:", "")).toList()).isEqualTo(json);
    }

    @Test
    void a_client_says_how_strictly_it_is_judged() throws Exception {
        String herself = clerk();
        String doubtful =
                """
                {"type":"EPCISDocument","epcisBody":{"eventList":[%s]}}
                """
                        .formatted(
                                event(
                                        "strict",
                                        "2025-06-11T08:00:00+08:00",
                                        "\"epcList\":[\"urn:x:strict\"],"));
        HttpResponse<String> strict =
                post("/epcis/capture", herself, doubtful, "Xinyuan-Strictness", "strict");
        assertThat(strict.statusCode()).as(strict.body()).isEqualTo(400);
        assertThat(
                        post("/epcis/capture", herself, doubtful, "Xinyuan-Strictness", "maybe")
                                .statusCode())
                .isEqualTo(406);
        assertThat(
                        post("/epcis/capture", herself, doubtful, "Xinyuan-Strictness", "lenient")
                                .statusCode())
                .isEqualTo(202);
    }

    @Test
    void a_query_document_can_be_captured_too() throws Exception {
        String herself = clerk();
        Path file = vectors().resolve("JSON/EPCISQueryDocument.jsonld");
        HttpResponse<String> taken = post("/epcis/capture", herself, Files.readString(file));
        assertThat(taken.statusCode()).as(taken.body()).isEqualTo(202);
        assertThat(found("/epcis/events", herself)).isNotEmpty();
    }

    private static List<String> members(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode root = JSON.readTree(answer.body());
        assertThat(root.path("type").asString()).isEqualTo("Collection");
        return root.path("member").valueStream().map(JsonNode::asString).toList();
    }
}
