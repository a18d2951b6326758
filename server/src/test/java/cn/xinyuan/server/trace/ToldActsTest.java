package cn.xinyuan.server.trace;

import static cn.xinyuan.server.trace.Upstream.TODAY;
import static cn.xinyuan.server.trace.Upstream.clerk;
import static org.assertj.core.api.Assertions.assertThat;

import cn.xinyuan.server.TestDatabase;
import cn.xinyuan.server.catalog.Product;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.parties.Party;
import cn.xinyuan.server.parties.Plot;
import cn.xinyuan.server.trace.Captures.Outcome;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.modulith.test.ApplicationModuleTest;
import org.springframework.modulith.test.ApplicationModuleTest.BootstrapMode;

/** A clerk's own system tells of acts on our goods: they become the same commands as on a page. */
@ApplicationModuleTest(mode = BootstrapMode.ALL_DEPENDENCIES, extraIncludes = "access")
@Import({TestDatabase.class, Upstream.class})
class ToldActsTest {

    private static final String BULK = "https://id.gs1.org/01/09521234000013/10/";

    @Autowired Captures captures;
    @Autowired Goods goods;
    @Autowired Lots lots;
    @Autowired Genealogy genealogy;
    @Autowired Verification verification;
    @Autowired Upstream.Village village;
    @Autowired Upstream.Shop shop;
    @Autowired Upstream.Fields fields;
    @Autowired JdbcClient db;

    Party cooperative = new Upstream.Village().cooperative("空");
    Party retailer = cooperative;
    Plot plot = new Upstream.Village().plot(cooperative);
    Product box = new Upstream.Shop().box(cooperative, "2.5");
    String tag = "";

    @BeforeEach
    void a_cooperative_with_a_plot_of_5000_kg() {
        cooperative = village.cooperative("根子示例荔枝合作社");
        retailer = village.add("示例超市", Party.Kind.RETAILER, "440300");
        plot = village.plot(cooperative);
        fields.cap(plot.id(), "5000");
        box = shop.box(cooperative, "2.5");
        tag = cooperative.gln().substring(9);
    }

    @Test
    void a_season_told_by_the_clerks_system_is_booked_like_one_on_the_pages() {
        String packed = "https://id.gs1.org/01/" + box.gtin() + "/10/P" + tag;
        String half = "https://id.gs1.org/01/" + box.gtin() + "/10/Q" + tag;
        Outcome grown =
                told(
                        me(),
                        harvest("h1", "H1", "600"),
                        harvest("h2", "H2", "400.5"),
                        transformation(
                                "m",
                                "commissioning",
                                kg(BULK + "H1" + tag, "600") + "," + kg(BULK + "H2" + tag, "400.5"),
                                kg(BULK + "M" + tag, "1000.5"),
                                ""),
                        transformation(
                                "s",
                                "inspecting",
                                kg(BULK + "M" + tag, "1000.5"),
                                graded(BULK + "S1" + tag, "700", "一级")
                                        + ","
                                        + graded(BULK + "S2" + tag, "250", "二级"),
                                ",\"xy:waste\":\"30\""),
                        transformation(
                                "p",
                                "packing",
                                kg(BULK + "S1" + tag, "700"),
                                kg(packed, "690") + "," + pieces(packed, "276"),
                                ""),
                        transformation(
                                "f",
                                "repackaging",
                                pieces(packed, "100"),
                                kg(half, "250") + "," + pieces(half, "100"),
                                ""));
        assertThat(grown.notes()).isEmpty();
        assertThat(grown.captured()).isEqualTo(6);

        Outcome sold =
                told(
                        me(),
                        transfer(
                                "d",
                                "shipping",
                                "in_transit",
                                retailer,
                                pieces(half, "80"),
                                "DN1"));
        assertThat(sold.notes()).isEmpty();
        Outcome bought =
                told(
                        clerk(retailer.id()),
                        received("r", kg(half, "197.5") + "," + pieces(half, "79"), "DN1"),
                        transfer(
                                "b",
                                "shipping",
                                "returned",
                                cooperative,
                                pieces(half, "4"),
                                "RN1",
                                retailer,
                                ",\"xy:reason\":\"破损\""),
                        observed("o", half));
        assertThat(bought.notes()).isEmpty();
        Outcome wasted = told(me(), wasted("w", BULK + "S2" + tag, "50"));
        assertThat(wasted.notes()).isEmpty();

        Lot pack = lots.findByNumber("P" + tag).orElseThrow();
        assertThat(pack.kind()).isEqualTo(Lot.Kind.PACKED);
        assertThat(pack.product()).isEqualTo(box.id());
        assertThat(pack.packs()).isEqualTo(276);
        Lot shipped = lots.findByNumber("Q" + tag).orElseThrow();
        var balance = lots.balance(shipped.id());
        assertThat(balance.inHand()).isEqualByComparingTo("50");
        assertThat(balance.heldByOthers()).isEqualByComparingTo("187.5");
        assertThat(balance.inTransit()).isEqualByComparingTo("10");
        assertThat(balance.lost()).isEqualByComparingTo("2.5");
        assertThat(lots.allowanceLeft(plot.id(), 2025)).hasValue(figure("3999.500"));
        assertThat(genealogy.plots(shipped.id())).containsExactly(plot.id());
        assertThat(eventsOf("h1")).isEqualTo(1);
        assertThat(foreign()).isZero();
        assertThat(differences()).isEmpty();
    }

