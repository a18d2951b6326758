package cn.xinyuan.server.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Every parameter of the simple event query (EPCIS 2.0, 8.2.7.1) finds what it names. */
class EpcisQueryParametersTest extends EpcisHttp {

    private String clerk = "";

    @BeforeAll
    void events() throws Exception {
        clerk = clerk();
        capture(
                clerk,
                document(
                        event(
                                "p-urn",
                                "2025-06-01T08:00:00+08:00",
                                """
                                "bizStep":"urn:epcglobal:cbv:bizstep:shipping",
                                "disposition":"in_transit",
                                "persistentDisposition":{"set":["completeness_verified"],
                                  "unset":["completeness_inferred"]},
                                "epcList":["urn:epc:id:sgtin:9521234.000001.S1"],
                                "readPoint":{"id":"urn:epc:id:sgln:9521234.00001.400",
                                  "ex:gate":"north"},
                                "bizLocation":{"id":"urn:epc:id:sgln:9521234.00001.0"},
                                "bizTransactionList":[{"type":"po",
                                  "bizTransaction":"urn:epc:id:gdti:9521234.00001.77"}],
                                "sourceList":[{"type":"owning_party",
                                  "source":"urn:epc:id:pgln:9521234.00001"}],
                                "destinationList":[{"type":"possessing_party",
                                  "destination":"urn:epc:id:pgln:9521234.00002"}],
                                "ex:count":"20","ex:when":"2025-06-01T00:00:00Z",
                                "ex:colour":"red",
                                "ex:box":{"ex:side":{"ex:length":30}},
                                """),
                        event(
                                "p-link",
                                "2025-06-02T08:00:00+08:00",
                                """
                                "bizStep":"receiving",
                                "epcList":["https://id.gs1.org/01/09521234000013/21/S2"],
                                "readPoint":{"id":"https://id.gs1.org/414/9521234000013"},
                                "quantityList":[{"epcClass":
                                  "https://id.gs1.org/01/09521234000013/10/L1",
                                  "quantity":2.5,"uom":"TNE"}],
                                "ex:count":30,"ex:colour":"blue",
                                "ilmd":{"cbvmda:lotNumber":"L1","ex:sugar":17.5,
                                  "ex:tree":{"ex:age":80}},
                                """),
                        """
                        {"type":"AggregationEvent","eventID":"urn:uuid:p-agg",
                         "eventTime":"2025-06-03T08:00:00+08:00","eventTimeZoneOffset":"+08:00",
                         "action":"ADD","parentID":"urn:epc:id:sscc:9521234.0000000001",
                         "childEPCs":["urn:epc:id:sgtin:9521234.000002.S9"]}
                        """,
                        """
                        {"type":"TransformationEvent","eventID":"urn:uuid:p-trans",
                         "eventTime":"2025-06-04T08:00:00+08:00","eventTimeZoneOffset":"+08:00",
                         "transformationID":"urn:uuid:transformation-1",
                         "inputEPCList":["urn:epc:id:sgtin:9521234.000003.IN"],
                         "outputEPCList":["urn:epc:id:sgtin:9521234.000003.OUT"],
                         "inputQuantityList":[{"epcClass":"urn:epc:class:lgtin:9521234.000004.IN",
                           "quantity":10,"uom":"KGM"}],
                         "outputQuantityList":[{"epcClass":
                           "urn:epc:class:lgtin:9521234.000004.OUT","quantity":9,"uom":"KGM"}]}
                        """,
                        event(
                                "p-sensor",
                                "2025-06-05T08:00:00+08:00",
                                """
                                "sensorElementList":[{"sensorMetadata":{
                                  "time":"2025-06-05T00:00:00Z",
                                  "startTime":"2025-06-04T00:00:00Z",
                                  "endTime":"2025-06-05T00:00:00Z",
                                  "deviceID":"urn:epc:id:giai:9521234.111",
                                  "deviceMetadata":"https://example.org/device/1",
                                  "rawData":"https://example.org/raw/1",
                                  "bizRules":"https://example.org/rules/1",
                                  "dataProcessingMethod":"https://example.org/method/1",
                                  "ex:shelf":"top"},
                                 "sensorReport":[{"type":"Temperature","value":4.5,"uom":"CEL",
                                   "minValue":3,"maxValue":6,"meanValue":4.4,"sDev":0.1,
                                   "percRank":50,"percValue":4.6,"ex:probe":7},
                                  {"type":"gs1:Luminance","stringValue":"bright, dim",
                                   "booleanValue":true,"hexBinaryValue":"F0F0",
                                   "uriValue":"https://example.org/value/1",
                                   "microorganism":"https://example.org/microbe/1",
                                   "chemicalSubstance":"https://example.org/substance/1"}],
                                 "ex:element":"cold"}],
                                "epcList":["urn:epc:id:sgtin:9521234.000005.S5"],
                                """),
                        event(
                                "p-urn",
                                "2025-06-01T08:00:00+08:00",
                                """
                                "errorDeclaration":{"declarationTime":"2025-06-06T00:00:00Z",
                                  "reason":"incorrect_data","correctiveEventIDs":["urn:uuid:p-link"],
                                  "ex:who":"clerk"},
                                "epcList":["urn:epc:id:sgtin:9521234.000001.S1"],
                                """)));
    }

