package cn.xinyuan.server.demo;

import static cn.xinyuan.server.standards.Standards.Value.Kind.BELOW_LOQ;
import static cn.xinyuan.server.standards.Standards.Value.Kind.FOUND;
import static cn.xinyuan.server.standards.Standards.Value.Kind.NOT_DETECTED;

import cn.xinyuan.codes.ItemCode;
import cn.xinyuan.server.access.Accounts;
import cn.xinyuan.server.catalog.Catalog;
import cn.xinyuan.server.catalog.Catalog.NewProduct;
import cn.xinyuan.server.catalog.Product;
import cn.xinyuan.server.certificates.Certificates;
import cn.xinyuan.server.certificates.Certificates.Basis;
import cn.xinyuan.server.farming.Farming;
import cn.xinyuan.server.farming.Farming.Activity;
import cn.xinyuan.server.farming.Farming.NewFarmRecord;
import cn.xinyuan.server.issuing.Codes;
import cn.xinyuan.server.laboratory.Laboratory;
import cn.xinyuan.server.licensing.Evaluation;
import cn.xinyuan.server.licensing.Evaluation.NewApplication;
import cn.xinyuan.server.licensing.Licence;
import cn.xinyuan.server.licensing.Licences;
import cn.xinyuan.server.licensing.Visit;
import cn.xinyuan.server.licensing.Visits;
import cn.xinyuan.server.pages.Refused;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.parties.Parties;
import cn.xinyuan.server.parties.Party;
import cn.xinyuan.server.parties.Plot;
import cn.xinyuan.server.recall.Recalls;
import cn.xinyuan.server.scan.Scans;
import cn.xinyuan.server.standards.Standards;
import cn.xinyuan.server.standards.Standards.Value;
import cn.xinyuan.server.supervision.Alerts;
import cn.xinyuan.server.trace.Goods;
import cn.xinyuan.server.trace.Goods.Grade;
import cn.xinyuan.server.trace.Goods.Harvest;
import cn.xinyuan.server.trace.Goods.NewShipment;
import cn.xinyuan.server.trace.Goods.Packing;
import cn.xinyuan.server.trace.Goods.Part;
import cn.xinyuan.server.trace.Holds;
import cn.xinyuan.server.trace.Labels;
import cn.xinyuan.server.trace.Lot;
import cn.xinyuan.server.trace.Lots;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * The litchi season of 2025, from the first fertiliser to the recall, and dried litchi that is
 * still in stock when the next edition of the limits comes into force on 2026-03-01. Everything
 * happens through the rooms' own use cases; what they refuse here, they refuse for everyone.
 */
@Component
@Profile("demo")
class DemoSeason {

    static final int SEASON = 2025;
    private static final BigDecimal ACRE_YIELD = new BigDecimal("380");

    /** Substances a residue screening of litchi looks for, by the names of the reference limits. */
    private static final List<String> SCREENING =
            List.of(
                    "氯氟氰菊酯和高效氯氟氰菊酯",
                    "氯氰菊酯和高效氯氰菊酯",
                    "溴氰菊酯",
                    "毒死蜱",
                    "多菌灵",
                    "咪鲜胺和咪鲜胺锰盐",
                    "嘧菌酯",
                    "吡唑醚菌酯",
                    "苯醚甲环唑",
                    "代森锰锌",
                    "双炔酰菌胺",
                    "甲霜灵和精甲霜灵",
                    "三唑磷",
                    "敌百虫",
                    "克百威",
                    "氧乐果");

    private final Cast cast;
    private final SeasonClock clock;
    private final Accounts accounts;
    private final Parties parties;
    private final Standards standards;
    private final Catalog catalog;
    private final Farming farming;
    private final Goods goods;
    private final Lots lots;
    private final Holds holds;
    private final Labels labels;
    private final Laboratory laboratory;
    private final Evaluation evaluation;
    private final Visits visits;
    private final Licences licences;
    private final Certificates certificates;
    private final Codes codes;
    private final Recalls recalls;
    private final Scans scans;
    private final Alerts alerts;

    private final Map<String, Visitor> people = new LinkedHashMap<>();
    private final List<House> houses = new ArrayList<>();
    private final Map<UUID, Lot> harvested = new HashMap<>();
    private final List<String> scanLines = new ArrayList<>();
    private final Map<String, Lot> namedLots = new LinkedHashMap<>();

    /** A cooperative with what it works with. */
    private record House(
            Party party, Visitor clerk, List<Plot> plots, Product product, List<Lot> packed) {}

    /** What the launcher prints. */
    record Outcome(
            List<Cast.LogIn> logIns,
            Map<Role, String> keys,
            List<String> scanLines,
            Map<String, Lot> lots) {}