    @Test
    void the_same_event_told_again_changes_nothing_and_another_under_its_id_is_refused() {
        told(me(), harvest("h1", "H1", "600"));

        Outcome again = told(me(), harvest("h1", "H1", "600"));
        assertThat(again.repeated()).isEqualTo(1);
        assertThat(again.captured()).isZero();

        Outcome other = told(me(), harvest("h1", "H1", "601"));
        assertThat(other.success()).isFalse();
        assertThat(other.notes()).singleElement().asString().contains("other content");
        assertThat(lots.allowanceLeft(plot.id(), 2025)).hasValue(figure("4400.000"));
    }

    @Test
    void what_the_page_refuses_is_refused_and_nothing_of_the_document_is_kept() {
        Outcome over = told(me(), harvest("h1", "H1", "3000"), harvest("h2", "H2", "2000.001"));
        assertThat(over.success()).isFalse();
        assertThat(over.notes()).singleElement().asString().contains("over-harvest", "2000 kg");
        assertThat(lots.findByNumber("H1" + tag)).isEmpty();
        assertThat(foreign()).isZero();

        told(me(), harvest("h3", "H3", "100"));
        refused(
                "over-balance",
                transfer(
                        "d",
                        "shipping",
                        "in_transit",
                        retailer,
                        kg(BULK + "H3" + tag, "101"),
                        "DN2"));
        refused("not-your-place", at(retailer, wasted("w", BULK + "H3" + tag, "1")));
        refused(
                "no-such-act",
                transformation(
                        "x",
                        "assembling",
                        kg(BULK + "H3" + tag, "1"),
                        kg(BULK + "X" + tag, "1"),
                        ""));
        refused(
                "sorting-without-grade",
                transformation(
                        "x",
                        "inspecting",
                        kg(BULK + "H3" + tag, "1"),
                        kg(BULK + "X" + tag, "1"),
                        ""));
        refused(
                "harvest-without-plot",
                harvest("x", "X", "1").replace("\"xy:plot\"", "\"xy:field\""));
        refused(
                "unknown-lot",
                transfer(
                        "d",
                        "shipping",
                        "in_transit",
                        retailer,
                        kg(BULK + "NO" + tag, "1"),
                        "DN3"));
        assertThat(foreign()).isZero();
        Outcome stranger =
                told(clerk(retailer.id()), at(retailer, wasted("w", BULK + "H3" + tag, "1")));
        assertThat(stranger.success()).isFalse();
        assertThat(differences()).isEmpty();
    }

    @Test
    void late_events_are_normal_and_a_clock_that_runs_ahead_is_not() {
        told(me(), harvest("h2", "H2", "10"));
        String yesterday = harvest("h1", "H1", "20").replace("2025-06-11T09", "2025-06-10T09");
        assertThat(told(me(), yesterday).notes()).isEmpty();
        assertThat(lots.findByNumber("H1" + tag).orElseThrow().day()).isEqualTo(TODAY.minusDays(1));
        refused(
                "event-in-the-future",
                harvest("h3", "H3", "1").replace("2025-06-11T09", "2025-06-11T11"));
        assertThat(differences()).isEmpty();
    }

