package cn.xinyuan.server.trace;

import static cn.xinyuan.server.trace.Upstream.clerk;
import static org.assertj.core.api.Assertions.assertThat;

import cn.xinyuan.codes.Sscc;
import cn.xinyuan.server.TestDatabase;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.parties.Party;
import cn.xinyuan.server.parties.Plot;
import cn.xinyuan.server.trace.Captures.Outcome;
import cn.xinyuan.server.trace.Genealogy.Direction;
import cn.xinyuan.server.trace.usecase.FollowGoods;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.modulith.test.ApplicationModuleTest;
import org.springframework.modulith.test.ApplicationModuleTest.BootstrapMode;

/**
 * Our goods in crates, cases and pallets: what is told of the container is told of what it holds.
 */
@ApplicationModuleTest(mode = BootstrapMode.ALL_DEPENDENCIES, extraIncludes = "access")
@Import({TestDatabase.class, Upstream.class, OwnGoodsInContainersTest.Boxes.class})
class OwnGoodsInContainersTest {

    private static final String BULK = "https://id.gs1.org/01/09521234000013/10/";

    @Autowired Captures captures;
    @Autowired Lots lots;
    @Autowired Genealogy genealogy;
    @Autowired Verification verification;
    @Autowired FollowGoods follow;
    @Autowired Upstream.Village village;
    @Autowired Upstream.Fields fields;
    @Autowired Upstream.Shop shop;
    @Autowired Boxes boxes;
    @Autowired Aggregations aggregations;
    @Autowired JdbcClient db;

    Party cooperative = new Upstream.Village().cooperative("空");
    Party retailer = cooperative;
    Plot plot = new Upstream.Village().plot(cooperative);
    String tag = "";
    String pallet = "";
    String box = "";

    @BeforeEach
    void two_harvests() {
        cooperative = village.cooperative("根子示例荔枝合作社");
        retailer = village.add("示例超市", Party.Kind.RETAILER, "440300");
        plot = village.plot(cooperative);
        fields.cap(plot.id(), "5000");
        tag = cooperative.gln().substring(9);
        pallet = "urn:example:pallet:" + tag;
        box = "urn:example:case:" + tag;
        assertThat(told(me(), harvest("h1", "A", "600"), harvest("h2", "B", "400")).notes())
                .isEmpty();
    }

    @Test
    void a_pallet_shipped_and_received_by_its_number_moves_the_lots_inside() {
        Outcome sent =
                told(
                        me(),
                        put("c", 1, "ADD", box, kg(lot("A"), "100")),
                        nested("n", 2, "ADD", pallet, box, kg(lot("B"), "50")),
                        shipped("s", 4, pallet, "DN1"));
        assertThat(sent.notes()).isEmpty();
        assertThat(held("A", cooperative)).isEqualByComparingTo("500");
        assertThat(held("B", cooperative)).isEqualByComparingTo("350");
        assertThat(lots.shipmentsTo(retailer.id()))
                .singleElement()
                .satisfies(
                        s -> {
                            assertThat(s.received()).isFalse();
                            assertThat(s.parts()).hasSize(2);
                        });
        assertThat(genealogy.recallScope(id("A")).holdings())
                .anyMatch(h -> h.party().equals(retailer.id()) && h.inTransit());

        assertThat(told(clerk(retailer.id()), arrived("r", 6, pallet)).notes()).isEmpty();
        assertThat(held("A", retailer)).isEqualByComparingTo("100");
        assertThat(held("B", retailer)).isEqualByComparingTo("50");
        assertThat(genealogy.recallScope(id("A")).holdings())
                .anyMatch(h -> h.party().equals(retailer.id()) && !h.inTransit());
        assertThat(follow.follow(me(), pallet, FollowGoods.Reach.all(Direction.BACK)).names())
                .contains(pallet, box, lot("A"), lot("B"));
        assertThat(told(me(), shipped("s", 4, pallet, "DN1")).repeated()).isEqualTo(1);
        assertThat(differences()).isEmpty();
    }