    @Test
    void what_when_and_why() throws Exception {
        all("eventType=AggregationEvent", "p-agg");
        all("eventType=AggregationEvent%7CTransformationEvent", "p-agg", "p-trans");
        all(
                "eventType=AggregationEvent|TransformationEvent".replace("|", "%7C"),
                "p-agg",
                "p-trans");
        all("GE_eventTime=2025-06-04T00:00:00Z", "p-trans", "p-sensor");
        all("LT_eventTime=2025-06-02T00:00:00%2B08:00", "p-urn", "p-urn");
        all("EQ_action=ADD", "p-agg");
        all("EQ_bizStep=shipping", "p-urn");
        all("EQ_bizStep=https://ref.gs1.org/cbv/BizStep-shipping", "p-urn");
        all("EQ_bizStep=shipping,receiving", "p-urn", "p-link");
        all("EQ_disposition=urn:epcglobal:cbv:disp:in_transit", "p-urn");
        all("EQ_persistentDisposition_set=completeness_verified", "p-urn");
        all("EQ_persistentDisposition_unset=completeness_inferred", "p-urn");
        all("EQ_persistentDisposition_unset=completeness_verified");
        all("EQ_eventID=urn:uuid:p-link", "p-link");
        all("GE_recordTime=2000-01-01T00:00:00Z&EQ_action=ADD", "p-agg");
        all("LT_recordTime=2000-01-01T00:00:00Z");
    }

    @Test
    void places_parties_and_documents_in_either_form() throws Exception {
        all("EQ_readPoint=urn:epc:id:sgln:9521234.00001.400", "p-urn");
        all("EQ_readPoint=https://id.gs1.org/414/9521234000013/254/400", "p-urn");
        all("EQ_readPoint=urn:epc:id:sgln:9521234.00001.0", "p-link");
        all("WD_readPoint=urn:epc:id:sgln:9521234.00001.0", "p-urn", "p-link");
        all("EQ_bizLocation=https://id.gs1.org/414/9521234000013", "p-urn");
        all("WD_bizLocation=https://id.gs1.org/414/9521234000013", "p-urn");
        all("EQ_bizTransaction_po=https://id.gs1.org/253/952123400001377", "p-urn");
        all("EQ_bizTransaction_desadv=https://id.gs1.org/253/952123400001377");
        all("EQ_source_owning_party=https://id.gs1.org/417/9521234000013", "p-urn");
        all("EQ_source_possessing_party=https://id.gs1.org/417/9521234000013");
        all(
                "EQ_destination_"
                        + encode("https://ref.gs1.org/cbv/SDT-possessing_party")
                        + "=urn:epc:id:pgln:9521234.00002",
                "p-urn");
        all("EQ_transformationID=urn:uuid:transformation-1", "p-trans");
    }

