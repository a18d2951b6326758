package cn.xinyuan.server.trace;

import static cn.xinyuan.server.trace.Upstream.TODAY;
import static cn.xinyuan.server.trace.Upstream.clerk;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.xinyuan.server.TestDatabase;
import cn.xinyuan.server.catalog.Product;
import cn.xinyuan.server.farming.Harvests;
import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.pages.Problems;
import cn.xinyuan.server.pages.Refused;
import cn.xinyuan.server.parties.Party;
import cn.xinyuan.server.parties.Plot;
import cn.xinyuan.server.trace.Aggregations.Aggregation;
import cn.xinyuan.server.trace.Goods.Grade;
import cn.xinyuan.server.trace.Goods.Harvest;
import cn.xinyuan.server.trace.Goods.NewShipment;
import cn.xinyuan.server.trace.Goods.Packing;
import cn.xinyuan.server.trace.Goods.Part;
import cn.xinyuan.server.trace.Verification.Difference;
import cn.xinyuan.server.trace.events.GoodsRefused;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.modulith.test.ApplicationModuleTest;
import org.springframework.modulith.test.ApplicationModuleTest.BootstrapMode;
import org.springframework.modulith.test.AssertablePublishedEvents;
import org.springframework.transaction.support.TransactionTemplate;

@ApplicationModuleTest(mode = BootstrapMode.ALL_DEPENDENCIES, extraIncludes = "access")
@Import({TestDatabase.class, Upstream.class})
class LedgerTest {

    @Autowired Goods goods;
    @Autowired Lots lots;
    @Autowired Genealogy genealogy;
    @Autowired Holds holds;
    @Autowired Labels labels;
    @Autowired Verification verification;
    @Autowired Aggregations aggregations;
    @Autowired Harvests harvests;
    @Autowired Upstream.Village village;
    @Autowired Upstream.Shop shop;
    @Autowired Upstream.Fields fields;
    @Autowired JdbcClient db;
    @Autowired TransactionTemplate transaction;

    Party cooperative = new Upstream.Village().cooperative("空");
    Party retailer = cooperative;
    Plot plot = new Upstream.Village().plot(cooperative);
    Product box = new Upstream.Shop().box(cooperative, "2.5");

    @BeforeEach
    void a_cooperative_with_a_plot_of_5000_kg() {
        cooperative = village.cooperative("根子示例荔枝合作社");
        retailer = village.add("示例超市", Party.Kind.RETAILER, "440300");
        plot = village.plot(cooperative);
        fields.cap(plot.id(), "5000");
        box = shop.box(cooperative, "2.5");
    }

