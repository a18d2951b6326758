package cn.xinyuan.server.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The files that the command line keeps beside the database. */
record DataFolder(Path path) {

    Path log() {
        return path.resolve("xinyuan.log");
    }

    /** Verifying may run beside the server, so it writes elsewhere. */
    Path verifyLog() {
        return path.resolve("verify.log");
    }

    /** Log-ins, keys and codes of the demo, once its season was played. */
    Optional<List<String>> demoLines() {
        Path file = path.resolve("demo-lines.txt");
        return Files.exists(file) ? Optional.of(lines(file)) : Optional.empty();
    }

    /** Whether the demo season was begun here and never played to its end. */
    boolean demoWasCutOff() {
        return Files.exists(path.resolve("demo-playing")) && demoLines().isEmpty();
    }

    /** Whether real work was begun here, on which no demo may be played. */
    boolean holdsRealWork() {
        return Files.exists(path.resolve("served")) && demoLines().isEmpty();
    }

    void noteRealWork() {
        if (demoLines().isEmpty()) {
            write(
                    "served",
                    "This folder was begun with ./xinyuan serve; the demo is not played on it.\n");
        }
    }

    /** Where the program on this folder answers now; stale after it was killed. */
    Optional<String> address() {
        Path file = path.resolve("address");
        return Files.exists(file)
                ? lines(file).stream().findFirst().filter(line -> !line.isBlank())
                : Optional.empty();
    }

    void noteAddress(String address) {
        write("address", address + "\n");
    }

    void forgetAddress() {
        try {
            Files.deleteIfExists(path.resolve("address"));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void write(String name, String text) {
        try {
            Files.createDirectories(path);
            Files.deleteIfExists(path.resolve(name));
            Files.writeString(path.resolve(name), text);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