    DemoSeason(
            Cast cast,
            SeasonClock clock,
            Accounts accounts,
            Parties parties,
            Standards standards,
            Catalog catalog,
            Farming farming,
            Goods goods,
            Lots lots,
            Holds holds,
            Labels labels,
            Laboratory laboratory,
            Evaluation evaluation,
            Visits visits,
            Licences licences,
            Certificates certificates,
            Codes codes,
            Recalls recalls,
            Scans scans,
            Alerts alerts) {
        this.cast = cast;
        this.clock = clock;
        this.accounts = accounts;
        this.parties = parties;
        this.standards = standards;
        this.catalog = catalog;
        this.farming = farming;
        this.goods = goods;
        this.lots = lots;
        this.holds = holds;
        this.labels = labels;
        this.laboratory = laboratory;
        this.evaluation = evaluation;
        this.visits = visits;
        this.licences = licences;
        this.certificates = certificates;
        this.codes = codes;
        this.recalls = recalls;
        this.scans = scans;
        this.alerts = alerts;
    }

    Outcome play(Consumer<String> progress) {
        progress.accept("1/8 人员、合作社、基地与地块 · people, cooperatives, plots");
        peopleAndPlaces();
        progress.accept("2/8 标准与授权 · standards and licences");
        standardsAndLicences();
        progress.accept("3/8 春季农事记录 · farm records of the spring");
        spring();
        progress.accept("4/8 采收、合并、分级、检测、包装、赋码、发货 · harvest to shipment");
        summer();
        progress.accept("5/8 退货、拆分、报废 · returns, splits, waste");
        market();
        progress.accept("6/8 不合格与召回、暂停授权、仿冒码 · failed report, recall, suspension, clone");
        trouble();
        progress.accept("7/8 2026-03-01 新版限量与荔枝干库存 · next edition, dried litchi in stock");
        nextEdition();
        progress.accept("8/8 回到今天 · back to the present");
        var keys = present();
        return new Outcome(cast.logIns(), keys, List.copyOf(scanLines), Map.copyOf(namedLots));
    }

    // ---- 1

    private void peopleAndPlaces() {
        clock.is(LocalDate.of(2025, 2, 10), 9);
        var admin = cast.official(Role.ADMINISTRATOR, "admin", "管理员（演示）", "44");
        people.put("admin", admin);
        people.put("manager", cast.official(Role.CITY_MANAGER, "manager", "陈示例（演示）", "4409"));
        people.put("supervisor", cast.official(Role.SUPERVISOR, "supervisor", "李示例（演示）", "4409"));
        people.put("evaluator", cast.official(Role.EVALUATOR, "evaluator", "黄示例（演示）", "4409"));

        standards.loadReference();

        var lab =
                cast.party(
                        admin,
                        Party.Kind.LABORATORY,
                        "茂名示例检测中心（演示）",
                        "Maoming Example Laboratory (demo)",
                        "52440900MADEM00058",
                        "440902");
        people.put("lab", cast.member(Role.LABORATORY, "lab", "周检测（演示）", lab.id()));
        people.put("lab2", cast.member(Role.LABORATORY, "lab2", "吴复核（演示）", lab.id()));
        var market =
                cast.party(
                        admin,
                        Party.Kind.RETAILER,
                        "深圳示例果品批发市场（演示）",
                        "Shenzhen Example Fruit Market (demo)",
                        "91440300MADEM0006B",
                        "440300");
        people.put("retailer", cast.member(Role.RETAILER, "retailer", "何收货（演示）", market.id()));
        var shop =
                cast.party(
                        admin,
                        Party.Kind.RETAILER,
                        "广州示例生鲜超市（演示）",
                        "Guangzhou Example Fresh Market (demo)",
                        "91440100MADEM00074",
                        "440100");
        people.put("retailer2", cast.member(Role.RETAILER, "retailer2", "罗收货（演示）", shop.id()));
        var association =
                cast.party(
                        admin,
                        Party.Kind.ASSOCIATION,
                        "茂名示例荔枝协会（演示）",
                        "Maoming Example Litchi Association (demo)",
                        "51440900MADEM0008L",
                        "440900");
        people.put(
                "association",
                cast.member(Role.ASSOCIATION, "association", "谢协会（演示）", association.id()));

        house(
                admin,
                "根子示例荔枝专业合作社（演示）",
                "Genzi Example Litchi Cooperative (demo)",
                "93440981MADEM0001Y",
                "440981104",
                "根子",
                "clerk",
                "林文员（演示）",
                List.of("桂味", "白糖罂", "妃子笑", "桂味", "糯米糍"),
                16,
                "高州桂味荔枝（演示）",
                "Gaozhou Guiwei Litchi (demo)",
                true);
        house(
                admin,
                "霞洞示例荔枝专业合作社（演示）",
                "Xiadong Example Litchi Cooperative (demo)",
                "93440904MADEM0002H",
                "440904115",
                "霞洞",
                "clerk2",
                "杨文员（演示）",
                List.of("妃子笑", "黑叶", "白糖罂"),
                13,
                "电白妃子笑荔枝（演示）",
                "Dianbai Feizixiao Litchi (demo)",
                false);
        house(
                admin,
                "羊角示例荔枝专业合作社（演示）",
                "Yangjiao Example Litchi Cooperative (demo)",
                "93440902MADEM0003P",
                "440902108",
                "羊角",
                "clerk3",
                "梁文员（演示）",
                List.of("黑叶", "妃子笑", "糯米糍"),
                13,
                "茂南黑叶荔枝（演示）",
                "Maonan Heiye Litchi (demo)",
                false);
    }

