package cn.xinyuan.server.standards.domain;

import cn.xinyuan.limits.Finding;
import cn.xinyuan.limits.Limit;
import cn.xinyuan.limits.Limit.AtMost;
import cn.xinyuan.limits.Limit.NotToBeUsed;
import cn.xinyuan.limits.Reading;
import cn.xinyuan.limits.Sourced;
import cn.xinyuan.limits.Strictest;
import cn.xinyuan.limits.Unit;
import cn.xinyuan.limits.Verdict;
import cn.xinyuan.server.pages.Problems;
import cn.xinyuan.server.standards.Standards.Ban;
import cn.xinyuan.server.standards.Standards.Edition;
import cn.xinyuan.server.standards.Standards.Judgement;
import cn.xinyuan.server.standards.Standards.LimitInForce;
import cn.xinyuan.server.standards.Standards.Line;
import cn.xinyuan.server.standards.Standards.Outcome;
import cn.xinyuan.server.standards.Standards.PesticideProduct;
import cn.xinyuan.server.standards.Standards.Value;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Everything the standards say, as it stood when it was read. */
public final class Library {

    /** The series of national residue limits. */
    public static final String NATIONAL = "GB 2763";

    private static final BigDecimal ABSURD = new BigDecimal("1000000");

    private final List<EditionOf> editions;
    private final List<Clause> clauses;
    private final Residues residues;
    private final List<Ban> bans;
    private final List<PesticideProduct> products;
    private final List<BrandStandard> brandStandards;

    public Library(
            List<EditionOf> editions,
            List<Clause> clauses,
            Residues residues,
            List<Ban> bans,
            List<PesticideProduct> products,
            List<BrandStandard> brandStandards) {
        this.editions =
                editions.stream()
                        .sorted(
                                Comparator.comparing((EditionOf e) -> e.edition().effectiveFrom())
                                        .reversed())
                        .toList();
        this.clauses = List.copyOf(clauses);
        this.residues = residues;
        this.bans = List.copyOf(bans);
        this.products = List.copyOf(products);
        this.brandStandards = List.copyOf(brandStandards);
    }

    /** Newest first. */
    public List<Edition> editions() {
        return editions.stream().map(EditionOf::edition).toList();
    }

    public List<Ban> bans() {
        return bans;
    }

    public List<PesticideProduct> products() {
        return products;
    }

    public List<BrandStandard> brandStandards() {
        return brandStandards;
    }

    public List<Clause> clausesOf(String edition) {
        return clauses.stream().filter(c -> c.edition().equals(edition)).toList();
    }

    public Optional<Edition> inForce(String category, LocalDate day) {
        return nationalOn(category, day).map(EditionOf::edition);
    }

    public Optional<BrandStandard> brandStandard(String category, LocalDate day) {
        String governing = Categories.governing(category);
        return brandStandards.stream()
                .filter(b -> b.category().equals(governing) && b.holdsOn(day))
                .max(Comparator.comparingInt(BrandStandard::version));
    }

    public boolean covers(String tested, String used) {
        return residues.covers(tested, used);
    }

    public Optional<Ban> ban(String substance, String category, LocalDate day) {
        String indicator = residues.indicator(substance);
        return bans.stream()
                .filter(b -> residues.indicator(b.substance()).equals(indicator))
                .filter(b -> !day.isBefore(b.from()) && Categories.inScope(b.scope(), category))
                .min(Comparator.comparing(Ban::from));
    }

    /** What the product must meet on the day: every indicator with its strictest clause. */
    public Map<String, Strictest> requirements(String category, LocalDate day) {
        String governing = Categories.governing(category);
        List<String> adopted =
                brandStandard(category, day)
                        .map(BrandStandard::adopts)
                        .orElse(List.of(NATIONAL, BrandStandard.BANS));
        var sourced = new ArrayList<Sourced>();
        for (String series : adopted) {
            if (series.equals(BrandStandard.BANS)) {
                bans.stream()
                        .filter(
                                b ->
                                        !day.isBefore(b.from())
                                                && Categories.inScope(b.scope(), category))
                        .map(
                                b ->
                                        new Sourced(
                                                residues.indicator(b.substance()),
                                                new NotToBeUsed(),
                                                sourceWords(b)))
                        .forEach(sourced::add);
            } else {
                editions.stream()
                        .filter(e -> e.series().equals(series) && e.holdsOn(day))
                        .flatMap(e -> clausesOf(e.edition().number()).stream())
                        .filter(c -> c.category().equals(governing))
                        .map(c -> new Sourced(plain(c), c.limit(), c.edition()))
                        .forEach(sourced::add);
            }
        }
        return Strictest.of(sourced);
    }

