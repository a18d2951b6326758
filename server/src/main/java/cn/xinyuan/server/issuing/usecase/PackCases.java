package cn.xinyuan.server.issuing.usecase;

import cn.xinyuan.codes.CodeRange;
import cn.xinyuan.codes.Sscc;
import cn.xinyuan.server.issuing.Cases;
import cn.xinyuan.server.issuing.Codes.Batch;
import cn.xinyuan.server.issuing.domain.Activated;
import cn.xinyuan.server.issuing.domain.BatchBook;
import cn.xinyuan.server.issuing.domain.CaseBook;
import cn.xinyuan.server.issuing.domain.Voided;
import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.pages.Problems;
import cn.xinyuan.server.pages.Refused;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.pages.Words;
import cn.xinyuan.server.trace.Aggregations;
import cn.xinyuan.server.trace.Aggregations.Aggregation;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Labelled boxes are put into cases and cases onto pallets, and taken out again. A box is in one
 * case at a time, a case on one pallet; what is void, not on a pack yet or another's goes into
 * none. Each act is an EPCIS aggregation event on trace's one write path.
 */
@Component
public class PackCases implements Cases {

    /** Ranges of codes in one case. */
    public static final int MOST_RANGES = 20;

    /** Boxes in one case. */
    public static final long MOST_BOXES = 10_000;

    /** Cases on one pallet. */
    public static final int MOST_CASES = 200;

    private static final int LONGEST_REASON = 500;
    private static final int REFERENCE_AND_PREFIX = 16;
    private static final String DEMO_PREFIX = "952";

    private final CaseBook cases;
    private final BatchBook book;
    private final Aggregations aggregations;
    private final Clock clock;
    private final String prefix;

    PackCases(
            CaseBook cases,
            BatchBook book,
            Aggregations aggregations,
            Clock clock,
            @Value("${xinyuan.labels.sscc-prefix:${xinyuan.brand.gs1-prefix:9521234}}")
                    String prefix) {
        if (!prefix.matches("[0-9]{4,10}")) {
            throw new IllegalStateException(
                    "xinyuan.labels.sscc-prefix=%s：应为 4 至 10 位数字的 GS1 厂商识别代码。".formatted(prefix));
        }
        this.cases = cases;
        this.book = book;
        this.aggregations = aggregations;
        this.clock = clock;
        this.prefix = prefix;
    }