    private void house(
            Visitor admin,
            String name,
            String nameEn,
            String creditCode,
            String town,
            String townName,
            String user,
            String clerkName,
            List<String> varieties,
            int plots,
            String product,
            String productEn,
            boolean geographicalIndication) {
        var cooperative = cast.party(admin, Party.Kind.COOPERATIVE, name, nameEn, creditCode, town);
        var clerk = cast.member(Role.CLERK, user, clerkName, cooperative.id());
        people.put(user, clerk);
        var farmers = new ArrayList<Party>();
        for (int i = 1; i <= 4; i++) {
            var farmer =
                    cast.party(
                            admin,
                            Party.Kind.FARMER,
                            "%s果农%s（演示）".formatted(townName, "甲乙丙丁".charAt(i - 1)),
                            "Farmer %d of %s (demo)".formatted(i, nameEn),
                            null,
                            town);
            parties.enrol(admin, cooperative.id(), farmer.id());
            farmers.add(farmer);
        }
        if (user.equals("clerk")) {
            people.put(
                    "farmer",
                    cast.member(Role.FARMER, "farmer", "根子果农甲（演示）", farmers.getFirst().id()));
        }
        var land = cast.plots(clerk, cooperative, town, townName, farmers, varieties, plots);
        var article =
                catalog.register(
                        clerk,
                        new NewProduct(
                                cooperative.id(),
                                null,
                                product,
                                productEn,
                                "litchi",
                                varieties.getFirst(),
                                "特级",
                                new BigDecimal("2.5"),
                                "2.5 kg 礼盒",
                                geographicalIndication));
        houses.add(new House(cooperative, clerk, land, article, new ArrayList<>()));
    }

    private Visitor who(String name) {
        var visitor = people.get(name);
        if (visitor == null) {
            throw new IllegalStateException("nobody is called " + name);
        }
        return visitor;
    }

    // ---- 2

    private void standardsAndLicences() {
        clock.is(LocalDate.of(2025, 2, 17), 10);
        for (House house : houses) {
            licence(house, house.product(), new BigDecimal("60000"));
        }
        var genzi = houses.getFirst();
        var dried =
                catalog.register(
                        genzi.clerk(),
                        new NewProduct(
                                genzi.party().id(),
                                null,
                                "高州桂味荔枝干（演示）",
                                "Gaozhou Dried Guiwei Litchi (demo)",
                                "dried-litchi",
                                "桂味",
                                "特级",
                                new BigDecimal("0.5"),
                                "500 g 罐",
                                true));
        licence(genzi, dried, new BigDecimal("2000"));
        for (House house : houses) {
            for (Plot plot : house.plots()) {
                farming.agreeYield(who("supervisor"), plot.id(), SEASON, ACRE_YIELD);
            }
        }
    }

    /** The officer goes there; the clerk walks with him and signs too. */
    private void visited(House house, UUID application) {
        var visit = visits.of(application).getLast();
        visits.conclude(
                who("supervisor"),
                visit.id(),
                visit.all(Visit.Answer.MET),
                who("supervisor").name(),
                house.clerk().name());
    }

    private Licence licence(House house, Product product, BigDecimal yearlyKg) {
        var application =
                evaluation.apply(
                        house.clerk(),
                        new NewApplication(
                                house.party().id(),
                                product.id(),
                                yearlyKg,
                                "申请在%s上使用“信”字号，基地与农事记录齐全。（演示）".formatted(product.name())));
        evaluation.review(who("supervisor"), application.id());
        visited(house, application.id());
        if (product.category().equals("dried-litchi")) {
            evaluation.sendBack(who("supervisor"), application.id(), List.of("烘干工艺说明"));
            evaluation.resubmit(house.clerk(), application.id(), "已补：热风烘干，65 ℃，36 小时。（演示）");
        }
        return evaluation.grant(
                who("supervisor"),
                application.id(),
                LocalDate.of(2025, 3, 1),
                LocalDate.of(2028, 2, 29),
                "资料齐全，现场核查符合。（演示）");
    }

    // ---- 3