    @Test
    void things_and_lots_by_name_and_by_pattern() throws Exception {
        all("MATCH_epc=https://id.gs1.org/01/09521234000013/21/S1", "p-urn", "p-urn");
        all("MATCH_epc=urn:epc:id:sgtin:9521234.000001.S2", "p-link");
        all("MATCH_epc=urn:epc:idpat:sgtin:9521234.000001.*", "p-urn", "p-link", "p-urn");
        all(
                "MATCH_epc=urn:epc:idpat:sgtin:9521234.*.*",
                "p-urn",
                "p-link",
                "p-agg",
                "p-sensor",
                "p-urn");
        all("MATCH_epc=urn:epc:idpat:sgtin:9521235.*.*");
        all("MATCH_parentID=https://id.gs1.org/00/095212340000000013", "p-agg");
        all("MATCH_parentID=urn:epc:idpat:sscc:9521234.*", "p-agg");
        all("MATCH_inputEPC=urn:epc:id:sgtin:9521234.000003.IN", "p-trans");
        all("MATCH_inputEPC=urn:epc:id:sgtin:9521234.000003.OUT");
        all("MATCH_outputEPC=urn:epc:id:sgtin:9521234.000003.OUT", "p-trans");
        all(
                "MATCH_anyEPC=urn:epc:id:sscc:9521234.0000000001%7C"
                        + "urn:epc:id:sgtin:9521234.000003.IN",
                "p-agg", "p-trans");
        all("MATCH_epcClass=urn:epc:class:lgtin:9521234.000001.L1", "p-link");
        all("MATCH_epcClass=urn:epc:idpat:lgtin:9521234.000001.*", "p-link");
        all("MATCH_inputEPCClass=https://id.gs1.org/01/09521234000044/10/IN", "p-trans");
        all("MATCH_outputEPCClass=https://id.gs1.org/01/09521234000044/10/IN");
        all("MATCH_anyEPCClass=https://id.gs1.org/01/09521234000044/10/OUT", "p-trans");
        refused("MATCH_epc=urn:epc:idpat:sgtin:9521234.0000*.S1", "QueryParameterException");
    }

    @Test
    void amounts_in_any_unit() throws Exception {
        all("EQ_quantity=2.5", "p-link");
        all("GE_quantity_KGM=10", "p-link", "p-trans");
        all("GT_quantity_KGM=10", "p-link");
        all("EQ_quantity_KGM=2500", "p-link");
        all("LT_quantity_GRM=9500", "p-trans");
        all("LE_quantity_GRM=9000", "p-trans");
        all("LE_quantity_GRM=8999");
        all("GE_quantity_LTR=1");
        refused("GE_quantity=many", "QueryParameterException");
    }

    @Test
    void fields_of_ones_own_are_asked_for_by_namespace() throws Exception {
        own("EQ_ex:colour=red", "p-urn");
        own("EQ_ex:colour=red|blue".replace("|", "%7C"), "p-urn", "p-link");
        all("EQ_" + encode("https://ns.example.org/epcis/colour") + "=blue", "p-link");
        own("GT_ex:count=20", "p-link");
        own("GE_ex:count=20", "p-urn", "p-link");
        own("EQ_ex:count=30.0", "p-link");
        own("LE_ex:when=2025-06-01T08:00:00%2B08:00", "p-urn");
        own("LT_ex:when=2025-06-01T08:00:00%2B08:00");
        own("EXISTS_ex:when=true", "p-urn");
        own("EXISTS_ex:side");
        own("EXISTS_INNER_ex:side", "p-urn");
        own("EQ_INNER_ex:length=30", "p-urn");
        own("GT_INNER_ex:length=30");
        own("EQ_ILMD_ex:sugar=17.5", "p-link");
        own("LT_ILMD_ex:sugar=17");
        own("EXISTS_ILMD_cbvmda:lotNumber", "p-link");
        own("EQ_INNER_ILMD_ex:age=80", "p-link");
        own("EXISTS_INNER_ILMD_ex:age", "p-link");
        own("EQ_readPoint_ex:gate=north", "p-urn");
        own("EQ_ERROR_DECLARATION_ex:who=clerk", "p-urn");
        own("EQ_SENSORELEMENT_ex:element=cold", "p-sensor");
        own("EQ_SENSORMETADATA_ex:shelf=top", "p-sensor");
        own("GE_SENSORREPORT_ex:probe=7", "p-sensor");
        own("GT_SENSORREPORT_ex:probe=7");
        own("EXISTS_SENSORREPORT_ex:probe", "p-sensor");
        assertThat(get("/epcis/events?EQ_zz:colour=red", clerk).body())
                .contains("GS1-Extensions: zz=namespace");
    }

