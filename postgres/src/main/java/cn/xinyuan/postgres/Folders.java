package cn.xinyuan.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.stream.Stream;

/** Folders made, deleted, and files that only their owner reads. */
final class Folders {

    private Folders() {}

    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(one);
            }
        }
    }

    /** What root writes into another user's folder stays readable for that user. */
    private static void keepOwnerOfFolder(Path file) throws IOException {
        if (!Binaries.WINDOWS) {
            Object owner = Files.getAttribute(file.toAbsolutePath().getParent(), "unix:uid");
            if (!owner.equals(Files.getAttribute(file, "unix:uid"))) {
                Files.setAttribute(file, "unix:uid", owner);
            }
        }
    }

    /** Replaced as a whole, readable by its owner only (on Windows the folder's rights hold). */
    static void writePrivately(Path file, String text) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        if (Binaries.WINDOWS) {
            Files.createFile(fresh);
        } else {
            Files.createFile(
                    fresh,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
        }
        Files.writeString(fresh, text);
        keepOwnerOfFolder(fresh);
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
    }
}