    private void spring() {
        work(LocalDate.of(2025, 2, 25), Activity.FERTILISING, null, "有机肥 300 kg/亩");
        work(LocalDate.of(2025, 3, 12), Activity.PRUNING, null, null);
        work(LocalDate.of(2025, 3, 28), Activity.SPRAYING, "80%代森锰锌", "600x");
        work(LocalDate.of(2025, 4, 10), Activity.SPRAYING, "10%苯醚甲环唑", "800x");
        work(LocalDate.of(2025, 4, 22), Activity.IRRIGATION, null, null);
        work(LocalDate.of(2025, 5, 3), Activity.SPRAYING, "250g/L嘧菌酯", "1400x");
        // The farmer who sprays too close to the harvest: 高效氯氰菊酯 has an interval of 14 days.
        clock.is(LocalDate.of(2025, 5, 16), 16);
        var late = lateSprayed();
        farming.record(
                houses.get(1).clerk(),
                new NewFarmRecord(
                        late.id(),
                        Activity.SPRAYING,
                        LocalDate.of(2025, 5, 16),
                        "4.5%高效氯氰菊酯",
                        "75 mL/mu",
                        "霞洞果农乙（演示）",
                        "蒂蛀虫"));
        refused(
                () ->
                        farming.record(
                                houses.get(1).clerk(),
                                new NewFarmRecord(
                                        houses.get(1).plots().get(4).id(),
                                        Activity.SPRAYING,
                                        LocalDate.of(2025, 5, 16),
                                        "35%水胺硫磷乳油",
                                        "1000x",
                                        "霞洞果农乙（演示）",
                                        "蒂蛀虫")));
    }

    private void work(
            LocalDate day, Activity activity, @Nullable String product, @Nullable String dose) {
        clock.is(day, 8);
        for (House house : houses) {
            for (Plot plot : house.plots()) {
                farming.record(
                        house.clerk(),
                        new NewFarmRecord(plot.id(), activity, day, product, dose, "演示果农", ""));
            }
        }
    }

    /** Two plots of Xiadong bear 白糖罂; the first of them is sprayed late. */
    private Plot lateSprayed() {
        return houses.get(1).plots().stream()
                .filter(p -> p.variety().equals("白糖罂"))
                .findFirst()
                .orElseThrow();
    }

    // ---- 4 and 5: harvest, packing and shipping run side by side, in the order of their days

    private static final Map<String, LocalDate> RIPE =
            Map.of(
                    "白糖罂", LocalDate.of(2025, 5, 24),
                    "妃子笑", LocalDate.of(2025, 5, 28),
                    "黑叶", LocalDate.of(2025, 6, 12),
                    "桂味", LocalDate.of(2025, 6, 16),
                    "糯米糍", LocalDate.of(2025, 6, 24));

    private void summer() {
        var agenda = new TreeMap<LocalDate, List<Runnable>>();
        for (House house : houses) {
            var byVariety = new LinkedHashMap<String, List<Plot>>();
            for (Plot plot : house.plots()) {
                byVariety.computeIfAbsent(plot.variety(), v -> new ArrayList<>()).add(plot);
                var day = harvestDay(plot);
                if (plot.id().equals(lateSprayed().id())) {
                    var tooEarly = ripe(plot);
                    on(
                            agenda,
                            tooEarly,
                            () -> refused(() -> harvest(house, plot, tooEarly, "0.7")));
                }
                on(agenda, day, () -> harvested.put(plot.id(), harvest(house, plot, day, "0.7")));
            }
            for (var variety : byVariety.values()) {
                variety.sort(Comparator.comparing(this::harvestDay));
                for (int i = 0; i < variety.size(); i += 3) {
                    var group = variety.subList(i, Math.min(i + 3, variety.size()));
                    var day = harvestDay(group.getLast()).plusDays(1);
                    on(agenda, day, () -> packGroup(agenda, house, group, day));
                }
            }
        }
        // One plot claims far more than its trees can bear.
        var greedy = houses.get(2).plots().getFirst();
        var again = harvestDay(greedy).plusDays(2);
        on(agenda, again, () -> refused(() -> harvest(houses.get(2), greedy, again, "0.9")));
        while (!agenda.isEmpty()) {
            agenda.pollFirstEntry().getValue().forEach(Runnable::run);
        }
        namedLots.put("PACKED", houses.getFirst().packed().getFirst());
        namedLots.put("HARVEST", lotOf(houses.getFirst().plots().getFirst()));
    }

    private static void on(TreeMap<LocalDate, List<Runnable>> agenda, LocalDate day, Runnable act) {
        agenda.computeIfAbsent(day, d -> new ArrayList<>()).add(act);
    }

    private static LocalDate ripe(Plot plot) {
        var day = RIPE.get(plot.variety());
        if (day == null) {
            throw new IllegalStateException("no harvest window for " + plot.variety());
        }
        return day.plusDays(Math.floorMod(plot.number().hashCode(), 5));
    }

    /** The late-sprayed plot waits until its pre-harvest interval is over. */
    private LocalDate harvestDay(Plot plot) {
        return plot.id().equals(lateSprayed().id()) ? LocalDate.of(2025, 5, 31) : ripe(plot);
    }

