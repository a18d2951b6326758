package cn.xinyuan.server.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * The lines that the launcher prints: log-ins, keys, scan codes and lots. Kept in the data folder,
 * readable by its owner only, so that {@code ./xinyuan demo --print} tells them again. Codes are
 * kept without host and port, which may be others at the next start.
 */
record DemoLines(Path file) {

    boolean exist() {
        return Files.exists(file);
    }

    List<String> read() {
        try {
            return Files.readAllLines(file, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Marks that the season is being played, so that a start after a crash plays it anew. */
    void begin() {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(playing(), "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void write(List<String> lines) {
        try {
            Path fresh = file.resolveSibling(file.getFileName() + ".new");
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(fresh, lines, UTF_8);
            if (Files.getFileStore(fresh).supportsFileAttributeView("posix")) {
                Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            Files.deleteIfExists(playing());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path playing() {
        return file.resolveSibling("demo-playing");
    }
}
