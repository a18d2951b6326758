package cn.xinyuan.server.trace;

import static org.assertj.core.api.Assertions.assertThat;

import cn.xinyuan.epcis.Context;
import cn.xinyuan.epcis.EpcisJson;
import cn.xinyuan.epcis.EventHash;
import cn.xinyuan.epcis.Reading;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.parties.Parties;
import cn.xinyuan.server.parties.Parties.NewParty;
import cn.xinyuan.server.parties.Parties.NewPlot;
import cn.xinyuan.server.parties.Party;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Who sees which events. A farm's lot is packed by a cooperative; the boxes go to two shops, one of
 * which splits them. A stranger's firm is in another district.
 */
class EpcisSightTest extends EpcisHttp {

    @Autowired Parties parties;

    private final Visitor administrator =
            new Visitor(UUID.randomUUID(), "演示", Role.ADMINISTRATOR, null, Set.of("44"));

    private Party farm;
    private Party farmer;
    private Party cooperative;
    private Party shop;
    private Party otherShop;
    private Party stranger;
    private Party association;
    private Party laboratory;
    private UUID harvest;
    private UUID boxes;

    @BeforeAll
    void season() throws Exception {
        farm = party(Party.Kind.ENTERPRISE, "根子果园（演示）", "440904");
        farmer = party(Party.Kind.FARMER, "果农甲（演示）", "440904");
        cooperative = party(Party.Kind.COOPERATIVE, "合作社甲（演示）", "440981");
        shop = party(Party.Kind.RETAILER, "水果店甲（演示）", "440902");
        otherShop = party(Party.Kind.RETAILER, "水果店乙（演示）", "440902");
        stranger = party(Party.Kind.ENTERPRISE, "外地公司（演示）", "440983");
        association = party(Party.Kind.ASSOCIATION, "荔枝协会（演示）", "440902");
        laboratory = party(Party.Kind.LABORATORY, "检测所（演示）", "440902");
        parties.enrol(administrator, association.id(), cooperative.id());
        parties.enrol(administrator, farm.id(), farmer.id());
        UUID base = parties.addBase(administrator, farm.id(), "一号基地", "440904").id();
        UUID plot =
                parties.addPlot(
                                administrator,
                                new NewPlot(
                                        base,
                                        "P-1",
                                        farmer.id(),
                                        new BigDecimal("3"),
                                        "litchi",
                                        "桂味",
                                        "440904"))
                        .id();

        UUID made = own(farm, "harvested", null);
        harvest = lot("H-SIGHT", farm, made);
        edge(plot, harvest, true, made);
        touched(made, harvest);
        touched(own(farm, "sent-to-packer", cooperative), harvest);
        holding(harvest, farm);
        holding(harvest, cooperative);
        UUID packed = own(cooperative, "packed", null);
        boxes = lot("P-SIGHT", cooperative, packed);
        edge(harvest, boxes, false, packed);
        touched(packed, harvest);
        touched(packed, boxes);
        holding(boxes, cooperative);
        touched(own(cooperative, "sent-to-shop", shop), boxes);
        holding(boxes, shop);
        touched(own(cooperative, "sent-to-other", otherShop), boxes);
        holding(boxes, otherShop);
        UUID split = own(otherShop, "other-split", null);
        UUID part = lot("S-SIGHT", otherShop, split);
        edge(boxes, part, false, split);
        touched(split, boxes);
        touched(split, part);
        holding(part, otherShop);
        own(stranger, "strange", null);
        jdbc.sql(
                        """
                        insert into laboratory.sample (id, number, lot, lot_number, category, party,
                            district, laboratory, day, taken_by, taken_by_name, at)
                        values (gen_random_uuid(), 'SAMPLE-SIGHT', :lot, 'P-SIGHT', 'litchi', :party,
                            '440981', :laboratory, current_date, gen_random_uuid(), '演示', now())
                        """)
                .param("lot", boxes)
                .param("party", cooperative.id())
                .param("laboratory", laboratory.id())
                .update();
    }

    @Test
    void the_administrator_sees_everything() throws Exception {
        sees(
                key(Role.ADMINISTRATOR, null, Set.of("44")),
                "harvested",
                "sent-to-packer",
                "packed",
                "sent-to-shop",
                "sent-to-other",
                "other-split",
                "strange");
    }