    /** Harvests a share of the season cap. */
    private Lot harvest(House house, Plot plot, LocalDate day, String share) {
        clock.is(day, 7);
        var cap = farming.seasonCap(plot.id(), SEASON).orElseThrow();
        var kilograms = cap.multiply(new BigDecimal(share)).setScale(0, RoundingMode.DOWN);
        return goods.harvest(house.clerk(), new Harvest(plot.id(), kilograms, day));
    }

    private Lot lotOf(Plot plot) {
        var lot = harvested.get(plot.id());
        if (lot == null) {
            throw new IllegalStateException("plot " + plot.number() + " was not harvested");
        }
        return lot;
    }

    /**
     * Merges up to three harvest lots, sorts them and tests the best grade; packs it the next day.
     */
    private void packGroup(
            TreeMap<LocalDate, List<Runnable>> agenda,
            House house,
            List<Plot> plots,
            LocalDate day) {
        var group = plots.stream().map(this::lotOf).toList();
        clock.is(day, 8);
        var bulk =
                group.size() == 1
                        ? group.getFirst()
                        : goods.merge(
                                house.clerk(),
                                house.party().id(),
                                group.stream().map(l -> new Part(l.id(), l.kilograms())).toList(),
                                day);
        var grades =
                goods.sort(
                        house.clerk(),
                        house.party().id(),
                        new Part(bulk.id(), bulk.kilograms()),
                        List.of(
                                new Grade("特级", share(bulk, "0.62")),
                                new Grade("一级", share(bulk, "0.30"))),
                        share(bulk, "0.05"),
                        day);
        var top = grades.getFirst();
        var tested = test(top, day, Map.of());
        on(agenda, day.plusDays(1), () -> pack(agenda, house, top, tested, day.plusDays(1)));
    }

    private void pack(
            TreeMap<LocalDate, List<Runnable>> agenda,
            House house,
            Lot top,
            boolean tested,
            LocalDate day) {
        clock.is(day, 9);
        var each = house.product().packKg();
        long packs =
                Math.min(
                        1300,
                        top.kilograms().divide(each, 0, RoundingMode.DOWN).longValueExact() - 4);
        var net = each.multiply(BigDecimal.valueOf(packs));
        var used =
                net.multiply(new BigDecimal("1.01"))
                        .setScale(1, RoundingMode.HALF_UP)
                        .min(top.kilograms());
        var packed =
                goods.pack(
                        house.clerk(),
                        new Packing(
                                house.party().id(),
                                house.product().id(),
                                List.of(new Part(top.id(), used)),
                                packs,
                                day));
        house.packed().add(packed);
        certificates.issue(
                house.clerk(),
                packed.id(),
                tested
                        ? EnumSet.of(Basis.QUALITY_CONTROL, Basis.TESTED)
                        : EnumSet.of(Basis.QUALITY_CONTROL));
        var batch = codes.order(house.clerk(), house.product().id(), packs + 10);
        codes.activate(house.clerk(), batch.number(), packed.id(), packs);
        var to = who(house.packed().size() % 2 == 1 ? "retailer" : "retailer2");
        on(agenda, day.plusDays(1), () -> ship(agenda, house, packed, to, day.plusDays(1)));
    }

    private void ship(
            TreeMap<LocalDate, List<Runnable>> agenda,
            House house,
            Lot lot,
            Visitor to,
            LocalDate day) {
        clock.is(day, 15);
        var kilograms = lot.kilograms().subtract(new BigDecimal("50"));
        var shipment =
                goods.ship(
                        house.clerk(),
                        new NewShipment(
                                house.party().id(),
                                partyOf(to),
                                List.of(new Part(lot.id(), kilograms)),
                                "粤K·演%03d".formatted(house.packed().size()),
                                day));
        on(
                agenda,
                day.plusDays(1),
                () -> {
                    clock.is(day.plusDays(1), 6);
                    goods.receive(to, shipment.id(), day.plusDays(1), Map.of(lot.id(), kilograms));
                });
    }

    private static BigDecimal share(Lot lot, String share) {
        return lot.kilograms().multiply(new BigDecimal(share)).setScale(0, RoundingMode.DOWN);
    }

    /** Samples a lot and reports the screening; {@code found} overrides single values in mg/kg. */
    private boolean test(Lot lot, LocalDate day, Map<String, String> found) {
        clock.is(day, 14);
        var lab = who("lab");
        var sample = laboratory.takeSample(who("supervisor"), lot.id(), partyOf(lab), day);
        var values = new ArrayList<Value>();
        for (String substance : SCREENING) {
            var override = found.get(substance);
            if (override != null) {
                values.add(new Value(substance, FOUND, new BigDecimal(override), "mg/kg"));
            } else if (substance.equals("代森锰锌")) {
                values.add(new Value(substance, FOUND, new BigDecimal("0.42"), "mg/kg"));
            } else if (substance.equals("苯醚甲环唑")) {
                values.add(new Value(substance, FOUND, new BigDecimal("0.031"), "mg/kg"));
            } else if (substance.equals("嘧菌酯")) {
                values.add(new Value(substance, BELOW_LOQ, new BigDecimal("0.01"), "mg/kg"));
            } else {
                values.add(new Value(substance, NOT_DETECTED, new BigDecimal("0.005"), "mg/kg"));
            }
        }
        var report = laboratory.enter(lab, sample.id(), values, day);
        var released = laboratory.release(who("lab2"), report.id());
        return released.judgement().outcome() == Standards.Outcome.PASS
                && laboratory.coverage(lot.id()).covered();
    }