    public List<LimitInForce> limits(String category, LocalDate day) {
        String governing = Categories.governing(category);
        var limits = new ArrayList<LimitInForce>();
        for (Strictest each : requirements(category, day).values()) {
            if (each.limit() instanceof AtMost(var bound, var unit)) {
                limits.add(
                        new LimitInForce(
                                each.indicator(),
                                bound,
                                unit.symbol(),
                                joined(each.sources()),
                                verified(governing, each)));
            }
        }
        return List.copyOf(limits);
    }

    /**
     * @throws Problems naming the value that cannot be understood, or the day without an edition
     */
    public Judgement judge(String category, LocalDate samplingDay, List<Value> values) {
        Edition edition =
                inForce(category, samplingDay)
                        .orElseThrow(
                                () ->
                                        Problems.of(
                                                "samplingDay",
                                                "标准库里没有"
                                                        + Categories.name(category)
                                                        + "在 "
                                                        + samplingDay
                                                        + " 有效的限量版本，不能判定。"));
        check(values);
        Map<String, Strictest> requirements = requirements(category, samplingDay);
        Map<String, Finding> sums = sumsThatExceed(values, requirements);
        var lines = new ArrayList<Line>();
        for (Value value : values) {
            String indicator = residues.indicator(value.substance());
            Strictest required = requirements.get(indicator);
            Finding finding = judge(reading(value), required);
            Finding sum = sums.get(indicator);
            if (sum != null && finding.verdict() == Verdict.PASS) {
                finding = sum;
            }
            lines.add(
                    new Line(
                            value.substance(),
                            value,
                            required == null ? null : bound(required.limit()),
                            required == null ? value.unit() : unit(required.limit(), value),
                            required == null ? edition.number() : joined(required.sources()),
                            outcome(finding.verdict()),
                            finding.reason()));
        }
        Verdict worst = Verdict.worst(lines.stream().map(l -> verdict(l.outcome())).toList());
        return new Judgement(outcome(worst), edition.number(), samplingDay, List.copyOf(lines));
    }

    private static Finding judge(Reading reading, @Nullable Strictest required) {
        if (required != null) {
            return required.limit().judge(reading);
        }
        return reading instanceof Reading.NotDetected
                ? new Finding(Verdict.PASS, reading + "；本版未规定限量")
                : new Finding(Verdict.INCONCLUSIVE, reading + "；本版未规定限量，不作合格判定");
    }

    /**
     * Several substances of one definition, each within the limit but together above it: the
     * definition means their sum, and only the laboratory knows whether the figures overlap.
     */
    private Map<String, Finding> sumsThatExceed(
            List<Value> values, Map<String, Strictest> requirements) {
        Map<String, List<Value>> found =
                values.stream()
                        .filter(v -> v.kind() == Value.Kind.FOUND)
                        .collect(Collectors.groupingBy(v -> residues.indicator(v.substance())));
        var exceeding = new HashMap<String, Finding>();
        found.forEach(
                (indicator, several) -> {
                    Strictest required = requirements.get(indicator);
                    if (several.size() > 1
                            && required != null
                            && required.limit() instanceof AtMost(var bound, var unit)) {
                        BigDecimal sum =
                                several.stream()
                                        .map(v -> unitOf(v).to(unit, v.figure()))
                                        .reduce(BigDecimal.ZERO, BigDecimal::add);
                        if (sum.compareTo(bound) > 0) {
                            exceeding.put(
                                    indicator,
                                    new Finding(
                                            Verdict.INCONCLUSIVE,
                                            "同属“"
                                                    + indicator
                                                    + "”的几项合计 "
                                                    + sum.toPlainString()
                                                    + " "
                                                    + unit.symbol()
                                                    + "，超过限量 "
                                                    + required.limit().words()
                                                    + "，请按残留定义合并报出"));
                        }
                    }
                });
        return exceeding;
    }