    @Test
    void an_official_sees_what_belongs_to_the_districts() throws Exception {
        for (Role role : new Role[] {Role.SUPERVISOR, Role.CITY_MANAGER, Role.EVALUATOR}) {
            sees(key(role, null, Set.of("440904")), "harvested", "sent-to-packer");
            sees(key(role, null, Set.of("440983")), "strange");
            sees(
                    key(role, null, Set.of("4409")),
                    "harvested",
                    "sent-to-packer",
                    "packed",
                    "sent-to-shop",
                    "sent-to-other",
                    "other-split",
                    "strange");
            sees(key(role, null, Set.of("4403")));
        }
    }

    @Test
    void a_party_sees_its_own_and_one_step_up_and_down() throws Exception {
        sees(key(Role.CLERK, farm.id(), Set.of()), "harvested", "sent-to-packer");
        sees(
                key(Role.CLERK, cooperative.id(), Set.of()),
                "harvested",
                "sent-to-packer",
                "packed",
                "sent-to-shop",
                "sent-to-other");
        sees(key(Role.CLERK, stranger.id(), Set.of()), "strange");
    }

    @Test
    void a_shop_sees_where_goods_came_from_but_not_where_others_took_theirs() throws Exception {
        sees(
                key(Role.RETAILER, shop.id(), Set.of()),
                "harvested",
                "sent-to-packer",
                "packed",
                "sent-to-shop");
        sees(
                key(Role.RETAILER, otherShop.id(), Set.of()),
                "harvested",
                "sent-to-packer",
                "packed",
                "sent-to-other",
                "other-split");
    }

    @Test
    void a_farmer_sees_what_grew_on_his_plots() throws Exception {
        sees(key(Role.FARMER, farmer.id(), Set.of()), "harvested");
        Party other = party(Party.Kind.FARMER, "果农乙（演示）", "440904");
        sees(key(Role.FARMER, other.id(), Set.of()));
    }

    @Test
    void an_association_sees_what_its_members_see_of_themselves() throws Exception {
        sees(
                key(Role.ASSOCIATION, association.id(), Set.of()),
                "sent-to-packer",
                "packed",
                "sent-to-shop",
                "sent-to-other");
    }

    @Test
    void a_laboratory_sees_the_lots_it_has_samples_of() throws Exception {
        sees(key(Role.LABORATORY, laboratory.id(), Set.of()), "packed");
        Party other = party(Party.Kind.LABORATORY, "检测所乙（演示）", "440902");
        sees(key(Role.LABORATORY, other.id(), Set.of()));
    }

    @Test
    void nobody_without_an_account_sees_anything() throws Exception {
        assertThat(get("/epcis/events", "").statusCode()).isEqualTo(401);
        assertThat(get("/epcis/epcs", "").statusCode()).isEqualTo(401);
        assertThat(get("/epcis/queries", "").statusCode()).isEqualTo(401);
        assertThat(post("/epcis/capture", "", "{}").statusCode()).isEqualTo(401);
    }

    @Test
    void who_is_named_in_a_foreign_event_or_hands_it_in_sees_it() throws Exception {
        String one = UUID.randomUUID().toString();
        String document =
                document(
                        event(
                                one,
                                "2025-06-11T08:00:00+08:00",
                                """
                                "epcList":["urn:x:%s"],
                                "destinationList":[{"type":"owning_party",
                                  "destination":"https://id.gs1.org/417/%s"}],
                                """
                                        .formatted(one, stranger.gln())));
        String handing = key(Role.CLERK, farm.id(), Set.of());
        String later = clerk();
        String path = "/epcis/events/urn:uuid:" + one;
        capture(handing, document);
        assertThat(get(path, handing).statusCode()).isEqualTo(200);
        assertThat(get(path, key(Role.CLERK, stranger.id(), Set.of())).statusCode()).isEqualTo(200);
        assertThat(get(path, key(Role.SUPERVISOR, null, Set.of("440904"))).statusCode())
                .isEqualTo(200);
        assertThat(get(path, key(Role.SUPERVISOR, null, Set.of("440902"))).statusCode())
                .isEqualTo(404);
        assertThat(get(path, later).statusCode()).isEqualTo(404);
        String nowhere = UUID.randomUUID().toString();
        capture(
                key(Role.ADMINISTRATOR, null, Set.of("44")),
                document(
                        event(
                                nowhere,
                                "2025-06-11T08:00:00+08:00",
                                "\"epcList\":[\"urn:x:" + nowhere + "\"],")));
        String foreign = "/epcis/events/urn:uuid:" + nowhere;
        assertThat(get(foreign, key(Role.SUPERVISOR, null, Set.of("440902"))).statusCode())
                .isEqualTo(200);
        assertThat(get(foreign, handing).statusCode()).isEqualTo(404);
        capture(later, document);
        assertThat(get(path, later).statusCode()).isEqualTo(200);
        assertThat(get(path, handing).statusCode()).isEqualTo(200);
    }