    /** Whether an SSCC bears the prefix that GS1 keeps for demonstrations. */
    public static boolean isDemo(String sscc) {
        return sscc.startsWith(DEMO_PREFIX, 1);
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<LogisticUnit> find(String sscc) {
        return Sscc.read(sscc).flatMap(s -> cases.find(s.digits()));
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<LogisticUnit> holding(long batch, long serial) {
        return cases.holding(new CodeRange(batch, serial, 1)).flatMap(cases::find);
    }

    /** Cases and pallets of a party, newest first. */
    @Transactional(readOnly = true)
    public List<CaseBook.Brief> of(UUID party, int atMost) {
        return cases.of(party, atMost);
    }

    /**
     * Puts boxes into a new case.
     *
     * @param ranges of labels that are on packs already; of one product
     * @param mixedLots whether boxes of several lots are meant to be together
     * @throws NotFound for a batch of another party
     * @throws Problems on ranges that the batches have not, or that overlap
     * @throws Refused {@code void}, {@code not-activated}, {@code already-in-case}, {@code
     *     mixed-products}, {@code mixed-lots}, {@code lot-held}, {@code not-in-hand}
     */
    @Transactional
    public LogisticUnit pack(Visitor by, List<CodeRange> ranges, boolean mixedLots) {
        UUID party = party(by);
        demandRanges(ranges);
        var batches = new LinkedHashMap<Long, Batch>();
        // in the order of their numbers: two packers never wait for each other
        for (long number : new TreeSet<>(ranges.stream().map(CodeRange::batch).toList())) {
            batches.put(
                    number,
                    book.lock(number)
                            .filter(b -> b.party().equals(party))
                            .orElseThrow(() -> new NotFound("batch " + number)));
        }
        var contents = new ArrayList<Content>();
        for (CodeRange range : ranges) {
            contents.addAll(contents(batches, range));
        }
        if (batches.values().stream().map(Batch::product).distinct().count() > 1) {
            throw new Refused("mixed-products", "一箱只装一种产品：这些标签属于不同的产品，请分箱。");
        }
        Map<UUID, Long> byLot = byLot(contents);
        if (byLot.size() > 1 && !mixedLots) {
            throw new Refused(
                    "mixed-lots", "这些标签属于 %d 个批次。同箱混批请勾选“允许混批”，召回时整箱都会涉及。".formatted(byLot.size()));
        }
        var unit =
                new LogisticUnit(
                        nextSscc(),
                        Kind.CASE,
                        party,
                        by.name(),
                        clock.instant(),
                        null,
                        null,
                        contents,
                        null,
                        List.of());
        cases.add(unit, by.account());
        aggregations.tell(
                by,
                new Aggregation(
                        party,
                        unit.sscc(),
                        true,
                        byLot,
                        List.of(),
                        byLot.keySet(),
                        facts(contents)));
        return unit;
    }

    /**
     * Puts cases onto a new pallet, or onto one that has cases already.
     *
     * @throws Problems on what is no case or pallet of the party
     * @throws Refused {@code unpacked}, {@code already-on-pallet}, {@code lot-held}
     */
    @Transactional
    public LogisticUnit palletise(Visitor by, List<String> ssccs, @Nullable String pallet) {
        UUID party = party(by);
        List<LogisticUnit> wanted = cases(party, ssccs);
        LogisticUnit onto = pallet == null ? null : own(party, pallet, Kind.PALLET, "pallet");
        for (LogisticUnit each : wanted) {
            demandPacked(each);
            if (each.pallet() != null) {
                throw new Refused(
                        "already-on-pallet",
                        "箱 %s 已在托盘 %s 上，请先从那个托盘取下。".formatted(each.sscc(), each.pallet()));
            }
        }
        long there = onto == null ? 0 : onto.cases().size();
        if (there + wanted.size() > MOST_CASES) {
            throw Problems.of("cases", "一个托盘最多 " + MOST_CASES + " 箱。");
        }
        String sscc;
        if (onto == null) {
            sscc = nextSscc();
            cases.add(
                    new LogisticUnit(
                            sscc,
                            Kind.PALLET,
                            party,
                            by.name(),
                            clock.instant(),
                            null,
                            null,
                            List.of(),
                            null,
                            wanted.stream().map(LogisticUnit::sscc).toList()),
                    by.account());
        } else {
            demandPacked(onto);
            sscc = onto.sscc();
            wanted.forEach(each -> cases.putOn(sscc, each.sscc(), clock.instant()));
        }
        tellPallet(by, party, sscc, true, wanted, Map.of());
        return cases.find(sscc).orElseThrow();
    }

    /**
     * Takes cases off a pallet; the last one ends it.
     *
     * @throws Refused {@code not-on-pallet}
     */
    @Transactional
    public LogisticUnit takeOff(Visitor by, String pallet, List<String> ssccs, String reason) {
        UUID party = party(by);
        String why = reason(reason);
        LogisticUnit from = own(party, pallet, Kind.PALLET, "pallet");
        List<LogisticUnit> wanted = cases(party, ssccs);
        for (LogisticUnit each : wanted) {
            if (!from.sscc().equals(each.pallet())) {
                throw new Refused(
                        "not-on-pallet", "箱 %s 不在托盘 %s 上。".formatted(each.sscc(), from.sscc()));
            }
        }
        wanted.forEach(each -> cases.takeOff(each.sscc(), clock.instant()));
        tellPallet(by, party, from.sscc(), false, wanted, Map.of("xy:reason", why));
        if (wanted.size() == from.cases().size()) {
            cases.unpack(from.sscc(), why, clock.instant());
        }
        return cases.find(from.sscc()).orElseThrow();
    }

    /**
     * Empties a case, which leaves its pallet, or takes all cases off a pallet. Its SSCC is not
     * used again.
     *
     * @throws Refused {@code unpacked} when it is empty already
     */
    @Transactional
    public LogisticUnit unpack(Visitor by, String sscc, String reason) {
        UUID party = party(by);
        String why = reason(reason);
        LogisticUnit unit =
                cases.lock(digits(sscc, "sscc"))
                        .filter(u -> u.party().equals(party))
                        .orElseThrow(() -> new NotFound("logistic unit " + sscc));
        demandPacked(unit);
        if (unit.kind() == Kind.PALLET) {
            return takeOff(by, unit.sscc(), unit.cases(), why);
        }
        if (unit.pallet() != null) {
            takeOff(by, unit.pallet(), List.of(unit.sscc()), why);
        }
        cases.unpack(unit.sscc(), why, clock.instant());
        Map<UUID, Long> byLot = byLot(unit.contents());
        var facts = new LinkedHashMap<>(facts(unit.contents()));
        facts.put("xy:reason", why);
        aggregations.tell(
                by,
                new Aggregation(
                        party, unit.sscc(), false, byLot, List.of(), byLot.keySet(), facts));
        return cases.find(unit.sscc()).orElseThrow();
    }

    private void tellPallet(
            Visitor by,
            UUID party,
            String pallet,
            boolean in,
            List<LogisticUnit> what,
            Map<String, String> facts) {
        Set<UUID> lots =
                what.stream()
                        .flatMap(u -> u.contents().stream())
                        .map(Content::lot)
                        .collect(Collectors.toCollection(LinkedHashSet::new));
        aggregations.tell(
                by,
                new Aggregation(
                        party,
                        pallet,
                        in,
                        Map.of(),
                        what.stream().map(LogisticUnit::sscc).toList(),
                        lots,
                        facts));
    }

    private static UUID party(Visitor by) {
        return Optional.ofNullable(by.party()).orElseThrow(() -> new NotFound("party"));
    }

    private static String reason(String reason) {
        new Problems.Collector()
                .require(!reason.isBlank(), "reason", "请写明拆开的原因，例如“客户只要半托”。")
                .require(reason.strip().length() <= LONGEST_REASON, "reason", "原因最多 500 字。")
                .throwIfAny();
        return reason.strip();
    }

    private static void demandRanges(List<CodeRange> ranges) {
        if (ranges.isEmpty() || ranges.size() > MOST_RANGES) {
            throw Problems.of("parts", "一箱要有 1 至 " + MOST_RANGES + " 段标签。");
        }
        if (ranges.stream().mapToLong(CodeRange::count).sum() > MOST_BOXES) {
            throw Problems.of("parts", "一箱最多 " + Words.count(MOST_BOXES) + " 件。");
        }
        for (int i = 0; i < ranges.size(); i++) {
            for (CodeRange other : ranges.subList(0, i)) {
                if (other.overlaps(ranges.get(i))) {
                    throw Problems.of("parts", "第 " + (i + 1) + " 段与前面的重叠，同一枚标签只能写一次。");
                }
            }
        }
    }

    private List<Content> contents(Map<Long, Batch> batches, CodeRange range) {
        Batch batch = Optional.ofNullable(batches.get(range.batch())).orElseThrow();
        if (range.end() > batch.count()) {
            throw Problems.of(
                    "parts",
                    "码批 %d 只有 %s 枚，没有第 %s 号。"
                            .formatted(
                                    batch.number(),
                                    Words.count(batch.count()),
                                    Words.count(range.end())));
        }
        for (Voided each : book.voided(range.batch())) {
            if (each.range().overlaps(range)) {
                throw new Refused(
                        "void",
                        "码批 %d 第 %s 至 %s 号已作废（%s），不能装箱。请换标签或避开它们。"
                                .formatted(
                                        batch.number(),
                                        Words.count(each.range().from() + 1),
                                        Words.count(each.range().end()),
                                        each.reason()));
            }
        }
        cases.holding(range)
                .ifPresent(
                        sscc -> {
                            throw new Refused(
                                    "already-in-case",
                                    "码批 %d 第 %s 至 %s 号中有的已在箱 %s 里，一件只能在一箱。请先拆那一箱，或核对序号。"
                                            .formatted(
                                                    batch.number(),
                                                    Words.count(range.from() + 1),
                                                    Words.count(range.end()),
                                                    sscc));
                        });
        var contents = new ArrayList<Content>();
        long next = range.from();
        List<Activated> activated =
                book.activated(range.batch()).stream()
                        .sorted(Comparator.comparingLong(a -> a.range().from()))
                        .toList();
        for (Activated each : activated) {
            if (each.range().contains(next) && next < range.end()) {
                long end = Math.min(each.range().end(), range.end());
                contents.add(
                        new Content(new CodeRange(range.batch(), next, end - next), each.lot(), 0));
                next = end;
            }
        }
        if (next < range.end()) {
            throw new Refused(
                    "not-activated",
                    "码批 %d 第 %s 号还没有激活，不在任何一件上。请先激活再装箱。"
                            .formatted(batch.number(), Words.count(next + 1)));
        }
        return contents;
    }

    private static Map<UUID, Long> byLot(List<Content> contents) {
        var boxes = new LinkedHashMap<UUID, Long>();
        contents.forEach(c -> boxes.merge(c.lot(), c.range().count(), Long::sum));
        return boxes;
    }

    private static Map<String, String> facts(List<Content> contents) {
        return Map.of(
                "xy:ranges",
                contents.stream()
                        .map(
                                c ->
                                        c.range().batch()
                                                + ":"
                                                + c.range().from()
                                                + "+"
                                                + c.range().count())
                        .collect(Collectors.joining(",")));
    }

    private List<LogisticUnit> cases(UUID party, List<String> ssccs) {
        if (ssccs.isEmpty() || ssccs.size() > MOST_CASES) {
            throw Problems.of("cases", "请给出 1 至 " + MOST_CASES + " 箱的 SSCC。");
        }
        var known = new HashSet<String>();
        var found = new ArrayList<LogisticUnit>();
        for (String each : ssccs.stream().map(s -> digits(s, "cases")).sorted().toList()) {
            if (!known.add(each)) {
                throw Problems.of("cases", "箱 " + each + " 写了两次。");
            }
            found.add(own(party, each, Kind.CASE, "cases"));
        }
        return found;
    }

    private LogisticUnit own(UUID party, String sscc, Kind kind, String field) {
        String digits = digits(sscc, field);
        LogisticUnit unit =
                cases.lock(digits)
                        .filter(u -> u.party().equals(party))
                        .orElseThrow(
                                () -> Problems.of(field, "没有 SSCC 为 " + digits + " 的箱或托盘，请核对。"));
        if (unit.kind() != kind) {
            throw Problems.of(
                    field, kind == Kind.CASE ? digits + " 是托盘，不是箱。" : digits + " 是箱，不是托盘。");
        }
        return unit;
    }

    private static String digits(String sscc, String field) {
        return Sscc.read(sscc.replaceAll("\\s", "").replaceFirst("^\\(00\\)", ""))
                .map(Sscc::digits)
                .orElseThrow(() -> Problems.of(field, "“" + sscc + "”不是 SSCC：应为 18 位数字，末位是校验位。"));
    }

    private static void demandPacked(LogisticUnit unit) {
        if (unit.unpacked() != null) {
            throw new Refused("unpacked", "%s 已经拆空，它的 SSCC 不再使用。".formatted(unit.sscc()));
        }
    }

    /** Extension digit 0, company prefix, serial reference, check digit. */
    private String nextSscc() {
        String reference = String.valueOf(cases.nextReference());
        int zeros = REFERENCE_AND_PREFIX - prefix.length() - reference.length();
        if (zeros < 0) {
            throw new IllegalStateException("all SSCCs of the prefix " + prefix + " are used");
        }
        return Sscc.withCheckDigit("0" + prefix + "0".repeat(zeros) + reference).digits();
    }
}