    @Test
    void what_was_taken_out_before_stays_and_what_comes_into_a_crate_later_is_not_in_it_yet() {
        told(
                me(),
                put("c", 1, "ADD", pallet, kg(lot("A"), "100") + "," + kg(lot("B"), "50")),
                put("d", 2, "DELETE", pallet, kg(lot("A"), "100")),
                shipped("s", 4, pallet, "DN2"),
                put("e", 5, "DELETE", pallet, ""),
                put("f", 6, "ADD", pallet, kg(lot("A"), "70")));
        assertThat(held("A", cooperative)).isEqualByComparingTo("600");
        assertThat(held("B", cooperative)).isEqualByComparingTo("350");
        assertThat(follow.follow(me(), pallet, FollowGoods.Reach.all(Direction.BACK)).names())
                .contains(lot("A"), lot("B"));
        assertThat(differences()).isEmpty();
    }

    @Test
    void packing_that_is_told_after_shipping_and_receiving_moves_the_goods_then() {
        told(me(), nested("n", 2, "ADD", pallet, box, ""), shipped("s", 4, pallet, "DN3"));
        told(clerk(retailer.id()), arrived("r", 6, pallet));
        assertThat(lots.shipmentsTo(retailer.id())).isEmpty();
        assertThat(captured()).isEqualTo(3);

        Outcome late = told(me(), put("c", 1, "ADD", box, kg(lot("A"), "100")));
        assertThat(late.notes()).isEmpty();
        assertThat(held("A", cooperative)).isEqualByComparingTo("500");
        assertThat(held("A", retailer)).isEqualByComparingTo("100");

        Outcome more = told(me(), put("m", 3, "ADD", pallet, kg(lot("B"), "20")));
        assertThat(more.notes()).isEmpty();
        assertThat(held("B", retailer)).isEqualByComparingTo("20");
        assertThat(held("A", retailer)).isEqualByComparingTo("100");
        assertThat(lots.shipmentsTo(retailer.id())).hasSize(1);

        Outcome out = told(me(), nested("o", 3, "DELETE", pallet, box, ""));
        assertThat(out.notes()).isEmpty();
        assertThat(held("A", cooperative)).isEqualByComparingTo("600");
        assertThat(held("A", retailer)).isZero();
        assertThat(held("B", retailer)).isEqualByComparingTo("20");
        assertThat(differences()).isEmpty();
    }

    /** The codes on boxes, which a higher room knows. */
    static class Boxes implements LabelledItems {
        private final Map<String, UUID> lots = new ConcurrentHashMap<>();

        @Override
        public Optional<UUID> lotOf(String code) {
            return Optional.ofNullable(lots.get(code));
        }
    }