    @Test
    void every_kilogram_of_a_season_is_accounted_for_and_the_events_alone_say_so() {
        Lot one = harvest("1000");
        Lot two = harvest("500.5");
        Lot merged =
                goods.merge(
                        me(),
                        cooperative.id(),
                        List.of(part(one, "1000"), part(two, "500.5")),
                        TODAY);
        List<Lot> sorted =
                goods.sort(
                        me(),
                        cooperative.id(),
                        part(merged, "1500.5"),
                        List.of(new Grade("一级", kg("1000")), new Grade("二级", kg("400"))),
                        kg("50"),
                        TODAY);
        Lot packed = pack(sorted.getFirst(), "1000", 396);
        List<Lot> halves =
                goods.split(
                        me(), cooperative.id(), packed.id(), List.of(kg("500"), kg("250")), TODAY);
        var shipment =
                goods.ship(
                        me(),
                        new NewShipment(
                                cooperative.id(),
                                retailer.id(),
                                List.of(part(halves.getFirst(), "500")),
                                "粤K·演示",
                                TODAY));
        goods.receive(
                clerk(retailer.id()),
                shipment.id(),
                TODAY,
                Map.of(halves.getFirst().id(), kg("490")));
        goods.giveBack(
                clerk(retailer.id()),
                retailer.id(),
                shipment.id(),
                halves.getFirst().id(),
                kg("10"),
                "破损",
                TODAY);
        goods.waste(me(), cooperative.id(), halves.get(1).id(), kg("25"), "腐烂", TODAY);
        labels.plan(cooperative.id(), box.id(), 2025, 1000);
        labels.order(cooperative.id(), box.id(), 2025, 7, 400);
        labels.activate(me(), halves.getFirst().id(), 7, 0, 200);

        for (Lot lot : List.of(one, two, merged, sorted.getFirst(), packed, halves.getFirst())) {
            var b = lots.balance(lot.id());
            assertThat(
                            b.inHand()
                                    .add(b.usedIn())
                                    .add(b.inTransit())
                                    .add(b.heldByOthers())
                                    .add(b.wasted())
                                    .add(b.lost()))
                    .as("balance of " + lot.number())
                    .isEqualByComparingTo(b.made());
        }
        assertThat(lots.balance(merged.id()).lost()).isEqualByComparingTo("50.5");
        assertThat(lots.balance(merged.id()).wasted()).isEqualByComparingTo("50");
        assertThat(lots.allowanceLeft(plot.id(), 2025)).hasValue(kg("3499.500"));
        assertThat(labels.left(cooperative.id(), box.id(), 2025)).isEqualTo(600);

        var scope = genealogy.recallScope(one.id());
        // 240 held by the cooperative of the rest of the packing, 225 of the second half, 480 sold,
        // 10 on the way back, 400 of second grade
        assertThat(scope.kilograms()).isEqualByComparingTo("1355");
        assertThat(scope.packs()).isEqualTo(96 + 90 + 192 + 4);
        assertThat(scope.codes()).isEqualTo(200);
        assertThat(genealogy.ancestors(halves.getFirst().id())).contains(one.id(), two.id());
        assertThat(genealogy.plots(halves.getFirst().id())).containsExactly(plot.id());
        assertThat(genealogy.route(halves.getFirst().id()).getFirst().step()).isEqualTo("harvest");

        var told = new ArrayList<Difference>();
        var outcome = verification.recompute(told::add);
        assertThat(told).isEmpty();
        assertThat(outcome.lots()).isGreaterThanOrEqualTo(8);
        assertThat(outcome.events()).isGreaterThanOrEqualTo(11);
    }

    @Test
    void boxes_in_a_case_are_an_event_of_their_lot_and_move_nothing_in_the_ledger() {
        Lot packed = pack(harvest("1000"), "1000", 396);
        var before = lots.holdings(packed.id());
        String sscc = "095212340000000015";
        aggregations.tell(
                me(),
                new Aggregation(
                        cooperative.id(),
                        sscc,
                        true,
                        Map.of(packed.id(), 24L),
                        List.of(),
                        Set.of(packed.id()),
                        Map.of("xy:ranges", "7:0+24")));
        aggregations.tell(
                me(),
                new Aggregation(
                        cooperative.id(),
                        "095212340000000022",
                        true,
                        Map.of(),
                        List.of(sscc),
                        Set.of(packed.id()),
                        Map.of()));
        String body =
                db.sql(
                                "select e.body::text from trace.event e join trace.event_lot l on"
                                        + " l.event = e.id where l.lot = :lot and e.command ="
                                        + " 'aggregate' order by e.seq limit 1")
                        .param("lot", packed.id())
                        .query(String.class)
                        .single();
        assertThat(body)
                .contains("AggregationEvent", "https://id.gs1.org/00/" + sscc, "\"packing\"")
                .contains("\"quantity\": 24");
        assertThat(lots.holdings(packed.id())).isEqualTo(before);

        refused(
                "not-in-hand",
                () ->
                        aggregations.tell(
                                me(),
                                new Aggregation(
                                        cooperative.id(),
                                        sscc,
                                        true,
                                        Map.of(packed.id(), 397L),
                                        List.of(),
                                        Set.of(packed.id()),
                                        Map.of())));
        assertThatThrownBy(
                        () ->
                                aggregations.tell(
                                        clerk(retailer.id()),
                                        new Aggregation(
                                                cooperative.id(),
                                                sscc,
                                                true,
                                                Map.of(),
                                                List.of(),
                                                Set.of(packed.id()),
                                                Map.of())))
                .isInstanceOf(NotFound.class);
        holds.hold(packed.id(), "检测不合格", "监管");
        var held =
                new Aggregation(
                        cooperative.id(),
                        sscc,
                        true,
                        Map.of(packed.id(), 1L),
                        List.of(),
                        Set.of(packed.id()),
                        Map.of());
        refused("lot-held", () -> aggregations.tell(me(), held));
        // what is stopped may still be taken out
        aggregations.tell(
                me(),
                new Aggregation(
                        cooperative.id(),
                        sscc,
                        false,
                        Map.of(packed.id(), 24L),
                        List.of(),
                        Set.of(packed.id()),
                        Map.of()));
        var told = new ArrayList<Difference>();
        verification.recompute(told::add);
        assertThat(told).isEmpty();
    }