    @Test
    void an_error_declaration_takes_the_postings_back_visibly() {
        told(me(), harvest("h1", "H1", "600"), harvest("h2", "H2", "50"));
        Lot lot = lots.findByNumber("H1" + tag).orElseThrow();
        long postings = postings();

        Outcome declared = told(me(), wrong(harvest("h1", "H1", "600")));

        assertThat(declared.notes()).isEmpty();
        assertThat(declared.captured()).isEqualTo(1);
        assertThat(lots.allowanceLeft(plot.id(), 2025)).hasValue(figure("4950.000"));
        assertThat(lots.holdings(lot.id())).isEmpty();
        assertThat(lots.balance(lot.id()).made()).isZero();
        assertThat(genealogy.plots(lot.id())).isEmpty();
        assertThat(postings()).isEqualTo(postings + 2);
        assertThat(eventsOf("h1")).isEqualTo(2);
        assertThat(told(me(), wrong(harvest("h1", "H1", "600"))).repeated()).isEqualTo(1);
        assertThat(differences()).isEmpty();

        told(me(), wasted("w", BULK + "H2" + tag, "50"));
        refused("over-balance", wrong(harvest("h2", "H2", "50")));
        told(me(), wrong(wasted("w", BULK + "H2" + tag, "50")));
        assertThat(told(me(), wrong(harvest("h2", "H2", "50"))).notes()).isEmpty();
        assertThat(lots.allowanceLeft(plot.id(), 2025)).hasValue(figure("5000.000"));
        assertThat(differences()).isEmpty();
    }

    @Test
    void a_shipment_declared_wrong_is_on_nobodys_way() {
        told(
                me(),
                harvest("h1", "H1", "600"),
                transfer(
                        "d",
                        "shipping",
                        "in_transit",
                        retailer,
                        kg(BULK + "H1" + tag, "100"),
                        "DN4"));
        assertThat(lots.shipmentsTo(retailer.id())).hasSize(1);
        told(
                me(),
                wrong(
                        transfer(
                                "d",
                                "shipping",
                                "in_transit",
                                retailer,
                                kg(BULK + "H1" + tag, "100"),
                                "DN4")));

        assertThat(lots.shipmentsTo(retailer.id())).isEmpty();
        Lot lot = lots.findByNumber("H1" + tag).orElseThrow();
        assertThat(lots.balance(lot.id()).inHand()).isEqualByComparingTo("600");
        assertThat(differences()).isEmpty();
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

    private String transformation(String id, String step, String in, String out, String more) {
        return event("TransformationEvent", id, step, "active", cooperative)
                + ",\"inputQuantityList\":["
                + in
                + "],\"outputQuantityList\":["
                + out
                + "]"
                + more
                + "}";
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

    private String received(String id, String what, String advice) {
        return event("ObjectEvent", id, "receiving", "in_progress", retailer)
                + """
                ,"action":"OBSERVE","quantityList":[%s],"bizTransactionList":[{"type":"desadv",
                "bizTransaction":"urn:epcglobal:cbv:bt:%s:%s"}]}
                """
                        .formatted(what, cooperative.gln(), advice);
    }

    private String observed(String id, String lot) {
        return event("ObjectEvent", id, "storing", "in_progress", retailer)
                + ",\"action\":\"OBSERVE\",\"quantityList\":["
                + pieces(lot, "1")
                + "]}";
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

    private static String graded(String lot, String kilograms, String grade) {
        return kg(lot, kilograms).replace("}", ",\"xy:grade\":\"" + grade + "\"}");
    }

    private static String pieces(String lot, String count) {
        return "{\"epcClass\":\"" + lot + "\",\"quantity\":" + count + "}";
    }

    private long eventsOf(String id) {
        return db.sql("select count(*) from trace.event where event_id = :id")
                .param("id", "urn:example:" + tag + ":" + id)
                .query(Long.class)
                .single();
    }

    private long foreign() {
        return db.sql(
                        "select count(*) from trace.captured_event where event_id like '%:' || :tag || ':%'")
                .param("tag", tag)
                .query(Long.class)
                .single();
    }

    private long postings() {
        return db.sql("select count(*) from trace.posting").query(Long.class).single();
    }

    private List<String> differences() {
        var lines = new ArrayList<String>();
        verification.recompute(d -> lines.add(d.toString()));
        return lines;
    }

    private Visitor me() {
        return clerk(cooperative.id());
    }

    private static BigDecimal figure(String text) {
        return new BigDecimal(text);
    }
}
