package cn.xinyuan.server.scan.domain;

import cn.xinyuan.server.scan.domain.Regions.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * When the scans of one code look like those of copies. A box is scanned by a family, a shop and a
 * few friends, in one or two cities; a copied label is scanned by strangers in many. Every sign
 * gives points; {@value #SUSPICIOUS} make a code suspicious, so a weak sign never does it alone.
 * The model, its figures and what it gets wrong: {@code docs/clone-detection.md}.
 *
 * @param regions distinct coarse regions within 24 hours that are enough alone; 0 switches off
 *     every rule about regions
 * @param readers distinct readers within 24 hours that are enough alone
 * @param burst distinct readers within 10 minutes that are enough alone
 */
public record Suspicion(int regions, int readers, int burst) {

    /** Points that make a code suspicious. */
    public static final int SUSPICIOUS = 100;

    /** What the platform starts with. */
    public static final Suspicion USUAL = new Suspicion(4, 80, 30);

    /** How far back scans count. */
    public static final Duration WINDOW = Duration.ofHours(24);

    private static final Duration BURST = Duration.ofMinutes(10);

    /** As fast as an aircraft, door to door. */
    private static final double KM_PER_HOUR = 700;

    /** Nearer places are not told apart: addresses wander between neighbouring cities. */
    private static final double NEAR_KM = 150;

    private static final int HALF = 40;
    private static final int IN_ONE_PLACE = 50;
    private static final int JOURNEY = 30;
    private static final int MOST_FOR_JOURNEYS = 75;
    private static final int AFTER_SALE = 60;
    private static final int READERS_OF_A_HOUSEHOLD = 8;
    private static final int FAR = 10;
    private static final int MOST_FOR_FAR = 30;

    /**
     * One reader in one region, when last.
     *
     * @param region empty when unknown
     */
    public record Seen(Instant at, String region, int token) {}

    /**
     * What else is known of the code.
     *
     * @param sold when its sale to a shopper was recorded; null if it was not
     * @param districts where its lot was made and shipped to, as divisions of GB/T 2260; empty when
     *     that is not known
     */
    public record Known(@Nullable Instant sold, Set<String> districts) {
        public static final Known NOTHING = new Known(null, Set.of());
    }

    /** One ground for suspicion, with its points and what officers read of it. */
    public record Sign(int points, String words) {}

    /** The points and the grounds, the strongest first. */
    public record Judgement(int score, List<Sign> signs) {

        public boolean isSuspicious() {
            return score >= SUSPICIOUS;
        }

        /** The strongest ground, as shoppers read it; empty when there is none. */
        public Optional<String> evidence() {
            return signs.stream().findFirst().map(Sign::words);
        }

        /** All grounds with their points, as officers read them. */
        public String full() {
            return "可疑度 "
                    + score
                    + "（"
                    + SUSPICIOUS
                    + " 起标记）："
                    + signs.stream()
                            .map(s -> s.words() + "（+" + s.points() + "）")
                            .collect(Collectors.joining("；"))
                    + "。";
        }
    }

    /**
     * Weighs scans.
     *
     * @param until scans later than this, or a day and more before it, do not count
     */
    public Judgement judge(List<Seen> scans, Instant until, Known known, Regions table) {
        List<Seen> day =
                scans.stream()
                        .filter(s -> !s.at().isAfter(until))
                        .filter(s -> s.at().isAfter(until.minus(WINDOW)))
                        .toList();
        var signs = new ArrayList<Sign>();
        inManyRegions(day).ifPresent(signs::add);
        inABurst(day, until).ifPresent(signs::add);
        byManyReaders(day).ifPresent(signs::add);
        if (regions > 0) {
            journeys(day, table).ifPresent(signs::add);
            farAway(day, known).ifPresent(signs::add);
        }
        afterSale(day, known).ifPresent(signs::add);
        signs.sort(Comparator.comparingInt(Sign::points).reversed());
        return new Judgement(signs.stream().mapToInt(Sign::points).sum(), List.copyOf(signs));
    }

    private Optional<Sign> inManyRegions(List<Seen> day) {
        long count = day.stream().map(Seen::region).filter(r -> !r.isEmpty()).distinct().count();
        return regions <= 0
                ? Optional.empty()
                : graded(count, regions, regions - 1L, "24 小时内在 " + count + " 个地区被查询");
    }

    private Optional<Sign> inABurst(List<Seen> day, Instant until) {
        Instant since = until.minus(BURST);
        long count =
                day.stream().filter(s -> s.at().isAfter(since)).map(Seen::token).distinct().count();
        return graded(count, burst, (burst + 1) / 2, "10 分钟内被 " + count + " 部不同的设备查询");
    }

    private Optional<Sign> byManyReaders(List<Seen> day) {
        long count = day.stream().map(Seen::token).distinct().count();
        boolean inOnePlace =
                regions > 0
                        && day.stream().noneMatch(s -> s.region().isEmpty())
                        && day.stream().map(Seen::region).distinct().count() == 1;
        Optional<Sign> crowd =
                graded(count, readers, (readers + 1) / 2, "24 小时内被 " + count + " 部不同的设备查询");
        // a box on display has its crowd in one place
        return inOnePlace
                ? crowd.map(s -> new Sign(Math.min(s.points(), IN_ONE_PLACE), s.words()))
                : crowd;
    }

    private static Optional<Sign> graded(long count, long enough, long half, String words) {
        if (count >= enough) {
            return Optional.of(new Sign(SUSPICIOUS, words));
        }
        return count >= Math.max(2, half) ? Optional.of(new Sign(HALF, words)) : Optional.empty();
    }

    /**
     * Pairs of regions, neighbours in time, between which nothing travels that fast. A picture of
     * the label that was passed on looks like it too: that is why it is not enough alone.
     */
    private static Optional<Sign> journeys(List<Seen> day, Regions table) {
        List<Seen> inOrder =
                day.stream()
                        .filter(s -> table.place(s.region()).isPresent())
                        .sorted(Comparator.comparing(Seen::at))
                        .toList();
        var pairs = new HashSet<Set<String>>();
        String fastest = "";
        double most = 0;
        for (int i = 1; i < inOrder.size(); i++) {
            Seen from = inOrder.get(i - 1);
            Seen to = inOrder.get(i);
            if (from.region().equals(to.region())) {
                continue;
            }
            Place a = table.place(from.region()).orElseThrow();
            Place b = table.place(to.region()).orElseThrow();
            double km = a.kilometresTo(b);
            double hours = Duration.between(from.at(), to.at()).toSeconds() / 3600.0;
            if (km > NEAR_KM && km > hours * KM_PER_HOUR) {
                pairs.add(Set.of(from.region(), to.region()));
                if (km > most) {
                    most = km;
                    fastest =
                            "%s与%s相距约 %d 公里，先后只隔 %d 分钟"
                                    .formatted(
                                            from.region(),
                                            to.region(),
                                            Math.round(km),
                                            Math.round(hours * 60));
                }
            }
        }
        return pairs.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Sign(Math.min(MOST_FOR_JOURNEYS, JOURNEY * pairs.size()), fastest));
    }

    private static Optional<Sign> farAway(List<Seen> day, Known known) {
        Set<String> cities =
                known.districts().stream()
                        .filter(d -> d.matches("\\d{6,}"))
                        .map(d -> d.substring(0, 4))
                        .collect(Collectors.toSet());
        if (cities.isEmpty()) {
            return Optional.empty();
        }
        long count =
                day.stream()
                        .map(Seen::region)
                        .filter(r -> r.matches("\\d{6}"))
                        .map(r -> r.substring(0, 4))
                        .distinct()
                        .filter(c -> !cities.contains(c))
                        .count();
        return count == 0
                ? Optional.empty()
                : Optional.of(
                        new Sign(
                                (int) Math.min(MOST_FOR_FAR, FAR * count),
                                "在本批没有发往的 " + count + " 个城市被查询"));
    }

    /** After a shop recorded the sale a household scans, and whom it gives the box to. */
    private Optional<Sign> afterSale(List<Seen> day, Known known) {
        Instant sold = known.sold();
        if (sold == null) {
            return Optional.empty();
        }
        List<Seen> after = day.stream().filter(s -> s.at().isAfter(sold)).toList();
        long devices = after.stream().map(Seen::token).distinct().count();
        long places = after.stream().map(Seen::region).filter(r -> !r.isEmpty()).distinct().count();
        return devices > READERS_OF_A_HOUSEHOLD && (places > 1 || regions <= 0)
                ? Optional.of(new Sign(AFTER_SALE, "登记售出后仍被 " + devices + " 部设备查询"))
                : Optional.empty();
    }

    /** What officers see of the readers: by region how many, and from when to when. */
    public static String table(List<Seen> scans, java.util.function.Function<Instant, String> say) {
        Map<String, List<Seen>> byRegion = new TreeMap<>();
        for (Seen s : scans) {
            String region = s.region().isEmpty() ? "地区未知" : s.region();
            byRegion.computeIfAbsent(region, r -> new ArrayList<>()).add(s);
        }
        return byRegion.entrySet().stream()
                .sorted(Comparator.comparingInt(e -> -e.getValue().size()))
                .limit(12)
                .map(
                        e ->
                                "%s %d 部设备（%s 至 %s）"
                                        .formatted(
                                                e.getKey(),
                                                e.getValue().stream()
                                                        .map(Seen::token)
                                                        .distinct()
                                                        .count(),
                                                say.apply(first(e.getValue())),
                                                say.apply(last(e.getValue()))))
                .collect(Collectors.joining("；"));
    }

    private static Instant first(List<Seen> some) {
        return some.stream().map(Seen::at).min(Comparator.naturalOrder()).orElseThrow();
    }

    private static Instant last(List<Seen> some) {
        return some.stream().map(Seen::at).max(Comparator.naturalOrder()).orElseThrow();
    }
}