    @Test
    void a_chain_is_traced_by_the_same_rule_as_its_events_are_seen() throws Exception {
        String made = "https://id.gs1.org/01/09521234000013/10/CHAIN-X";
        String turned = "https://id.gs1.org/01/09521234000013/10/CHAIN-Y";
        capture(
                key(Role.CLERK, cooperative.id(), Set.of()),
                document(
                        amount("ADD", "commissioning", cooperative, null, made),
                        amount("OBSERVE", "shipping", cooperative, stranger, made)));
        capture(
                key(Role.CLERK, stranger.id(), Set.of()),
                document(
                        """
                        {"type":"TransformationEvent","eventTime":"2025-06-12T08:00:00+08:00",
                         "eventTimeZoneOffset":"+08:00",
                         "readPoint":{"id":"https://id.gs1.org/414/%s"},
                         "inputQuantityList":[{"epcClass":"%s","quantity":5,"uom":"KGM"}],
                         "outputQuantityList":[{"epcClass":"%s","quantity":5,"uom":"KGM"}]}
                        """
                                .formatted(stranger.gln(), made, turned),
                        amount("OBSERVE", "shipping", stranger, shop, turned)));

        // own, and one step down: who got it, but not what he made of it
        traces(key(Role.CLERK, cooperative.id(), Set.of()), "CHAIN-X", "CHAIN-X");
        traces(key(Role.CLERK, cooperative.id(), Set.of()), "CHAIN-Y");
        // up the chain: what came to him, and what he made
        traces(key(Role.CLERK, stranger.id(), Set.of()), "CHAIN-X", "CHAIN-X", "CHAIN-Y");
        traces(key(Role.RETAILER, shop.id(), Set.of()), "CHAIN-Y", "CHAIN-Y");
        traces(key(Role.RETAILER, shop.id(), Set.of()), "CHAIN-X");
        traces(key(Role.RETAILER, otherShop.id(), Set.of()), "CHAIN-Y");
        traces(key(Role.ASSOCIATION, association.id(), Set.of()), "CHAIN-X", "CHAIN-X");
        traces(key(Role.FARMER, farmer.id(), Set.of()), "CHAIN-X");
        traces(key(Role.LABORATORY, laboratory.id(), Set.of()), "CHAIN-X");
        // authorities: by district
        for (Role role : new Role[] {Role.SUPERVISOR, Role.CITY_MANAGER, Role.EVALUATOR}) {
            traces(key(role, null, Set.of("440983")), "CHAIN-X", "CHAIN-X", "CHAIN-Y");
            traces(key(role, null, Set.of("440981")), "CHAIN-X", "CHAIN-X");
            traces(key(role, null, Set.of("4403")), "CHAIN-X");
        }
        traces(key(Role.ADMINISTRATOR, null, Set.of("44")), "CHAIN-X", "CHAIN-X", "CHAIN-Y");
        // the public has a summary of lots on sale, and no chain
        assertThat(get("/api/v1/lots/CHAIN-X/trace", "").statusCode()).isEqualTo(401);
        assertThat(get("/lot/CHAIN-X", "").statusCode()).isEqualTo(404);
    }

    private void traces(String key, String start, String... lots) throws Exception {
        var answer = get("/api/v1/lots/" + start + "/trace", key);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(lots.length == 0 ? 404 : 200);
        assertThat(
                        JSON.readTree(answer.body())
                                .path("lots")
                                .valueStream()
                                .map(lot -> lot.path("number").asString()))
                .containsExactlyInAnyOrder(lots);
    }

    private static String amount(
            String action, String step, Party at, @Nullable Party to, String lot) {
        return event(
                        UUID.randomUUID().toString(),
                        "2025-06-11T08:00:00+08:00",
                        """
                        "bizStep":"%s","readPoint":{"id":"https://id.gs1.org/414/%s"},%s
                        "quantityList":[{"epcClass":"%s","quantity":5,"uom":"KGM"}],
                        """
                                .formatted(
                                        step,
                                        at.gln(),
                                        to == null
                                                ? ""
                                                : """
                                                  "destinationList":[{"type":"owning_party",
                                                    "destination":"https://id.gs1.org/417/%s"}],
                                                  """
                                                        .formatted(to.gln()),
                                        lot))
                .replace("\"action\":\"OBSERVE\"", "\"action\":\"" + action + "\"");
    }