    @Test
    void errors_declared() throws Exception {
        all("EXISTS_errorDeclaration=true", "p-urn");
        assertThat(found("/epcis/events?EXISTS_errorDeclaration=false", clerk)).hasSize(6);
        all("GE_errorDeclarationTime=2025-06-06T00:00:00Z", "p-urn");
        all("LT_errorDeclarationTime=2025-06-06T00:00:00Z");
        all("EQ_errorReason=incorrect_data", "p-urn");
        all("EQ_errorReason=did_not_occur");
        all("EQ_correctiveEventID=urn:uuid:p-link", "p-urn");
    }

    @Test
    void sensors() throws Exception {
        for (String asked :
                List.of(
                        "EXISTS_sensorElementList",
                        "EQ_type=Temperature",
                        "EQ_type=Luminance",
                        "EQ_type=https://gs1.org/voc/Temperature",
                        "EQ_deviceID=https://id.gs1.org/8004/9521234111",
                        "EQ_deviceMetadata=https://example.org/device/1",
                        "EQ_rawData=https://example.org/raw/1",
                        "EQ_dataProcessingMethod=https://example.org/method/1",
                        "EQ_bizRules=https://example.org/rules/1",
                        "EQ_microorganism=https://example.org/microbe/1",
                        "EQ_chemicalSubstance=https://example.org/substance/1",
                        "EQ_stringValue=bright,%20dim",
                        "EQ_booleanValue=true",
                        "EQ_hexBinaryValue=f0f0",
                        "EQ_uriValue=https://example.org/value/1",
                        "EQ_value_CEL=4.5",
                        "EQ_value_KEL=277.65",
                        "GE_value_KEL=277.65",
                        "LT_value_FAH=40.2",
                        "GT_minValue_CEL=2",
                        "LE_maxValue_CEL=6",
                        "LT_meanValue_CEL=4.5",
                        "LE_sDev_KEL=0.1",
                        "GE_percRank=50",
                        "LE_percValue_CEL=4.6",
                        "GE_time=2025-06-05T00:00:00Z",
                        "GE_startTime=2025-06-04T00:00:00Z",
                        "LT_endTime=2025-06-05T00:00:01Z")) {
            all(asked, "p-sensor");
        }
        for (String asked :
                List.of(
                        "GT_value_KEL=277.65",
                        "EQ_value_KEL=4.5",
                        "GE_value_CEL=200",
                        "LT_time=2025-06-05T00:00:00Z",
                        "EQ_booleanValue=false",
                        "GT_percRank=50",
                        "EQ_type=Humidity")) {
            all(asked);
        }
    }