    private static UUID partyOf(Visitor member) {
        var party = member.party();
        if (party == null) {
            throw new IllegalStateException(member.name() + " acts for nobody");
        }
        return party;
    }

    // ---- 6

    private void market() {
        var genzi = houses.getFirst();
        var back = lots.shipmentsTo(partyOf(who("retailer"))).getFirst();
        clock.is(LocalDate.of(2025, 7, 6), 9);
        goods.giveBack(
                who("retailer"),
                partyOf(who("retailer")),
                back.id(),
                back.parts().getFirst().lot(),
                new BigDecimal("25"),
                "外箱受潮（演示）",
                LocalDate.of(2025, 7, 6));
        var first = genzi.packed().getFirst();
        goods.split(
                genzi.clerk(),
                genzi.party().id(),
                first.id(),
                List.of(new BigDecimal("25"), new BigDecimal("25")),
                LocalDate.of(2025, 7, 6));
        lots.of(genzi.party().id()).stream()
                .filter(l -> l.kind() == Lot.Kind.SORTED && l.grade().equals("一级"))
                .findFirst()
                .ifPresent(
                        second ->
                                goods.waste(
                                        genzi.clerk(),
                                        genzi.party().id(),
                                        second.id(),
                                        new BigDecimal("5"),
                                        "腐烂（演示）",
                                        LocalDate.of(2025, 7, 6)));
    }

