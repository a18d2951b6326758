package cn.xinyuan.codes;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The independent test material beside the project; tests that need it are skipped without it. */
final class Vectors {

    private Vectors() {}

    /** The rows of a table below its heading, tab-separated. */
    static List<String[]> rows(String name, int columns) {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path found = at.resolve("shared").resolve("vectors").resolve(name);
            if (Files.exists(found)) {
                try {
                    return Files.readAllLines(found).stream()
                            .skip(1)
                            .map(
                                    l -> {
                                        String[] row = l.split("\t", -1);
                                        return row.length < columns
                                                ? java.util.Arrays.copyOf(row, columns)
                                                : row;
                                    })
                            .toList();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        assumeTrue(false, "skipped: no shared/vectors/" + name + " beside the project");
        throw new IllegalStateException();
    }
}
