package cn.xinyuan.server.scan.store;

import static org.assertj.core.api.Assertions.assertThat;

import cn.xinyuan.server.scan.domain.ScanLog.Next;
import cn.xinyuan.server.scan.domain.ScanLog.Scan;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScanLogFilesTest {

    private static final UUID DATABASE = new UUID(0, 7);

    @TempDir Path folder;

    private static Scan scan(long n) {
        return new Scan(n % 5, n, 1_750_000_000_000L + n, n % 3 == 0 ? "" : "深圳", (int) n * 31);
    }

    private static List<Scan> all(ScanLogFiles log) throws IOException {
        var scans = new ArrayList<Scan>();
        Map<String, Long> done = new HashMap<>();
        Next next;
        while (!(next = log.next(p -> done.getOrDefault(p, 0L), 7)).piece().isEmpty()) {
            scans.addAll(next.scans());
            done.put(next.piece(), next.end());
        }
        return scans;
    }

    @Test
    void what_was_appended_is_read_again_by_the_next_start() throws IOException {
        var expected = new ArrayList<Scan>();
        var log = new ScanLogFiles(folder);
        log.open(DATABASE);
        for (int n = 0; n < 100; n++) {
            log.append(scan(n));
            expected.add(scan(n));
        }
        assertThat(all(log)).isEqualTo(expected);
        log.close();
        var again = new ScanLogFiles(folder);
        again.open(DATABASE);
        again.append(scan(100));
        expected.add(scan(100));
        assertThat(all(again)).isEqualTo(expected);
        // what was counted goes, what is written to stays
        assertThat(again.tidy(p -> Long.MAX_VALUE)).hasSize(1);
        assertThat(again.pieces()).hasSize(1);
        again.close();
    }

    @Test
    void two_that_run_at_once_do_not_share_a_folder() throws IOException {
        var one = new ScanLogFiles(folder);
        one.open(DATABASE);
        var other = new ScanLogFiles(folder);
        other.open(DATABASE);
        one.append(scan(1));
        other.append(scan(2));
        assertThat(all(one)).containsExactly(scan(1));
        assertThat(all(other)).containsExactly(scan(2));
        one.close();
        other.close();
    }

    @Test
    void a_record_that_was_torn_or_spoilt_ends_its_piece_and_nothing_else() throws IOException {
        var log = new ScanLogFiles(folder);
        log.open(DATABASE);
        for (int n = 0; n < 10; n++) {
            log.append(scan(n));
        }
        String piece = log.pieces().getFirst();
        log.close();
        Path file;
        try (var files = Files.walk(folder)) {
            file = files.filter(f -> f.endsWith(piece)).findFirst().orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length - 3));
        var torn = new ScanLogFiles(folder);
        torn.open(DATABASE);
        torn.append(scan(10));
        assertThat(all(torn)).hasSize(10).contains(scan(8), scan(10)).doesNotContain(scan(9));
        torn.close();
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes, StandardOpenOption.TRUNCATE_EXISTING);
        var spoilt = new ScanLogFiles(folder);
        spoilt.open(DATABASE);
        assertThat(all(spoilt)).contains(scan(0), scan(10)).doesNotContain(scan(6));
        spoilt.close();
    }

    /** Appends until it is killed, and says after each scan that it was acknowledged. */
    public static void main(String[] args) throws IOException {
        var log = new ScanLogFiles(Path.of(args[0]));
        log.open(DATABASE);
        var out = new PrintStream(System.out, true, StandardCharsets.US_ASCII);
        for (int n = 0; ; n++) {
            log.append(scan(n));
            out.println(n);
        }
    }

    @Test
    void nothing_that_was_acknowledged_is_lost_when_the_program_is_killed() throws Exception {
        for (int kill = 0; kill < 3; kill++) {
            Path home = folder.resolve("kill-" + kill);
            Process program =
                    new ProcessBuilder(
                                    Path.of(System.getProperty("java.home"), "bin", "java")
                                            .toString(),
                                    "-XX:TieredStopAtLevel=1",
                                    "-cp",
                                    System.getProperty("java.class.path"),
                                    ScanLogFilesTest.class.getName(),
                                    home.toString())
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            int last = -1;
            try (var out =
                    new BufferedReader(
                            new InputStreamReader(
                                    program.getInputStream(), StandardCharsets.US_ASCII))) {
                for (String line = out.readLine(); line != null; line = out.readLine()) {
                    last = Integer.parseInt(line);
                    if (last == 20_000 + kill * 3_333) {
                        // not by the process itself, which would close what it said
                        ProcessHandle.of(program.pid()).orElseThrow().destroyForcibly();
                    }
                }
            }
            program.waitFor(10, TimeUnit.SECONDS);
            assertThat(last).isGreaterThanOrEqualTo(20_000);
            var after = new ScanLogFiles(home);
            after.open(DATABASE);
            List<Scan> scans = all(after);
            after.close();
            assertThat(scans.size()).isGreaterThan(last).isLessThanOrEqualTo(last + 2);
            for (int n = 0; n < scans.size(); n++) {
                assertThat(scans.get(n)).isEqualTo(scan(n));
            }
        }
    }
}
