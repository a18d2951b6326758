package cn.xinyuan.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The server's processes on one cluster folder, as the operating system sees them. */
record Postmaster(Path cluster) {

    /** The process named in {@code postmaster.pid}, if it lives and is a PostgreSQL at all. */
    Optional<ProcessHandle> running() throws IOException {
        return pid().flatMap(ProcessHandle::of)
                .filter(ProcessHandle::isAlive)
                .filter(this::isPostgresHere);
    }

    Optional<Long> pid() throws IOException {
        Path file = pidFile();
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.findFirst().map(String::strip).map(Long::valueOf);
        } catch (NumberFormatException torn) {
            return Optional.empty();
        }
    }

    Path pidFile() {
        return cluster.resolve("postmaster.pid");
    }

    /**
     * Every PostgreSQL process that works in this folder. A backend outlives a killed postmaster
     * for a moment and still has the shared memory.
     */
    List<ProcessHandle> workingHere() throws IOException {
        Path proc = Path.of("/proc");
        if (!Files.isDirectory(proc)) {
            return running().stream().toList();
        }
        List<ProcessHandle> found = new ArrayList<>();
        ProcessHandle.allProcesses()
                .filter(one -> cluster.equals(workingFolder(one)))
                .forEach(found::add);
        return found;
    }

    /** Kills what a dead program left behind, and waits until it is gone. */
    void killAll() throws IOException {
        for (ProcessHandle one : workingHere()) {
            one.destroyForcibly();
        }
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!workingHere().isEmpty() && System.nanoTime() < end) {
            pause(Duration.ofMillis(50));
        }
    }

    /**
     * Removes a pid file whose process is dead, or is a stranger who was given the same number;
     * only called when nothing works in the folder any more.
     */
    void forgetStalePid() throws IOException {
        if (workingHere().isEmpty()) {
            Files.deleteIfExists(pidFile());
        }
    }

    private boolean isPostgresHere(ProcessHandle one) {
        Path folder = workingFolder(one);
        if (folder != null) {
            return folder.equals(cluster);
        }
        return one.info().command().map(Path::of).map(Path::getFileName).stream()
                .anyMatch(name -> name.toString().startsWith("postgres"));
    }

    private static @Nullable Path workingFolder(ProcessHandle one) {
        try {
            return Files.readSymbolicLink(Path.of("/proc/" + one.pid() + "/cwd"));
        } catch (IOException | UnsupportedOperationException unreadable) {
            return null;
        }
    }

    static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
