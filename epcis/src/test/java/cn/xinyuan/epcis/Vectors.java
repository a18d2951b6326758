package cn.xinyuan.epcis;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The independent test material beside the project; tests that need it are skipped without it. */
final class Vectors {

    /** An example of GS1 that bears the member eventID twice, which RFC 8259 leaves undefined. */
    static final String TWO_IDS = "AssociationEvent/AssociationEvent-h.jsonld";

    private Vectors() {}

    static Path folder(String name) {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path found = at.resolve("shared").resolve("vectors").resolve(name);
            if (Files.isDirectory(found)) {
                return found;
            }
        }
        assumeTrue(false, "skipped: no shared/vectors/" + name + " beside the project");
        throw new IllegalStateException();
    }

    static List<Path> files(Path folder, String ending) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(p -> p.toString().endsWith(ending)).sorted().toList();
        }
    }
}