    private void check(List<Value> values) {
        var problems = new Problems.Collector();
        problems.require(!values.isEmpty(), "values", "至少要有一项检测结果。");
        problems.require(values.size() <= 1000, "values", "一份报告最多 1000 项。");
        Set<String> seen = new HashSet<>();
        for (int n = 0; n < values.size(); n++) {
            Value value = values.get(n);
            String at = "values[" + n + "].";
            String name = value.substance().strip();
            problems.require(!name.isEmpty(), at + "substance", "请写检测项目的名称。");
            problems.require(name.length() <= 80, at + "substance", "项目名称最多 80 个字。");
            problems.require(
                    name.isEmpty() || seen.add(Residues.plain(name)),
                    at + "substance",
                    "“" + name + "”写了两次，请只留一次。");
            problems.require(
                    Unit.read(value.unit()).isPresent(),
                    at + "unit",
                    "不认识单位“" + value.unit() + "”，请写 mg/kg、µg/kg 或 %。");
            problems.require(
                    value.figure().signum() > 0,
                    at + "figure",
                    value.kind() == Value.Kind.FOUND
                            ? "检出值要大于 0；没有检出请写“未检出<检出限”。"
                            : "检出限、定量限要大于 0。");
            problems.require(
                    value.figure().compareTo(ABSURD) <= 0 && value.figure().scale() <= 12,
                    at + "figure",
                    "这个数值不合常理，请核对单位和小数点。");
        }
        problems.throwIfAny();
    }

    private static Reading reading(Value value) {
        Unit unit = unitOf(value);
        return switch (value.kind()) {
            case FOUND -> new Reading.Found(value.figure(), unit);
            case NOT_DETECTED -> new Reading.NotDetected(value.figure(), unit);
            case BELOW_LOQ -> new Reading.BelowQuantification(value.figure(), null, unit);
        };
    }

    private static Unit unitOf(Value value) {
        return Unit.read(value.unit()).orElseThrow();
    }

    private Optional<EditionOf> nationalOn(String category, LocalDate day) {
        String governing = Categories.governing(category);
        return editions.stream()
                .filter(e -> e.series().equals(NATIONAL) && e.holdsOn(day))
                .filter(
                        e ->
                                clauses.stream()
                                        .anyMatch(
                                                c ->
                                                        c.edition().equals(e.edition().number())
                                                                && c.category().equals(governing)))
                .findFirst();
    }

    private String plain(Clause clause) {
        return residues.indicator(clause.substance());
    }

    private boolean verified(String category, Strictest strictest) {
        return clauses.stream()
                .filter(c -> c.category().equals(category))
                .filter(c -> plain(c).equals(strictest.indicator()))
                .filter(c -> strictest.sources().contains(c.edition()))
                .allMatch(Clause::verified);
    }

    private static @Nullable BigDecimal bound(Limit limit) {
        return switch (limit) {
            case AtMost(var bound, _) -> bound;
            case Limit.AtLeast(var bound, _) -> bound;
            case Limit.Between(_, var high, _) -> high;
            case Limit.Absent(var seenFrom, _) -> seenFrom;
            case NotToBeUsed() -> null;
        };
    }

    private static String unit(Limit limit, Value value) {
        return switch (limit) {
            case AtMost(_, var unit) -> unit.symbol();
            case Limit.AtLeast(_, var unit) -> unit.symbol();
            case Limit.Between(_, _, var unit) -> unit.symbol();
            case Limit.Absent(_, var unit) -> unit.symbol();
            case NotToBeUsed() -> value.unit();
        };
    }

    /** A ban's source in Chinese. */
    public static String sourceWords(Ban ban) {
        return ban.source().startsWith("announcement in force")
                ? "农业农村部公告（" + ban.from() + " 起）"
                : ban.source().replaceFirst("announcement (\\d+)", "农业农村部公告第 $1 号");
    }

    private static String joined(Set<String> sources) {
        return sources.stream().sorted().collect(Collectors.joining("；"));
    }

    private static Outcome outcome(Verdict verdict) {
        return switch (verdict) {
            case PASS -> Outcome.PASS;
            case FAIL -> Outcome.FAIL;
            case INCONCLUSIVE -> Outcome.INCONCLUSIVE;
        };
    }

    private static Verdict verdict(Outcome outcome) {
        return switch (outcome) {
            case PASS -> Verdict.PASS;
            case FAIL -> Verdict.FAIL;
            case INCONCLUSIVE -> Verdict.INCONCLUSIVE;
        };
    }
}
