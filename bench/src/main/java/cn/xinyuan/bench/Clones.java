package cn.xinyuan.bench;

import cn.xinyuan.server.scan.domain.Regions;
import cn.xinyuan.server.scan.domain.Suspicion;
import cn.xinyuan.server.scan.domain.Suspicion.Known;
import cn.xinyuan.server.scan.domain.Suspicion.Seen;
import cn.xinyuan.server.scan.domain.Trail;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;

/**
 * How often honest scans raise a false alarm and how soon copies are noticed: lives of labels are
 * drawn by chance and judged scan by scan by the platform's own rules. The assumptions are in
 * {@code docs/clone-detection.md}; whoever has better ones changes them here.
 */
final class Clones {

    private static final Instant START = Instant.parse("2025-06-10T00:00:00Z");
    private static final int DAYS = 30;
    private static final Duration DAY = Duration.ofDays(1);

    /** Cities by their divisions, the home city of the goods first, with rough positions. */
    private static final List<String> PLACES =
            List.of(
                    "place 440900 21.7 110.9",
                    "place 440300 22.5 114.1",
                    "place 440100 23.1 113.3",
                    "place 440600 23.0 113.1",
                    "place 441900 23.0 113.8",
                    "place 450100 22.8 108.3",
                    "place 430100 28.2 112.9",
                    "place 420100 30.6 114.3",
                    "place 310000 31.2 121.5",
                    "place 330100 30.3 120.2",
                    "place 320100 32.1 118.8",
                    "place 110000 39.9 116.4",
                    "place 500000 29.6 106.5",
                    "place 510100 30.6 104.1",
                    "place 610100 34.3 108.9",
                    "place 410100 34.7 113.6",
                    "place 370100 36.7 117.0",
                    "place 210100 41.8 123.4",
                    "place 230100 45.8 126.5",
                    "place 350100 26.1 119.3");

    private static final List<String> CITIES = PLACES.stream().map(p -> p.split(" ")[1]).toList();

    /** One scan: when, where, by which device. */
    private record Scan(Instant at, String region, int device) {}

    /** A label's scans and what the platform knows of it beside them. */
    private record Life(List<Scan> scans, Known known) {}

    private interface Draw {
        Life life(Random random);
    }

    /** Which rules the operator's configuration lets run. */
    private enum Mode {
        PLACES(true, true),
        REGIONS(true, false),
        BARE(false, false);

        private final boolean regions;
        private final boolean places;

        Mode(boolean regions, boolean places) {
            this.regions = regions;
            this.places = places;
        }
    }

    private final Random random;
    private final double scale;

    private Clones(long seed, double scale) {
        this.random = new Random(seed);
        this.scale = scale;
    }

    static void main(List<String> args) {
        long seed = 4;
        double scale = 1;
        for (int i = 0; i + 1 < args.size(); i += 2) {
            switch (args.get(i)) {
                case "--seed" -> seed = Long.parseLong(args.get(i + 1));
                case "--scale" -> scale = Double.parseDouble(args.get(i + 1));
                default -> {}
            }
        }
        new Clones(seed, scale).run();
    }

    private void run() {
        for (Mode mode : Mode.values()) {
            String end = "-" + mode.name().toLowerCase(java.util.Locale.ROOT);
            falseAlarms("household" + end, 20_000, mode, Clones::household);
            falseAlarms("gift" + end, 20_000, mode, Clones::gift);
            falseAlarms("shelf" + end, 4_000, mode, r -> shelf(r, 5, 40));
            falseAlarms("busy-shelf" + end, 1_000, mode, r -> shelf(r, 40, 200));
            falseAlarms("photo-of-a-few" + end, 4_000, mode, r -> photo(r, 3, 15));
            falseAlarms("photo-of-many" + end, 1_000, mode, r -> photo(r, 15, 300));
            for (int copies : new int[] {10, 30, 100, 300, 1_000, 3_000, 10_000}) {
                int runs = copies <= 100 ? 1_000 : copies <= 1_000 ? 300 : 60;
                hits("copies-" + copies + end, runs, mode, r -> copies(r, copies));
            }
        }
    }

    // ---- lives

    private static Instant hours(double hours) {
        return START.plusSeconds((long) (hours * 3600));
    }

    private static int between(Random r, int least, int most) {
        return least + r.nextInt(most - least + 1);
    }

    private static String city(Random r) {
        return CITIES.get(r.nextInt(CITIES.size()));
    }

    /** Half of the goods stay near home, the others go anywhere. */
    private static String market(Random r) {
        return r.nextBoolean() ? CITIES.get(r.nextInt(5)) : city(r);
    }

    private static double daytime(Random r, int day) {
        return day * 24 + 0.5 + r.nextDouble() * 14;
    }

    /** One to four devices at one place, on one to three days; one in twenty travels with it. */
    private static Life household(Random r) {
        String home = market(r);
        int bought = r.nextInt(10);
        var scans = new ArrayList<Scan>();
        int devices = between(r, 1, 4);
        for (int day = 0; day < between(r, 1, 3); day++) {
            for (int n = between(r, 1, 3); n > 0; n--) {
                String where = r.nextInt(20) == 0 && day > 0 ? city(r) : home;
                scans.add(new Scan(hours(daytime(r, bought + day)), where, r.nextInt(devices)));
            }
        }
        return new Life(scans, Known.NOTHING);
    }