    @Test
    void master_data_say_what_lies_where_and_what_it_is() throws Exception {
        String herself = clerk();
        capture(
                herself,
                """
                {"@context":["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"],
                 "type":"EPCISDocument","schemaVersion":"2.0",
                 "creationDate":"2025-06-11T08:00:00Z",
                 "epcisHeader":{"epcisMasterData":{"vocabularyList":[{
                   "type":"urn:epcglobal:epcis:vtype:BusinessLocation",
                   "vocabularyElementList":[
                    {"id":"urn:epc:id:sgln:9521234.00100.0",
                     "attributes":[{"id":"cbvmda:city","attribute":"Maoming"}],
                     "children":["urn:epc:id:sgln:9521234.00101.0"]},
                    {"id":"https://id.gs1.org/414/9521234001010",
                     "children":["https://example.org/hall/7"]}]}]}},
                 "epcisBody":{"eventList":[%s,%s]}}
                """
                        .formatted(
                                event(
                                        "m-hall",
                                        "2025-06-01T08:00:00+08:00",
                                        "\"epcList\":[\"urn:x:1\"],\"bizLocation\":"
                                                + "{\"id\":\"https://example.org/hall/7\"},"),
                                event(
                                        "m-site",
                                        "2025-06-01T08:00:00+08:00",
                                        "\"epcList\":[\"urn:x:2\"],\"bizLocation\":{\"id\":"
                                                + "\"https://id.gs1.org/414/9521234001003\"},")));
        assertThat(found("/epcis/events?WD_bizLocation=urn:epc:id:sgln:9521234.00100.0", herself))
                .containsExactly("m-hall", "m-site");
        assertThat(found("/epcis/events?EQ_bizLocation=urn:epc:id:sgln:9521234.00100.0", herself))
                .containsExactly("m-site");
        assertThat(found("/epcis/events?HASATTR_bizLocation=cbvmda:city", herself))
                .containsExactly("m-site");
        assertThat(found("/epcis/events?HASATTR_bizLocation=cbvmda:postalCode", herself)).isEmpty();
        assertThat(found("/epcis/events?EQATTR_bizLocation_cbvmda:city=Maoming", herself))
                .containsExactly("m-site");
        assertThat(found("/epcis/events?EQATTR_bizLocation_cbvmda:city=Shenzhen", herself))
                .isEmpty();
    }

    @Test
    void answers_come_in_order_and_in_number() throws Exception {
        assertThat(found("/epcis/events?orderBy=eventTime&perPage=2&EQ_action=OBSERVE", clerk))
                .containsExactly("p-sensor", "p-link", "p-urn", "p-urn");
        assertThat(
                        found(
                                "/epcis/events?orderBy=eventTime&orderDirection=ASC&perPage=1"
                                        + "&EQ_action=OBSERVE",
                                clerk))
                .containsExactly("p-urn", "p-urn", "p-link", "p-sensor");
        assertThat(found("/epcis/events?orderBy=recordTime&perPage=2", clerk)).hasSize(6);
        assertThat(
                        found(
                                        "/epcis/events?orderBy=ex:count&orderDirection=ASC&perPage=1",
                                        clerk,
                                        "GS1-Extensions",
                                        "ex=https://ns.example.org/epcis/")
                                .subList(0, 2))
                .containsExactly("p-urn", "p-link");
        assertThat(found("/epcis/events?orderBy=eventTime&eventCountLimit=3&perPage=2", clerk))
                .containsExactly("p-sensor", "p-trans", "p-agg");
        assertThat(found("/epcis/events?maxEventCount=6", clerk)).hasSize(6);
        HttpResponse<String> large = get("/epcis/events?maxEventCount=5", clerk);
        assertThat(large.statusCode()).isEqualTo(413);
        assertThat(large.body()).contains("epcisException:QueryTooLargeException");
        refused("eventCountLimit=3", "QueryParameterException");
        refused("eventCountLimit=3&maxEventCount=3&orderBy=eventTime", "QueryParameterException");
        refused("orderBy=eventTime&orderDirection=UP", "QueryParameterException");
        refused("EQ_action=CREATE", "QueryParameterException");
        refused("EQ_nonsense=1", "QueryParameterException");
        refused("GE_eventTime=yesterday", "QueryParameterException");
    }

