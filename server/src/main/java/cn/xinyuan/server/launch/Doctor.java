package cn.xinyuan.server.launch;

import cn.xinyuan.postgres.FolderInUse;
import cn.xinyuan.postgres.Postgres;
import cn.xinyuan.postgres.PostgresFailed;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Looks at what the program needs and says of each whether it is there: lines {@code ok WHAT TEXT}
 * or {@code missing WHAT TEXT}, the text saying what to do.
 */
final class Doctor {

    private static final long SPACE_NEEDED = 2_000_000_000L;
    private static final Instant BORN = Instant.parse("2026-01-01T00:00:00Z");

    private final Map<String, String> environment;
    private final PrintStream out;
    private boolean well = true;

    Doctor(Map<String, String> environment, PrintStream out) {
        this.environment = environment;
        this.out = out;
    }

    /** True when nothing is missing. */
    boolean look(CommandLine line) {
        jdk();
        Optional<Postgres.Address> live = database(line.data());
        disk(line.data());
        port(line, live.isPresent() || isNamed());
        fonts();
        clock();
        return well;
    }

    private void jdk() {
        int version = Runtime.version().feature();
        say(
                version >= 25,
                "jdk",
                "%s in %s".formatted(Runtime.version(), System.getProperty("java.home")));
    }

    private Optional<Postgres.Address> database(Path data) {
        try {
            Optional<Postgres.Address> live =
                    isNamed() ? Optional.empty() : Postgres.runningOn(data);
            boolean fresh = live.isEmpty() && !Files.isDirectory(data.resolve("postgres"));
            if (fresh && !isNamed()) {
                return triedElsewhere();
            }
            try (Database database = Database.openBeside(data, environment)) {
                say(
                        true,
                        "database",
                        "PostgreSQL %s at %s%s"
                                .formatted(
                                        database.version(),
                                        database.url(),
                                        live.isPresent() ? ", running" : ""));
            }
            return live;
        } catch (FolderInUse | PostgresFailed no) {
            say(false, "database", String.valueOf(no.getMessage()));
            return Optional.empty();
        }
    }

    private boolean isNamed() {
        return !environment.getOrDefault("XINYUAN_DB_URL", "").isBlank();
    }

    /** Nothing is left behind in a data folder that was never used. */
    private Optional<Postgres.Address> triedElsewhere() {
        Path trial = null;
        try {
            trial = Files.createTempDirectory("xinyuan-doctor");
            try (Database database = Database.open(trial, environment)) {
                say(
                        true,
                        "database",
                        "PostgreSQL %s starts here; no data yet".formatted(database.version()));
            }
        } catch (IOException failed) {
            say(false, "database", "no temporary folder can be made: " + failed.getMessage());
        } finally {
            if (trial != null) {
                forget(trial);
            }
        }
        return Optional.empty();
    }

    private void disk(Path data) {
        Path there = data;
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        try {
            long free = Files.getFileStore(there).getUsableSpace();
            boolean enough = free >= SPACE_NEEDED && Files.isWritable(there);
            say(
                    enough,
                    "disk",
                    "%d MB free for %s%s"
                            .formatted(
                                    free / 1_000_000,
                                    data,
                                    Files.isWritable(there)
                                            ? enough ? "" : "; 2000 MB are needed"
                                            : "; this user cannot write there"));
        } catch (IOException failed) {
            say(false, "disk", "the folder %s cannot be read: %s".formatted(data, failed));
        }
    }

    private void port(CommandLine line, boolean running) {
        boolean ours =
                running
                        && new DataFolder(line.data())
                                .address()
                                .filter(address -> address.endsWith(":" + line.port()))
                                .isPresent();
        boolean free = ours || Launch.isFree(line.port());
        say(
                free,
                "port",
                "%d %s"
                        .formatted(
                                line.port(),
                                ours
                                        ? "serves Xinyuan"
                                        : free
                                                ? "is free"
                                                : "is used by another program; choose one with --port"));
    }

    /** Pages come with the reader's fonts; certificates and labels with ours; tests need both. */
    private void fonts() {
        try {
            Process list =
                    new ProcessBuilder("fc-list", ":lang=zh", "family")
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            boolean any = list.inputReader().readLine() != null;
            list.waitFor(10, TimeUnit.SECONDS);
            say(
                    true,
                    "fonts",
                    any
                            ? "Chinese fonts are installed"
                            : "no Chinese font here; only the browser tests want one (fonts-noto-cjk)");
        } catch (IOException absent) {
            say(true, "fonts", "fontconfig is not installed; only the browser tests want it");
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void clock() {
        ZonedDateTime now = ZonedDateTime.now(ZoneId.of("Asia/Shanghai"));
        say(
                now.toInstant().isAfter(BORN),
                "clock",
                "%s in China%s"
                        .formatted(
                                now.toLocalDateTime().withNano(0),
                                now.toInstant().isAfter(BORN)
                                        ? ""
                                        : "; this is before the program was written: set the clock"));
    }

    private void say(boolean there, String what, String text) {
        well &= there;
        out.println("%-8s %-9s %s".formatted(there ? "ok" : "missing", what, text));
    }

    private static void forget(Path folder) {
        try (var all = Files.walk(folder)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(one);
            }
        } catch (IOException left) {
            // a temporary folder: the system clears it away
        }
    }
}