    /**
     * Scanned in the shop, by who gives it and, a day later, by a family elsewhere; some pass on.
     */
    private static Life gift(Random r) {
        String shop = market(r);
        String home = city(r);
        double bought = daytime(r, r.nextInt(10));
        var scans = new ArrayList<Scan>();
        scans.add(new Scan(hours(bought), shop, 1));
        scans.add(new Scan(hours(bought + r.nextDouble() * 3), shop, 2));
        double arrived = bought + 18 + r.nextDouble() * 40;
        int family = between(r, 2, 8);
        for (int n = 0; n < family + r.nextInt(4); n++) {
            scans.add(new Scan(hours(arrived + r.nextDouble() * 30), home, 10 + r.nextInt(family)));
        }
        if (r.nextInt(10) == 0) {
            String cousin = city(r);
            for (int n = between(r, 1, 3); n > 0; n--) {
                scans.add(new Scan(hours(arrived + 2 + r.nextDouble() * 20), cousin, 50 + n));
            }
        }
        Instant sold = hours(bought);
        boolean recorded = r.nextInt(3) == 0;
        return new Life(scans, new Known(recorded ? sold : null, Set.of("440981", shop)));
    }

    /** A box on display: strangers at one place, for one to five days of ten hours. */
    private static Life shelf(Random r, int least, int most) {
        String shop = market(r);
        var scans = new ArrayList<Scan>();
        int device = 0;
        for (int day = 0; day < between(r, 1, 5); day++) {
            for (int n = between(r, least, most); n > 0; n--) {
                // two hours of the day see half of the shoppers
                double hour = r.nextBoolean() ? 8 + r.nextDouble() * 2 : 1 + r.nextDouble() * 10;
                scans.add(new Scan(hours(day * 24 + hour), shop, device++));
            }
        }
        return new Life(scans, new Known(null, Set.of("440981", shop)));
    }

    /** A picture of the label is passed on: readers at once and fewer later, six of ten at home. */
    private static Life photo(Random r, int least, int most) {
        String home = market(r);
        double posted = daytime(r, 1);
        var scans = new ArrayList<Scan>();
        for (int n = between(r, least, most); n > 0; n--) {
            double later = -Math.log(1 - r.nextDouble()) * 5;
            scans.add(new Scan(hours(posted + later), r.nextInt(10) < 6 ? home : city(r), n));
        }
        return new Life(scans, new Known(null, Set.of("440981", home)));
    }

    /** One label copied: sold over ten days in up to twelve cities, every fifth copy is scanned. */
    private static Life copies(Random r, int copies) {
        int places = Math.min(12, Math.max(2, copies / 4));
        var cities = new ArrayList<String>();
        for (int n = 0; n < places; n++) {
            cities.add(city(r));
        }
        var scans = new ArrayList<Scan>();
        for (int copy = 0; copy < copies; copy++) {
            if (r.nextInt(5) == 0) {
                String where = cities.get(r.nextInt(cities.size()));
                double sold = daytime(r, r.nextInt(10));
                for (int n = between(r, 1, 2); n > 0; n--) {
                    scans.add(
                            new Scan(hours(sold + r.nextDouble()), where, copy * 2 + r.nextInt(2)));
                }
            }
        }
        return new Life(scans, new Known(null, Set.of("440981", "440300")));
    }

    // ---- judging

    private void falseAlarms(String name, int lives, Mode mode, Draw draw) {
        int runs = (int) Math.max(50, lives * scale);
        int alarms = 0;
        for (int n = 0; n < runs; n++) {
            if (marked(draw.life(random), mode) >= 0) {
                alarms++;
            }
        }
        figure("false-alarms-" + name, 100.0 * alarms / runs, "%");
    }

    private void hits(String name, int lives, Mode mode, Draw draw) {
        int runs = (int) Math.max(20, lives * scale);
        int hits = 0;
        double[] after = new double[runs];
        for (int n = 0; n < runs; n++) {
            Life life = draw.life(random);
            int scan = marked(life, mode);
            if (scan >= 0) {
                Instant first =
                        life.scans().stream()
                                .map(Scan::at)
                                .min(Comparator.naturalOrder())
                                .orElseThrow();
                after[hits++] =
                        Duration.between(first, inOrder(life).get(scan).at()).toMinutes() / 60.0;
            }
        }
        figure("hits-" + name, 100.0 * hits / runs, "%");
        if (hits > 0) {
            double[] sorted = Arrays.copyOf(after, hits);
            Arrays.sort(sorted);
            figure("hours-until-hit-" + name, sorted[hits / 2], "h");
        }
    }

    private static List<Scan> inOrder(Life life) {
        return life.scans().stream().sorted(Comparator.comparing(Scan::at)).toList();
    }

    /** The scan at which the label is marked; -1 if it never is. */
    private static int marked(Life life, Mode mode) {
        Suspicion rules =
                mode.regions
                        ? Suspicion.USUAL
                        : new Suspicion(0, Suspicion.USUAL.readers(), Suspicion.USUAL.burst());
        Regions table = mode.places ? Regions.read(PLACES) : Regions.NONE;
        var seen = new ArrayList<Seen>();
        List<Scan> scans = inOrder(life);
        for (int n = 0; n < scans.size(); n++) {
            Scan scan = scans.get(n);
            long day = Duration.between(START, scan.at()).dividedBy(DAY);
            if (day >= DAYS) {
                return -1;
            }
            // the salt changes with the day, and so do the tokens
            int token = Objects.hash(scan.device(), day);
            String region = mode.regions ? scan.region() : "";
            seen.removeIf(s -> s.token() == token && s.region().equals(region));
            seen.removeIf(s -> s.at().isBefore(scan.at().minus(Suspicion.WINDOW)));
            seen.add(new Seen(scan.at(), region, token));
            if (seen.size() > 2 * Trail.MOST) {
                seen.removeFirst();
            }
            if (seen.size() > 1
                    && rules.judge(seen, scan.at(), life.known(), table).isSuspicious()) {
                return n;
            }
        }
        return -1;
    }

    private static void figure(String name, double value, String unit) {
        System.out.println("figure %s %.2f %s".formatted(name, value, unit));
    }
}