    @Test
    void every_reference_event_is_found_by_everything_that_stands_in_it() throws Exception {
        Path folder = vectors().resolve("JSON");
        String reader = clerk();
        int events = 0;
        int asked = 0;
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".jsonld")).sorted().toList()) {
                JsonNode root = JSON.readTree(Files.readString(file));
                if (!root.path("type").asString("").equals("EPCISDocument")) {
                    continue;
                }
                HttpResponse<String> taken = post("/epcis/capture", reader, Files.readString(file));
                if (taken.statusCode() != 202
                        || !get(header(taken, "Location"), reader)
                                .body()
                                .contains("\"success\":true")) {
                    continue;
                }
                for (JsonNode event : root.at("/epcisBody/eventList")) {
                    events++;
                    asked += asksForAll(event, reader);
                }
            }
        }
        assertThat(events).isGreaterThan(30);
        assertThat(asked).isGreaterThan(200);
    }

    private int asksForAll(JsonNode event, String reader) throws Exception {
        var asked = new TreeSet<String>();
        for (String plain : List.of("bizStep", "disposition", "action")) {
            if (event.path(plain).isString()) {
                asked.add("EQ_" + plain + "=" + encode(event.path(plain).asString()));
            }
        }
        asked.add("eventType=" + event.path("type").asString());
        asked.add("GE_eventTime=" + encode(event.path("eventTime").asString()));
        for (String place : List.of("readPoint", "bizLocation")) {
            if (event.path(place).has("id")) {
                asked.add("EQ_" + place + "=" + encode(event.path(place).path("id").asString()));
            }
        }
        for (String list : List.of("epcList", "childEPCs", "inputEPCList", "outputEPCList")) {
            event.path(list).forEach(e -> asked.add("MATCH_anyEPC=" + encode(e.asString())));
        }
        for (String list :
                List.of(
                        "quantityList",
                        "childQuantityList",
                        "inputQuantityList",
                        "outputQuantityList")) {
            event.path(list)
                    .forEach(
                            e ->
                                    asked.add(
                                            "MATCH_anyEPCClass="
                                                    + encode(e.path("epcClass").asString())));
        }
        event.path("bizTransactionList")
                .forEach(
                        e -> {
                            if (e.has("type")) {
                                asked.add(
                                        "EQ_bizTransaction_"
                                                + encode(e.path("type").asString())
                                                + "="
                                                + encode(e.path("bizTransaction").asString()));
                            }
                        });
        for (JsonNode element : event.path("sensorElementList")) {
            for (JsonNode report : element.path("sensorReport")) {
                if (report.has("type") && !report.path("type").asString().contains(":")) {
                    asked.add("EQ_type=" + encode(report.path("type").asString()));
                }
                if (report.has("value") && report.has("uom")) {
                    asked.add(
                            "EQ_value_"
                                    + report.path("uom").asString()
                                    + "="
                                    + report.path("value").decimalValue().toPlainString());
                }
            }
        }
        Instant time = OffsetDateTime.parse(event.path("eventTime").asString()).toInstant();
        for (String each : asked) {
            HttpResponse<String> answer = get("/epcis/events?perPage=500&" + each, reader);
            assertThat(answer.statusCode()).as(each + " " + answer.body()).isEqualTo(200);
            List<Instant> times =
                    JSON.readTree(answer.body())
                            .at("/epcisBody/queryResults/resultsBody/eventList")
                            .valueStream()
                            .map(
                                    e ->
                                            OffsetDateTime.parse(e.path("eventTime").asString())
                                                    .toInstant())
                            .toList();
            assertThat(times).as(each).contains(time);
        }
        return asked.size();
    }

    private void own(String query, String... ids) throws Exception {
        assertThat(
                        found(
                                "/epcis/events?perPage=2&" + query,
                                clerk,
                                "GS1-Extensions",
                                "ex=https://ns.example.org/epcis/"))
                .as(query)
                .containsExactly(ids);
    }

    private void all(String query, String... ids) throws Exception {
        assertThat(found("/epcis/events?perPage=2&" + query, clerk)).as(query).containsExactly(ids);
    }

    private void refused(String query, String type) throws Exception {
        HttpResponse<String> answer = get("/epcis/events?" + query, clerk);
        assertThat(answer.statusCode()).as(query + answer.body()).isEqualTo(400);
        assertThat(answer.body()).contains("epcisException:" + type);
    }
}