    @Test
    void boxes_by_their_codes_and_a_lot_by_its_weight_go_on_one_pallet_and_some_come_off() {
        var product = shop.box(cooperative, "2.5");
        String packed = "https://id.gs1.org/01/" + product.gtin() + "/10/P" + tag;
        told(
                me(),
                event("TransformationEvent", "p", "packing", "active", cooperative)
                        + ",\"inputQuantityList\":["
                        + kg(lot("A"), "100")
                        + "],\"outputQuantityList\":["
                        + kg(packed, "100")
                        + ",{\"epcClass\":\""
                        + packed
                        + "\",\"quantity\":40}]}");
        String items = "https://id.gs1.org/01/" + product.gtin() + "/21/";
        List<String> codes = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            String code = "70000000%s000%d".formatted(tag, i).substring(0, 16);
            boxes.lots.put(code, id("P"));
            codes.add(items + code);
        }
        assertThat(codes).doesNotHaveDuplicates();
        Outcome sent =
                told(
                        me(),
                        nested(
                                "c",
                                1,
                                "ADD",
                                pallet,
                                String.join("\",\"", codes),
                                kg(lot("B"), "50")),
                        nested("d", 2, "DELETE", pallet, codes.getFirst(), kg(lot("B"), "20")),
                        shipped("s", 4, pallet, "DN7"));
        assertThat(sent.notes()).isEmpty();
        assertThat(held("P", cooperative)).isEqualByComparingTo("95");
        assertThat(held("B", cooperative)).isEqualByComparingTo("370");
        assertThat(lots.shipmentsTo(retailer.id()))
                .singleElement()
                .satisfies(
                        s ->
                                assertThat(s.parts())
                                        .extracting(p -> p.kilograms().intValue())
                                        .containsExactlyInAnyOrder(5, 30));
        assertThat(differences()).isEmpty();
    }

    @Test
    void a_case_packed_on_the_page_moves_with_its_pallet_too() {
        var product = shop.box(cooperative, "2.5");
        String packed = "https://id.gs1.org/01/" + product.gtin() + "/10/P" + tag;
        told(
                me(),
                event("TransformationEvent", "p", "packing", "active", cooperative)
                        + ",\"inputQuantityList\":["
                        + kg(lot("A"), "100")
                        + "],\"outputQuantityList\":["
                        + kg(packed, "100")
                        + ",{\"epcClass\":\""
                        + packed
                        + "\",\"quantity\":40}]}");
        String sscc = Sscc.withCheckDigit("0952000000000" + tag).digits();
        aggregations.tell(
                me(),
                new Aggregations.Aggregation(
                        cooperative.id(),
                        sscc,
                        true,
                        Map.of(id("P"), 10L),
                        List.of(),
                        Set.of(id("P")),
                        Map.of()));
        String sent =
                shipped("s", 4, "https://id.gs1.org/00/" + sscc, "DN8")
                        .replace("2025-06-11T09:04:00+08:00", "2025-06-11T10:00:00+08:00");
        assertThat(told(me(), sent).notes()).isEmpty();
        assertThat(held("P", cooperative)).isEqualByComparingTo("75");
        assertThat(differences()).isEmpty();
    }

    @Test
    void what_is_declared_wrong_moved_nothing() {
        told(me(), put("c", 1, "ADD", pallet, kg(lot("A"), "100")), shipped("s", 4, pallet, "DN4"));
        assertThat(told(me(), wrong(shipped("s", 4, pallet, "DN4"))).notes()).isEmpty();
        assertThat(held("A", cooperative)).isEqualByComparingTo("600");
        assertThat(lots.shipmentsTo(retailer.id())).isEmpty();

        told(me(), shipped("s2", 5, pallet, "DN4"));
        assertThat(held("A", cooperative)).isEqualByComparingTo("500");
        assertThat(told(me(), wrong(put("c", 1, "ADD", pallet, kg(lot("A"), "100")))).notes())
                .isEmpty();
        assertThat(held("A", cooperative)).isEqualByComparingTo("600");
        assertThat(differences()).isEmpty();
    }

    @Test
    void goods_that_have_gone_on_are_not_taken_back_by_late_news() {
        told(me(), put("c", 1, "ADD", pallet, kg(lot("A"), "100")), shipped("s", 4, pallet, "DN5"));
        told(clerk(retailer.id()), arrived("r", 6, pallet));
        told(clerk(retailer.id()), at(retailer, wasted("w", lot("A"), "100")));
        Outcome late = told(me(), put("d", 3, "DELETE", pallet, ""));
        assertThat(late.success()).isFalse();
        assertThat(late.notes()).singleElement().asString().startsWith("over-balance");
        assertThat(held("A", cooperative)).isEqualByComparingTo("500");
        assertThat(differences()).isEmpty();
    }

    @Test
    void a_stranger_tells_nothing_of_our_containers() {
        told(me(), put("c", 1, "ADD", pallet, kg(lot("A"), "100")));
        Party stranger = village.add("外地公司", Party.Kind.ENTERPRISE, "440300");
        Outcome theirs =
                told(clerk(stranger.id()), at(stranger, put("x", 2, "DELETE", pallet, "")));
        assertThat(theirs.success()).isTrue();
        assertThat(captured()).isEqualTo(1);
        told(me(), shipped("s", 4, pallet, "DN6"));
        assertThat(held("A", cooperative)).isEqualByComparingTo("500");
        refused("how-much", put("y", 5, "ADD", pallet, "{\"epcClass\":\"" + lot("B") + "\"}"));
        assertThat(differences()).isEmpty();
    }

    private BigDecimal held(String lot, Party party) {
        return lots.holdings(id(lot)).stream()
                .filter(h -> h.party().equals(party.id()) && !h.inTransit())
                .map(Lots.Holding::kilograms)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private java.util.UUID id(String lot) {
        return lots.findByNumber(lot + tag).orElseThrow().id();
    }

    private String lot(String lot) {
        return BULK + lot + tag;
    }

    private String put(String id, int minute, String action, String parent, String what) {
        return nested(id, minute, action, parent, "", what);
    }

    private String nested(
            String id, int minute, String action, String parent, String child, String what) {
        return minute(
                minute,
                event("AggregationEvent", id, "packing", "in_progress", cooperative)
                        + ",\"action\":\""
                        + action
                        + "\",\"parentID\":\""
                        + parent
                        + "\""
                        + (child.isEmpty() ? "" : ",\"childEPCs\":[\"" + child + "\"]")
                        + (what.isEmpty() ? "" : ",\"childQuantityList\":[" + what + "]")
                        + "}");
    }

    private String shipped(String id, int minute, String thing, String advice) {
        return minute(
                minute,
                transfer(id, "shipping", "in_transit", retailer, "", advice)
                        .replace("\"quantityList\":[]", "\"epcList\":[\"" + thing + "\"]"));
    }

    private String arrived(String id, int minute, String thing) {
        return minute(
                minute,
                event("ObjectEvent", id, "receiving", "in_progress", retailer)
                        + ",\"action\":\"OBSERVE\",\"epcList\":[\""
                        + thing
                        + "\"]}");
    }

    private static String minute(int minute, String event) {
        return event.replace("T09:00:00", "T09:0" + minute + ":00");
    }

    private long captured() {
        return db.sql(
                        "select count(*) from trace.captured_event where body like '%' || :tag || '%'")
                .param("tag", ":" + tag)
                .query(Long.class)
                .single();
    }

    // ---- the words of a clerk's system

    private Outcome told(Visitor by, String... events) {
        String document =
                """
                {"@context":["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",
                  {"xy":"https://ns.xinyuan.cn/epcis/"}],
                 "type":"EPCISDocument","schemaVersion":"2.0","creationDate":"2025-06-11T08:00:00Z",
                 "epcisBody":{"eventList":[%s]}}
                """
                        .formatted(String.join(",", events));
        return captures.capture(by, document.getBytes(StandardCharsets.UTF_8));
    }

    private void refused(String rule, String event) {
        Outcome outcome = told(me(), event);
        assertThat(outcome.success()).isFalse();
        assertThat(outcome.notes()).singleElement().asString().startsWith(rule + ": ");
    }

    private String harvest(String id, String lot, String kilograms) {
        return event("ObjectEvent", id, "commissioning", "active", cooperative)
                + """
                ,"action":"ADD","quantityList":[%s],"ilmd":{"xy:plot":"%s"}}
                """
                        .formatted(kg(BULK + lot + tag, kilograms), plot.id());
    }

    private String transfer(
            String id, String step, String state, Party to, String what, String advice) {
        return transfer(id, step, state, to, what, advice, cooperative, "");
    }

    private String transfer(
            String id,
            String step,
            String state,
            Party to,
            String what,
            String advice,
            Party from,
            String more) {
        return event("ObjectEvent", id, step, state, from)
                + """
                ,"action":"OBSERVE","quantityList":[%s],"destinationList":[{"type":"owning_party",
                "destination":"https://id.gs1.org/417/%s"}],"bizTransactionList":[{"type":"desadv",
                "bizTransaction":"urn:epcglobal:cbv:bt:%s:%s"}]%s}
                """
                        .formatted(what, to.gln(), cooperative.gln(), advice, more);
    }

    private String wasted(String id, String lot, String kilograms) {
        return event("ObjectEvent", id, "destroying", "destroyed", cooperative)
                + ",\"action\":\"DELETE\",\"quantityList\":["
                + kg(lot, kilograms)
                + "],\"xy:reason\":\"腐烂\"}";
    }

    private String event(String type, String id, String step, String state, Party at) {
        return """
        {"type":"%s","eventID":"urn:example:%s:%s","eventTime":"2025-06-11T09:00:00+08:00",
         "eventTimeZoneOffset":"+08:00","bizStep":"%s","disposition":"%s",
         "readPoint":{"id":"https://id.gs1.org/414/%s/254/7"}
        """
                .formatted(type, tag, id, step, state, at.gln());
    }

    private String at(Party other, String event) {
        return event.replace("/414/" + cooperative.gln(), "/414/" + other.gln());
    }

    private static String wrong(String event) {
        return event.replaceFirst(
                "\"eventTimeZoneOffset\"",
                "\"errorDeclaration\":{\"declarationTime\":\"2025-06-11T09:30:00+08:00\","
                        + "\"reason\":\"incorrect_data\"},\"eventTimeZoneOffset\"");
    }

    private static String kg(String lot, String kilograms) {
        return "{\"epcClass\":\"" + lot + "\",\"quantity\":" + kilograms + ",\"uom\":\"KGM\"}";
    }

    private List<String> differences() {
        var lines = new ArrayList<String>();
        verification.recompute(d -> lines.add(d.toString()));
        return lines;
    }

    private Visitor me() {
        return clerk(cooperative.id());
    }
}
