package cn.xinyuan.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** The server's programs, unpacked once into a folder named by their version and machine. */
record Binaries(Path home) {

    static final boolean WINDOWS =
            System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");

    Path initdb() {
        return program("initdb");
    }

    Path pgCtl() {
        return program("pg_ctl");
    }

    Path postgres() {
        return program("postgres");
    }

    private Path program(String name) {
        return home.resolve("bin").resolve(WINDOWS ? name + ".exe" : name);
    }

    /** Unpacks into {@code folder} unless that has been done; a half-done one is never seen. */
    static Binaries unpackedUnder(Path folder) throws IOException {
        String archive = "postgres-%s-%s.txz".formatted(system(), machine());
        try (InputStream packed = Binaries.class.getResourceAsStream("/" + archive)) {
            if (packed == null) {
                throw new PostgresFailed(
                        "This build carries no PostgreSQL for %s on %s; build it on this machine, or name a server with XINYUAN_DB_URL."
                                .formatted(
                                        System.getProperty("os.name"),
                                        System.getProperty("os.arch")));
            }
            // the archive's length tells one release from another without reading all of it
            Path home = folder.resolve("programs-" + packed.available() + "-" + machine());
            if (Files.isDirectory(home)) {
                return new Binaries(home);
            }
            Path half = Files.createTempDirectory(folder, "unpacking");
            unpack(packed, half);
            if (!WINDOWS) {
                Files.setPosixFilePermissions(half, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
            try {
                Files.move(half, home, StandardCopyOption.ATOMIC_MOVE);
            } catch (FileAlreadyExistsException another) {
                Folders.delete(half);
            }
            return new Binaries(home);
        }
    }

    private static void unpack(InputStream packed, Path target) throws IOException {
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(
                        new XZInputStream(new BufferedInputStream(packed, 1 << 16)))) {
            for (TarArchiveEntry entry = tar.getNextEntry();
                    entry != null;
                    entry = tar.getNextEntry()) {
                Path file = target.resolve(entry.getName()).normalize();
                if (!file.startsWith(target)) {
                    throw new IOException("an entry leaves its folder: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                } else if (neededToRun(entry.getName())) {
                    Files.createDirectories(file.getParent());
                    write(tar, entry, file);
                }
            }
        }
    }

    /** Static libraries are for compiling against the server, which nobody does here. */
    private static boolean neededToRun(String name) {
        return !name.endsWith(".a");
    }

    private static void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path file)
            throws IOException {
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
        } else if (entry.isLink()) {
            throw new IOException("a hard link was not expected: " + entry.getName());
        } else {
            Files.copy(tar, file);
            if (!WINDOWS) {
                boolean runs = (entry.getMode() & 0111) != 0;
                Files.setPosixFilePermissions(
                        file, PosixFilePermissions.fromString(runs ? "rwxr-xr-x" : "rw-r--r--"));
            }
        }
    }

    private static String system() {
        String name = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        if (WINDOWS) {
            return "windows";
        }
        return name.startsWith("mac") ? "darwin" : "linux";
    }

    private static String machine() {
        String arch = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        return switch (arch) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64", "arm64" -> "arm_64";
            default -> arch;
        };
    }
}