    @Test
    void harvest_beyond_the_season_cap_is_refused_in_words_and_written_down(
            AssertablePublishedEvents events) {
        harvest("4000");
        assertThatThrownBy(() -> harvest("1000.001"))
                .isInstanceOfSatisfying(
                        Refused.class,
                        no -> {
                            assertThat(no.rule()).isEqualTo("over-harvest");
                            assertThat(no.getMessage()).contains("1000 kg", "1000.001 kg");
                        });
        assertThat(lots.allowanceLeft(plot.id(), 2025)).hasValue(kg("1000.000"));
        assertThat(events.ofType(GoodsRefused.class).matching(r -> r.rule().equals("over-harvest")))
                .hasSize(1);
        assertThat(
                        db.sql("select count(*) from trace.refusal where party = :p")
                                .param("p", cooperative.id())
                                .query(Long.class)
                                .single())
                .isEqualTo(1);
    }

    @Test
    void a_closed_gate_and_a_plot_without_agreed_yield_stop_the_harvest() {
        fields.closeUntil(plot.id(), TODAY.plusDays(2));
        refused("harvest-gate-closed", () -> harvest("10"));
        Plot bare = village.plot(cooperative);
        refused("no-season-cap", () -> goods.harvest(me(), new Harvest(bare.id(), kg("1"), TODAY)));
    }