    private BigDecimal heldKg(Lot lot, UUID party) {
        return lots.holdings(lot.id()).stream()
                .filter(h -> h.party().equals(party) && !h.inTransit())
                .map(Lots.Holding::kilograms)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    // ---- 7

    private void trouble() {
        // Genzi: everything is well, and one box is copied.
        var genzi = houses.getFirst();
        var good = codeOn(genzi.packed().getFirst(), 7);
        clock.is(LocalDate.of(2025, 7, 8), 10);
        scans.scanned(good, "440300", "演示手机-1", clock.instant());
        scans.scanned(good, "440300", "演示手机-1", clock.instant());
        line(Scans.State.VALID, good);

        var copied = codeOn(genzi.packed().get(1), 3);
        var at = clock.instant();
        var regions =
                List.of(
                        "440300", "440100", "310000", "110000", "500000", "330100", "420100",
                        "610100", "230100");
        for (int i = 0; i < 217; i++) {
            scans.scanned(
                    copied, regions.get(i % regions.size()), "演示手机-" + i, at.plusSeconds(120L * i));
        }
        line(Scans.State.SUSPICIOUS, copied);

        // Xiadong: a sample from the market fails and the lot is recalled.
        var xiadong = houses.get(1);
        var bad = xiadong.packed().getFirst();
        clock.is(LocalDate.of(2025, 7, 9), 9);
        var day = LocalDate.of(2025, 7, 9);
        test(bad, day, Map.of("氯氟氰菊酯和高效氯氟氰菊酯", "0.42"));
        var failed = laboratory.reportsOn(bad.id()).getFirst();
        var recall =
                recalls.publish(
                        who("supervisor"),
                        bad.id(),
                        bad.number(),
                        "抽检氯氟氰菊酯 0.42 mg/kg，限量 0.1 mg/kg。（演示）",
                        Recalls.Level.TWO,
                        failed.id());
        for (var holder : recall.holders()) {
            recalls.notified(who("supervisor"), recall.id(), holder.party());
        }
        var holder = recall.holders().getFirst();
        recalls.recovered(
                who("supervisor"),
                recall.id(),
                holder.party(),
                holder.kilograms().multiply(new BigDecimal("0.4")).setScale(0, RoundingMode.DOWN),
                "已封存待销毁（演示）");
        namedLots.put("RECALLED", bad);
        line(Scans.State.RECALLED, codeOn(bad, 5));

        // Xiadong, another lot: stopped by hand while a complaint is looked into.
        var doubtful = xiadong.packed().get(1);
        holds.hold(doubtful.id(), "投诉核查中（演示）", who("supervisor").name());
        namedLots.put("HELD", doubtful);
        line(Scans.State.ON_HOLD, codeOn(doubtful, 5));

        // Yangjiao: the licence is suspended.
        var yangjiao = houses.get(2);
        clock.is(LocalDate.of(2025, 7, 10), 9);
        var licence = licences.latest(yangjiao.party().id(), yangjiao.product().id()).orElseThrow();
        evaluation.suspend(who("supervisor"), licence.id(), "飞行检查发现农事记录缺页，限期整改。（演示）");
        line(Scans.State.REVOKED, codeOn(yangjiao.packed().getFirst(), 5));

        clock.is(LocalDate.of(2025, 7, 11), 9);
        scans.complain(copied, "怀疑假冒或标签被复制", "同一个码在别处也看到过。（演示）", "13800000000");
        workOff("REFUSAL", 3, "已到现场核对农事记录与地块，教育并登记。（演示）", "已整改。（演示）");
        workOff("FAILED_REPORT", 1, "批次已冻结并发布召回。（演示）", "已转召回办理。（演示）");
        workOff("RECALL", 1, "已逐一通知持有者，回收情况记在召回页。（演示）", "通知已送达。（演示）");
        workOff("LICENCE", 1, "已送达暂停通知和整改清单。（演示）", "已送达。（演示）");
        workOff("COMPLAINT", 1, "已联系投诉人，取得标签照片比对。（演示）", "标签确有仿制，已立案查处。（演示）");
    }

    /** What the season brought up was looked into on the spot; what came of it stands there. */
    private void workOff(String kind, int count, String done, String conclusion) {
        var officer = who("supervisor");
        for (var alert : heard(kind, count)) {
            alerts.assign(officer, alert.id(), officer.name(), LocalDate.of(2025, 7, 14));
            alerts.handle(officer, alert.id(), done);
            alerts.recheck(officer, alert.id(), true, "已复核，未再发生。（演示）");
            alerts.close(officer, alert.id(), conclusion);
        }
    }

    /** Alerts come by events, a moment after what they are about. */
    private List<Alerts.Alert> heard(String kind, int count) {
        for (int i = 0; i < 100; i++) {
            var heard =
                    alerts.open(who("supervisor").districts()).stream()
                            .filter(a -> a.kind().equals(kind))
                            .toList();
            if (heard.size() >= count) {
                return heard;
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
        return List.of();
    }

    private String codeOn(Lot lot, long offset) {
        var range = labels.ranges(lot.id()).getFirst();
        return codes.text(range.batch(), range.first() + offset);
    }

    // ---- 8

    private void nextEdition() {
        var genzi = houses.getFirst();
        var dried =
                catalog.productsOf(genzi.party().id()).stream()
                        .filter(p -> p.category().equals("dried-litchi"))
                        .findFirst()
                        .orElseThrow();
        var fresh =
                lots.of(genzi.party().id()).stream()
                        .filter(l -> l.kind() == Lot.Kind.SORTED && l.variety().equals("桂味"))
                        .filter(l -> l.grade().equals("一级"))
                        .findFirst()
                        .orElseThrow();
        var day = LocalDate.of(2025, 7, 12);
        clock.is(day, 9);
        test(fresh, day, Map.of());
        var input = heldKg(fresh, genzi.party().id());
        long tins =
                input.divide(new BigDecimal("4"), 0, RoundingMode.DOWN)
                        .multiply(BigDecimal.TWO)
                        .longValueExact();
        clock.is(day.plusDays(4), 9);
        var packed =
                goods.pack(
                        genzi.clerk(),
                        new Packing(
                                genzi.party().id(),
                                dried.id(),
                                List.of(new Part(fresh.id(), input)),
                                tins,
                                day.plusDays(4)));
        certificates.issue(genzi.clerk(), packed.id(), EnumSet.of(Basis.QUALITY_CONTROL));
        var batch = codes.order(genzi.clerk(), dried.id(), tins);
        codes.activate(genzi.clerk(), batch.number(), packed.id(), tins);
        namedLots.put("DRIED", packed);

        // In stock when the next edition comes into force: sampled again, judged by the new one.
        clock.is(LocalDate.of(2026, 3, 2), 9);
        standards.announceDue();
        test(packed, LocalDate.of(2026, 3, 2), Map.of());
    }

    // ---- 9

    private Map<Role, String> present() {
        clock.isThePresent();
        LocalDate today = LocalDate.now(clock);
        for (int year : new TreeSet<>(List.of(today.minusDays(7).getYear(), today.getYear()))) {
            for (House house : houses) {
                for (Plot plot : house.plots()) {
                    farming.agreeYield(who("supervisor"), plot.id(), year, ACRE_YIELD);
                }
            }
        }
        lately(today);
        clock.isThePresent();
        var genzi = houses.getFirst();
        for (var alert : heard("SUSPICIOUS_CODE", 1)) {
            alerts.assign(
                    who("supervisor"), alert.id(), who("supervisor").name(), today.plusDays(2));
        }
        var unused = codes.order(genzi.clerk(), genzi.product().id(), 500);
        openWork(genzi, today);
        line(Scans.State.NOT_ACTIVATED, codes.text(unused.number(), 17));
        line(Scans.State.UNKNOWN, guessed(codes.text(unused.number(), 18)));

        var keys = new LinkedHashMap<Role, String>();
        for (Cast.LogIn logIn : cast.logIns()) {
            keys.computeIfAbsent(
                    logIn.role(), role -> accounts.newKey(who(logIn.user()).account(), "演示"));
        }
        return keys;
    }

    /** What happened in the last weeks and is late by now: somebody has to see it. */
    private void lately(LocalDate today) {
        // a case that an officer took and then left: nobody has been there yet
        clock.is(today.minusDays(35), 9);
        var genzi = houses.getFirst();
        var asked = ask(genzi, "高州糯米糍荔枝（演示）", "Gaozhou Nuomici Litchi (demo)", "糯米糍");
        evaluation.review(who("supervisor"), asked);

        clock.is(today.minusDays(8), 16);
        scans.complain(
                codeOn(genzi.packed().getFirst(), 9), "变质、异物或质量问题", "开箱有霉味。（演示）", "13800000000");

        // late fruit of two houses that failed its test and was not followed up
        for (House house : houses.subList(1, houses.size())) {
            var day = today.minusDays(7);
            clock.is(day, 8);
            var lot =
                    goods.harvest(
                            house.clerk(),
                            new Harvest(house.plots().getLast().id(), new BigDecimal("600"), day));
            test(lot, today.minusDays(6), Map.of("氯氰菊酯和高效氯氰菊酯", "0.83"));
        }
    }

    private UUID ask(House house, String product, String english, String variety) {
        var article =
                catalog.register(
                        house.clerk(),
                        new NewProduct(
                                house.party().id(),
                                null,
                                product,
                                english,
                                "litchi",
                                variety,
                                "一级",
                                new BigDecimal("2.5"),
                                "2.5 kg 礼盒",
                                false));
        return evaluation
                .apply(
                        house.clerk(),
                        new NewApplication(
                                house.party().id(),
                                article.id(),
                                new BigDecimal("20000"),
                                "新品种申请使用“信”字号。（演示）"))
                .id();
    }

    /** What lies on everybody's desk today, so that each role has a first thing to do. */
    private void openWork(House genzi, LocalDate today) {
        var farmer = who("farmer");
        var plots = parties.plotsOf(partyOf(farmer));
        farming.record(
                farmer,
                new NewFarmRecord(
                        plots.getFirst().id(),
                        Activity.FERTILISING,
                        today.minusDays(20),
                        null,
                        "有机肥 300 kg/亩",
                        "根子果农甲（演示）",
                        ""));
        farming.record(
                farmer,
                new NewFarmRecord(
                        plots.getLast().id(),
                        Activity.SPRAYING,
                        today.minusDays(2),
                        "80%代森锰锌",
                        "600x",
                        "根子果农甲（演示）",
                        "霜疫霉病"));

        var dried = namedLots.get("DRIED");
        if (dried == null) {
            throw new IllegalStateException("the dried litchi was not packed");
        }
        goods.ship(
                genzi.clerk(),
                new NewShipment(
                        genzi.party().id(),
                        partyOf(who("retailer")),
                        List.of(new Part(dried.id(), new BigDecimal("50"))),
                        "粤K·演900",
                        today));
        goods.ship(
                genzi.clerk(),
                new NewShipment(
                        genzi.party().id(),
                        partyOf(who("retailer")),
                        List.of(new Part(dried.id(), new BigDecimal("25"))),
                        "粤K·演901",
                        today));
        laboratory.takeSample(who("supervisor"), dried.id(), partyOf(who("lab")), today);

        // Two more cases: one waits for an officer, one waits for its applicant.
        ask(houses.get(1), "电白黑叶荔枝（演示）", "Dianbai Heiye Litchi (demo)", "黑叶");
        var sentBack = ask(houses.get(2), "茂南糯米糍荔枝（演示）", "Maonan Nuomici Litchi (demo)", "糯米糍");
        evaluation.review(who("supervisor"), sentBack);
        evaluation.sendBack(who("supervisor"), sentBack, List.of("2026 年土壤检测报告", "包装样张"));
    }

    /** A code whose check character is right and that nobody issued: what a guesser would print. */
    private String guessed(String real) {
        for (int i = 0; i < 32; i++) {
            var guess =
                    real.substring(0, 4)
                            + "7777"
                            + real.substring(8, 15)
                            + "0123456789ABCDEFGHJKMNPQRSTVWXYZ".charAt(i);
            if (ItemCode.read(guess).isPresent()) {
                return guess;
            }
        }
        throw new IllegalStateException("one of 32 check characters is right");
    }

    private void line(Scans.State state, String code) {
        scanLines.add(state + " " + code);
    }

    /**
     * Plays something that the rules must refuse; going through would be a fault of the program.
     */
    private static void refused(Runnable act) {
        try {
            act.run();
        } catch (Refused no) {
            return;
        }
        throw new IllegalStateException("the demo season expected a refusal");
    }
}
