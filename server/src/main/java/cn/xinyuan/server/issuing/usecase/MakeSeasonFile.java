package cn.xinyuan.server.issuing.usecase;

import cn.xinyuan.codes.CodeEngine;
import cn.xinyuan.codes.CodeRange;
import cn.xinyuan.codes.ItemCode;
import cn.xinyuan.codes.SeasonFile;
import cn.xinyuan.server.issuing.domain.BatchBook;
import cn.xinyuan.server.issuing.domain.CodeKeys;
import cn.xinyuan.server.issuing.domain.IssuedRange;
import cn.xinyuan.server.issuing.domain.IssuedRanges;
import cn.xinyuan.server.issuing.domain.SeasonFiles;
import cn.xinyuan.server.issuing.domain.WorthlessCodes;
import cn.xinyuan.server.pages.ChinaTime;
import cn.xinyuan.server.pages.NotFound;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * The codes of a season that are activated and neither void nor revoked, as a signed file for
 * handhelds without a network; made at most once a day.
 */
@Component
public class MakeSeasonFile {

    private static final int STEP = 4_096;

    private final BatchBook book;
    private final IssuedRanges ranges;
    private final WorthlessCodes worthless;
    private final CodeKeys keys;
    private final SeasonFiles files;
    private final Clock clock;

    MakeSeasonFile(
            BatchBook book,
            IssuedRanges ranges,
            WorthlessCodes worthless,
            CodeKeys keys,
            SeasonFiles files,
            Clock clock) {
        this.book = book;
        this.ranges = ranges;
        this.worthless = worthless;
        this.keys = keys;
        this.files = files;
        this.clock = clock;
    }

    /**
     * Today's file of a season.
     *
     * @throws NotFound if no code of the season is activated
     */
    public synchronized Path of(int season) {
        Instant now = clock.instant();
        Path file = files.folder().resolve("season-" + season + "-" + ChinaTime.day(now) + ".xin");
        if (Files.exists(file)) {
            return file;
        }
        List<CodeRange> activated = book.activatedOf(season);
        if (activated.isEmpty()) {
            throw new NotFound("season " + season);
        }
        try {
            make(season, now, activated, file);
            forget(season, file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    /** The seasons there are codes of, newest first. */
    public List<Integer> seasons() {
        return book.seasons();
    }

    private void make(int season, Instant now, List<CodeRange> activated, Path file)
            throws IOException {
        byte[] salt = new byte[16];
        new SecureRandom().nextBytes(salt);
        Path bits = file.resolveSibling(file.getFileName() + ".bits-" + UUID.randomUUID());
        Path draft = file.resolveSibling(file.getFileName() + ".new-" + UUID.randomUUID());
        long expected = activated.stream().mapToLong(CodeRange::count).sum();
        try (var writer = new SeasonFile.Writer(bits, expected, salt)) {
            Map<Integer, CodeEngine.Run> runs = new HashMap<>();
            byte[] text = new byte[STEP * ItemCode.LENGTH];
            for (CodeRange each : activated) {
                IssuedRange range = ranges.of(each.batch()).orElseThrow();
                CodeEngine.Run run = runs.computeIfAbsent(range.keyVersion(), keys.engine()::run);
                for (long from = each.from(); from < each.end(); from += STEP) {
                    int count = (int) Math.min(STEP, each.end() - from);
                    run.write(range.index(from), count, text, 0, ItemCode.LENGTH);
                    writer.add(text, good(range, from, count, text));
                }
            }
            writer.finish(draft, keys.installation(), season, now, files.signingKey());
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /** Moves the codes that are worth something to the beginning; says how many they are. */
    private int good(IssuedRange range, long from, int count, byte[] text) {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (worthless.why(range, from + i).isEmpty()) {
                if (kept < i) {
                    System.arraycopy(
                            text,
                            i * ItemCode.LENGTH,
                            text,
                            kept * ItemCode.LENGTH,
                            ItemCode.LENGTH);
                }
                kept++;
            }
        }
        return kept;
    }

    /** Files of earlier days go; a download of one goes on, since it is open. */
    private static void forget(int season, Path newest) throws IOException {
        Path folder = newest.resolveSibling("");
        try (Stream<Path> old = Files.list(folder)) {
            for (Path each : old.toList()) {
                if (each.getFileName().toString().startsWith("season-" + season + "-")
                        && !each.getFileName().equals(newest.getFileName())) {
                    Files.deleteIfExists(each);
                }
            }
        }
    }
}