    @Test
    void of_fifty_packings_at_once_exactly_those_that_fit_go_through() throws Exception {
        Lot lot = harvest("1000");
        var done = new AtomicInteger();
        var refused = new AtomicInteger();
        try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = new ArrayList<Callable<Void>>();
            for (int i = 0; i < 50; i++) {
                all.add(
                        () -> {
                            try {
                                pack(lot, "62.5", 25);
                                done.incrementAndGet();
                            } catch (Refused no) {
                                assertThat(no.rule()).isEqualTo("over-balance");
                                refused.incrementAndGet();
                            }
                            return null;
                        });
            }
            for (var one : people.invokeAll(all)) {
                one.get();
            }
        }
        assertThat(done).hasValue(16);
        assertThat(refused).hasValue(34);
        assertThat(lots.balance(lot.id()).inHand()).isEqualByComparingTo("0");
        assertThat(lots.balance(lot.id()).usedIn()).isEqualByComparingTo("1000");
    }

    @Test
    void the_season_cap_is_opened_once_however_many_harvest_first() throws Exception {
        var done = new AtomicInteger();
        try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = new ArrayList<Callable<Void>>();
            for (int i = 0; i < 20; i++) {
                all.add(
                        () -> {
                            try {
                                harvest("500");
                                done.incrementAndGet();
                            } catch (Refused no) {
                                assertThat(no.rule()).isEqualTo("over-harvest");
                            }
                            return null;
                        });
            }
            for (var one : people.invokeAll(all)) {
                one.get();
            }
        }
        assertThat(done).hasValue(10);
        assertThat(lots.allowanceLeft(plot.id(), 2025)).hasValue(kg("0.000"));
    }

    @Test
    void a_hold_reaches_what_is_being_packed_at_that_moment() throws Exception {
        Lot lot = harvest("1000");
        try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = new ArrayList<Callable<Void>>();
            for (int i = 0; i < 20; i++) {
                boolean holder = i == 10;
                all.add(
                        () -> {
                            try {
                                if (holder) {
                                    holds.hold(lot.id(), "召回", "监管");
                                } else {
                                    pack(lot, "25", 10);
                                }
                            } catch (Refused no) {
                                assertThat(no.rule()).isEqualTo("lot-held");
                            }
                            return null;
                        });
            }
            for (var one : people.invokeAll(all)) {
                one.get();
            }
        }
        for (UUID made : genealogy.descendants(lot.id())) {
            assertThat(holds.reason(made)).hasValue("召回");
        }
    }

    @Test
    void goods_that_cross_each_other_at_once_do_not_lock_each_other_out() throws Exception {
        Lot a = harvest("1000");
        Lot b = harvest("1000");
        try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = new ArrayList<Callable<Void>>();
            for (int i = 0; i < 40; i++) {
                boolean turn = i % 2 == 0;
                all.add(
                        () -> {
                            goods.merge(
                                    me(),
                                    cooperative.id(),
                                    turn
                                            ? List.of(part(a, "10"), part(b, "10"))
                                            : List.of(part(b, "10"), part(a, "10")),
                                    TODAY);
                            return null;
                        });
            }
            for (var one : people.invokeAll(all)) {
                one.get();
            }
        }
        assertThat(lots.balance(a.id()).inHand()).isEqualByComparingTo("600");
    }

    @Test
    void a_held_lot_and_everything_made_of_it_stand_still_until_released() {
        Lot harvested = harvest("1000");
        Lot packed = pack(harvested, "500", 200);
        holds.hold(harvested.id(), "检测不合格", "监管");

        assertThat(holds.reason(packed.id())).hasValue("检测不合格");
        refused("lot-held", () -> pack(harvested, "100", 40));
        refused("lot-held", () -> labels.activate(me(), packed.id(), 9, 0, 10));
        refused(
                "lot-held",
                () ->
                        goods.ship(
                                me(),
                                new NewShipment(
                                        cooperative.id(),
                                        retailer.id(),
                                        List.of(part(packed, "25")),
                                        "",
                                        TODAY)));
        refused(
                "lot-held",
                () -> goods.split(me(), cooperative.id(), packed.id(), List.of(kg("25")), TODAY));

        holds.release(harvested.id(), "检测不合格", "监管");
        labels.activate(me(), packed.id(), 9, 0, 10);
        assertThat(labels.lotOf(9, 9)).hasValue(packed.id());
        assertThat(labels.lotOf(9, 10)).isEmpty();
    }

    @Test
    void labels_never_pass_packs_nor_plans_and_a_label_is_on_one_lot() {
        Lot packed = pack(harvest("500"), "500", 200);
        labels.plan(cooperative.id(), box.id(), 2025, 100);
        refused("over-plan", () -> labels.order(cooperative.id(), box.id(), 2025, 3, 101));
        labels.activate(me(), packed.id(), 3, 0, 150);
        refused("over-packed", () -> labels.activate(me(), packed.id(), 3, 150, 51));
        refused("already-activated", () -> labels.activate(me(), packed.id(), 3, 149, 2));
        assertThat(labels.activated(packed.id())).isEqualTo(150);
        goods.waste(me(), cooperative.id(), packed.id(), kg("25"), "腐烂", TODAY);
        refused("over-packed", () -> labels.activate(me(), packed.id(), 3, 150, 41));
        labels.activate(me(), packed.id(), 3, 150, 40);
        goods.waste(me(), cooperative.id(), packed.id(), kg("475"), "腐烂", TODAY);
        refused("over-packed", () -> labels.activate(me(), packed.id(), 3, 190, 1));
        assertThat(told()).isEmpty();
    }

    @Test
    void nothing_comes_out_that_did_not_go_in() {
        Lot lot = harvest("100");
        refused("out-exceeds-in", () -> pack(lot, "100", 41));
        refused("too-much-loss", () -> pack(lot, "100", 35));
        refused(
                "out-exceeds-in",
                () ->
                        goods.sort(
                                me(),
                                cooperative.id(),
                                part(lot, "100"),
                                List.of(new Grade("一级", kg("90"))),
                                kg("10.001"),
                                TODAY));
        assertThat(lots.balance(lot.id()).inHand()).isEqualByComparingTo("100");
    }

    @Test
    void absurd_figures_and_days_to_come_are_sent_back() {
        for (String figure : List.of("0", "-1", "0.0001", "1000000")) {
            assertThatThrownBy(() -> harvest(figure)).isInstanceOf(Problems.class);
        }
        assertThatThrownBy(
                        () ->
                                goods.harvest(
                                        me(), new Harvest(plot.id(), kg("1"), TODAY.plusDays(1))))
                .isInstanceOf(Problems.class);
    }

    @Test
    void what_belongs_to_others_is_not_there() {
        Lot lot = harvest("100");
        Party stranger = village.cooperative("别的合作社");
        Product theirs = shop.box(stranger, "2.5");
        var they = clerk(stranger.id());
        assertThatThrownBy(() -> goods.harvest(they, new Harvest(plot.id(), kg("1"), TODAY)))
                .isInstanceOf(NotFound.class);
        assertThatThrownBy(
                        () ->
                                goods.pack(
                                        they,
                                        new Packing(
                                                stranger.id(),
                                                theirs.id(),
                                                List.of(part(lot, "2.5")),
                                                1,
                                                TODAY)))
                .isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> goods.waste(they, stranger.id(), lot.id(), kg("1"), "试", TODAY))
                .isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> goods.waste(they, cooperative.id(), lot.id(), kg("1"), "试", TODAY))
                .isInstanceOf(NotFound.class);
    }

    @Test
    void the_database_itself_refuses_what_does_not_balance() {
        Lot lot = harvest("100");
        String key = "holding:" + lot.id() + ":" + cooperative.id() + ":KG";
        for (String wrong :
                List.of(
                        "update trace.account set balance = 999 where key = '" + key + "'",
                        "insert into trace.posting (act, account, amount) select gen_random_uuid(),"
                                + " id, -1 from trace.account where key = '"
                                + key
                                + "'",
                        "insert into trace.posting (act, account, amount) select gen_random_uuid(),"
                                + " id, -101 from trace.account where key = '"
                                + key
                                + "'",
                        "update trace.posting set amount = 1",
                        "delete from trace.event",
                        "update trace.edge set kilograms = 1",
                        "update trace.lot set kilograms = 1")) {
            assertThatThrownBy(() -> db.sql(wrong).update())
                    .as(wrong)
                    .isInstanceOf(DataAccessException.class);
        }
        assertThatThrownBy(
                        () ->
                                db.sql(
                                                """
                                                insert into trace.posting (act, account, amount)
                                                select x.act, a.id, case when a.key like 'loss%' then 101 else -101 end
                                                  from trace.account a, (select gen_random_uuid() as act) x
                                                 where a.key = :key
                                                """)
                                        .param("key", key)
                                        .update())
                .hasMessageContaining("balance_never_below_zero");
        assertThat(lots.balance(lot.id()).inHand()).isEqualByComparingTo("100");
    }

    @Test
    void whoever_changes_the_books_behind_the_program_is_told() {
        Lot lot = harvest("100");
        Lot packed = pack(lot, "100", 40);
        String key = "holding:" + packed.id() + ":" + cooperative.id() + ":KG";
        tampering(
                "update trace.account set balance = 99 where key = '" + key + "'",
                "difference balance " + key + " 100 99");
        tampering(
                "update trace.posting set amount = 99 where amount = 100 and account = (select id"
                        + " from trace.account where key = '"
                        + key
                        + "')",
                "difference posting " + key + " 100 99");
        tampering(
                "update trace.edge set kilograms = 1 where target = '" + packed.id() + "'",
                "difference parent " + lot.id() + ">" + packed.id() + " 100 1");
        tampering(
                "update trace.lot set packs = 41 where id = '" + packed.id() + "'",
                "difference lot-packs " + packed.number() + " 40 41");
        tampering(
                "update trace.event set body = jsonb_set(body, '{bizStep}', '\"arriving\"') where id"
                        + " = (select event from trace.lot where id = '"
                        + packed.id()
                        + "')",
                "difference event");
        fields.cap(plot.id(), "6000");
        assertThat(told()).containsExactly("difference cap cap:" + plot.id() + ":2025 -6000 -5000");
        fields.cap(plot.id(), "5000");
    }

    @Test
    void a_hold_waits_for_whoever_decided_that_there_is_none() {
        Lot lot = harvest("10");
        var hold =
                transaction.execute(
                        tx -> {
                            assertThat(holds.settled(lot.id())).isEmpty();
                            var other =
                                    CompletableFuture.runAsync(
                                            () -> holds.hold(lot.id(), "抽检待判", "李科"));
                            assertThatThrownBy(() -> other.get(500, TimeUnit.MILLISECONDS))
                                    .isInstanceOf(TimeoutException.class);
                            return other;
                        });
        assertThat(hold).succeedsWithin(Duration.ofSeconds(10));
        assertThat(holds.reason(lot.id())).contains("抽检待判");
    }

    @Test
    void a_yield_agreed_before_the_first_harvest_is_no_difference() {
        harvests.settled(plot.id(), 2025);
        assertThat(told()).isEmpty();
    }

    @Test
    void many_refusals_at_once_inside_the_acts_of_a_higher_room_do_not_starve_each_other()
            throws Exception {
        Lot packed = pack(harvest("100"), "100", 40);
        int many = 30;
        var refused = new AtomicInteger();
        try (var clerks = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < many; i++) {
                clerks.submit(
                        () ->
                                transaction.executeWithoutResult(
                                        higher -> {
                                            db.sql("select 1").query(Integer.class).single();
                                            try {
                                                labels.activate(me(), packed.id(), 3, 0, 41);
                                            } catch (Refused no) {
                                                higher.setRollbackOnly();
                                                refused.incrementAndGet();
                                            }
                                        }));
            }
        }
        assertThat(refused).hasValue(many);
        String text = "还有 40 箱没有贴标";
        for (int i = 0; i < 100 && written(text) < many; i++) {
            Thread.sleep(50);
        }
        assertThat(written(text)).isEqualTo(many);
    }

    private long written(String text) {
        return db.sql("select count(*) from trace.refusal where text like ?")
                .param("%" + text + "%")
                .query(Long.class)
                .single();
    }

    /** Changes the tables as a superuser could, looks what is told, and puts all back. */
    private void tampering(String sql, String told) {
        List<String> before = told();
        assertThat(before).isEmpty();
        String table = sql.substring(7, sql.indexOf(' ', 7));
        transaction.executeWithoutResult(
                tx -> {
                    db.sql("set local session_replication_role = replica").update();
                    db.sql("create table public.kept as select * from " + table).update();
                    assertThat(db.sql(sql).update()).isPositive();
                });
        try {
            assertThat(told()).anyMatch(line -> line.startsWith(told));
        } finally {
            transaction.executeWithoutResult(
                    tx -> {
                        db.sql("set local session_replication_role = replica").update();
                        db.sql("delete from " + table).update();
                        db.sql(
                                        "insert into "
                                                + table
                                                + " overriding system value select * from"
                                                + " public.kept")
                                .update();
                        db.sql("drop table public.kept").update();
                    });
        }
    }

    private List<String> told() {
        var lines = new ArrayList<String>();
        verification.recompute(
                d ->
                        lines.add(
                                "difference %s %s %s %s"
                                        .formatted(d.kind(), d.id(), d.expected(), d.found())));
        return lines;
    }

    private cn.xinyuan.server.pages.Visitor me() {
        return clerk(cooperative.id());
    }

    private Lot harvest(String kilograms) {
        return goods.harvest(me(), new Harvest(plot.id(), kg(kilograms), TODAY));
    }

    private Lot pack(Lot lot, String kilograms, long packs) {
        return goods.pack(
                me(),
                new Packing(
                        cooperative.id(), box.id(), List.of(part(lot, kilograms)), packs, TODAY));
    }

    private static void refused(
            String rule, org.assertj.core.api.ThrowableAssert.ThrowingCallable act) {
        assertThatThrownBy(act)
                .isInstanceOfSatisfying(Refused.class, no -> assertThat(no.rule()).isEqualTo(rule));
    }

    private static Part part(Lot lot, String kilograms) {
        return new Part(lot.id(), kg(kilograms));
    }

    private static BigDecimal kg(String figure) {
        return new BigDecimal(figure);
    }
}