    private void sees(String key, String... steps) throws Exception {
        String prefix = "urn:uuid:sight-";
        var asked = new StringBuilder("/epcis/events?perPage=3&EQ_eventID=");
        String[] all = {
            "harvested",
            "sent-to-packer",
            "packed",
            "sent-to-shop",
            "sent-to-other",
            "other-split",
            "strange"
        };
        asked.append(String.join("%7C", Arrays.stream(all).map(s -> encode(prefix + s)).toList()));
        assertThat(found(asked.toString(), key).stream().map(id -> id.substring(6)).toList())
                .containsExactlyInAnyOrder(steps);
        for (String step : all) {
            int status = get("/epcis/events/" + prefix + step, key).statusCode();
            assertThat(status).as(step).isEqualTo(Arrays.asList(steps).contains(step) ? 200 : 404);
        }
    }

    private UUID own(Party party, String step, @Nullable Party to) throws Exception {
        UUID id = UUID.randomUUID();
        String partners =
                to == null
                        ? ""
                        : """
                          "sourceList":[{"type":"owning_party",
                            "source":"https://id.gs1.org/414/%s"}],
                          "destinationList":[{"type":"owning_party",
                            "destination":"https://id.gs1.org/414/%s"}],
                          """
                                .formatted(party.gln(), to.gln());
        String body =
                event(
                        "sight-" + step,
                        "2025-06-11T08:00:00+08:00",
                        partners + "\"epcList\":[\"urn:x:" + id + "\"],");
        var read =
                (Reading.Understood)
                        EpcisJson.readEvent(
                                EpcisJson.parse(body.getBytes(StandardCharsets.UTF_8)), "");
        jdbc.sql(
                        """
                        insert into trace.event (id, event_id, hash, command, event_time,
                            record_time, day, party, body)
                        values (:id, :eventId, :hash, 'TEST', now(), now(), current_date, :party,
                            cast(:body as jsonb))
                        """)
                .param("id", id)
                .param("eventId", "urn:uuid:sight-" + step)
                .param("hash", EventHash.of(read.event(), Context.standard()))
                .param("party", party.id())
                .param("body", body)
                .update();
        return id;
    }

    private UUID lot(String number, Party maker, UUID event) {
        UUID id = UUID.randomUUID();
        jdbc.sql(
                        """
                        insert into trace.lot (id, number, kind, maker, category, variety, grade,
                            kilograms, packs, day, district, epc_class, event)
                        values (:id, :number, 'HARVEST', :maker, 'litchi', '桂味', '统货', 10, 0,
                            current_date, :district, :class, :event)
                        """)
                .param("id", id)
                .param("number", number)
                .param("maker", maker.id())
                .param("district", maker.district())
                .param("class", "urn:x:lot:" + number)
                .param("event", event)
                .update();
        return id;
    }

    private void edge(UUID source, UUID target, boolean plot, UUID event) {
        jdbc.sql(
                        """
                        insert into trace.edge (source, target, kilograms, step, from_plot, event)
                        values (:source, :target, 10, 'TEST', :plot, :event)
                        """)
                .param("source", source)
                .param("target", target)
                .param("plot", plot)
                .param("event", event)
                .update();
    }

    private void touched(UUID event, UUID lot) {
        jdbc.sql("insert into trace.event_lot (event, lot) values (:event, :lot)")
                .param("event", event)
                .param("lot", lot)
                .update();
    }

    private void holding(UUID lot, Party party) {
        jdbc.sql(
                        """
                        insert into trace.account (key, kind, unit, lot, party)
                        values (:key, 'HOLDING', 'KG', :lot, :party)
                        """)
                .param("key", "sight:" + lot + ":" + party.id())
                .param("lot", lot)
                .param("party", party.id())
                .update();
    }

    private Party party(Party.Kind kind, String name, String district) {
        return parties.register(
                administrator,
                new NewParty(
                        kind,
                        name + UUID.randomUUID().toString().substring(0, 4),
                        "Demo",
                        kind == Party.Kind.FARMER ? null : code(),
                        district,
                        "演示",
                        "13800000000"));
    }

    /** A code with a right check character, of a firm that does not exist. */
    private static String code() {
        String alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
        String body =
                "93440900MA%07d".formatted(Math.floorMod(UUID.randomUUID().hashCode(), 10_000_000));
        int sum = 0;
        int weight = 1;
        for (int i = 0; i < 17; i++) {
            sum += alphabet.indexOf(body.charAt(i)) * weight;
            weight = weight * 3 % 31;
        }
        return body + alphabet.charAt((31 - sum % 31) % 31);
    }
}
