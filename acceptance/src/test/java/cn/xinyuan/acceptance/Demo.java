package cn.xinyuan.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;

/** The demo, started once for all stories that only look or do a little. */
final class Demo {

    private static final Demo ONE = new Demo();

    final Program program;

    private Demo() {
        try {
            Path data = Path.of("target", "demo").toAbsolutePath();
            forget(data);
            program = Program.ready("demo", data, "--port", "0");
            Runtime.getRuntime().addShutdownHook(new Thread(this::stop));
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    static Demo running() {
        return ONE;
    }

    String address() {
        return program.address();
    }

    /** Scan state → address. */
    Map<String, String> scans() {
        return pairs("scan ");
    }

    /** Role → "USER PASSWORD". */
    Map<String, String> logIns() {
        return pairs("login ");
    }

    /** Role → token. */
    Map<String, String> keys() {
        return pairs("key ");
    }

    /** Name of a lot → id. */
    Map<String, String> lots() {
        return pairs("lot ");
    }

    /** The first of each kind. */
    private Map<String, String> pairs(String kind) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String line : program.lines()) {
            if (line.startsWith(kind)) {
                String[] words = line.split(" ", 3);
                pairs.putIfAbsent(words[1], words[2]);
            }
        }
        return pairs;
    }

    private void stop() {
        try {
            program.close();
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static void forget(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (var all = Files.walk(folder)) {
                for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(one);
                }
            }
        }
    }
}
