package cn.xinyuan.acceptance;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The packaged program, started through its launcher and watched from outside. */
final class Program implements AutoCloseable {

    private static final Path ROOT = Path.of(System.getProperty("xinyuan.root")).normalize();
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final Process process;
    private final Path data;
    private final List<String> said = new ArrayList<>();

    private Program(Process process, Path data) {
        this.process = process;
        this.data = data;
        Thread.ofPlatform().daemon().start(() -> listen(process.inputReader()));
    }

    /** Starts and waits until the program says that it is ready. */
    static Program ready(String command, Path data, String... more) throws Exception {
        Program program = started(command, data, more);
        program.waitForLine("ready ");
        return program;
    }

    static Program started(String command, Path data, String... more) throws IOException {
        return started(Map.of(), command, data, more);
    }

    /** With further variables in its environment. */
    static Program ready(Map<String, String> environment, String command, Path data, String... more)
            throws Exception {
        Program program = started(environment, command, data, more);
        program.waitForLine("ready ");
        return program;
    }

    private static Program started(
            Map<String, String> environment, String command, Path data, String... more)
            throws IOException {
        List<String> words = new ArrayList<>(List.of(command, "--data", data.toString()));
        words.addAll(List.of(more));
        return new Program(command(environment, words).redirectErrorStream(true).start(), data);
    }

    /** Runs a command to its end. */
    static Ended run(String... words) throws Exception {
        return run(Map.of(), words);
    }

    static Ended run(Map<String, String> environment, String... words) throws Exception {
        Process process = command(environment, List.of(words)).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), text);
    }

    record Ended(int code, String text) {}

    static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0)) {
            return probe.getLocalPort();
        }
    }

    /** What it printed so far, line by line. */
    List<String> lines() {
        synchronized (said) {
            return List.copyOf(said);
        }
    }

    Optional<String> line(String beginning) {
        return lines().stream().filter(line -> line.startsWith(beginning)).findFirst();
    }

    String address() {
        return line("ready ").orElseThrow().substring("ready ".length());
    }

    /**
     * As Ctrl-C does; true when it ended by itself in time. Where this test runs in the background
     * of a shell, its children are born deaf to that signal: then as {@code kill} does.
     */
    boolean interrupt() throws Exception {
        String signal = isDeafToInterrupts() ? "-TERM" : "-INT";
        new ProcessBuilder("kill", signal, Long.toString(process.pid())).start().waitFor();
        return process.waitFor(30, TimeUnit.SECONDS);
    }

    private boolean isDeafToInterrupts() throws IOException {
        Path status = Path.of("/proc/" + process.pid() + "/status");
        if (!Files.exists(status)) {
            return false;
        }
        int interrupt = 1 << 1;
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .map(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
                .anyMatch(ignored -> (ignored & interrupt) != 0);
    }

    /** kill -9 of the program, the database and every process of it. */
    void killEverything() throws Exception {
        List<ProcessHandle> all = databaseProcesses();
        process.destroyForcibly().waitFor();
        all.forEach(ProcessHandle::destroyForcibly);
        for (ProcessHandle one : all) {
            one.onExit().get(10, TimeUnit.SECONDS);
        }
    }

    /** kill -9 of the program only: the database lives on, alone. */
    void killProgram() throws Exception {
        process.destroyForcibly().waitFor();
    }

    List<ProcessHandle> databaseProcesses() throws IOException {
        Path pidFile = data.resolve("postgres/cluster/postmaster.pid");
        if (!Files.exists(pidFile)) {
            return List.of();
        }
        try (Stream<String> lines = Files.lines(pidFile)) {
            long pid = Long.parseLong(lines.findFirst().orElseThrow().strip());
            List<ProcessHandle> all = new ArrayList<>();
            ProcessHandle.of(pid)
                    .ifPresent(
                            postmaster -> {
                                all.addAll(postmaster.descendants().toList());
                                all.add(postmaster);
                            });
            return all;
        }
    }

    @Override
    public void close() throws Exception {
        if (process.isAlive() && !interrupt()) {
            killEverything();
        }
    }

    void waitForLine(String beginning) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (line(beginning).isEmpty()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                Thread.sleep(500);
                process.destroyForcibly();
                throw new IllegalStateException(
                        "the program never said '"
                                + beginning
                                + "':\n"
                                + String.join("\n", lines()));
            }
            Thread.sleep(100);
        }
    }

    private void listen(BufferedReader reader) {
        try (reader) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                synchronized (said) {
                    said.add(line);
                }
            }
        } catch (IOException ended) {
            // the process is gone
        }
    }

    private static ProcessBuilder command(Map<String, String> environment, List<String> words) {
        List<String> all = new ArrayList<>(List.of(ROOT.resolve("xinyuan").toString()));
        all.addAll(words);
        ProcessBuilder builder = new ProcessBuilder(all);
        builder.environment().put("XINYUAN_PROGRAM", System.getProperty("xinyuan.program"));
        builder.environment().remove("XINYUAN_DB_URL");
        builder.environment().putAll(environment);
        return builder;
    }
}
