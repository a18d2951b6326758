package cn.xinyuan.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server on a data folder, running from {@link #start} until {@link #close}.
 *
 * <p>While it runs, a killed postmaster is started again on the same port. Under the data folder:
 * {@code postgres/cluster} the database, {@code postgres/password} (mode 0600), {@code
 * postgres/port} the port, {@code postgres/server.log}.
 */
public final class Postgres implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Postgres.class.getName());
    private static final String USER = "xinyuan";
    private static final String DATABASE = "xinyuan";
    private static final int TRIES = 5;
    private static final long LOG_LIMIT = 10_000_000;

    private final Path home;
    private final FolderLock lock;
    private final Binaries binaries;
    private final RunAs runAs;
    private final Postmaster postmaster;
    private final Map<String, String> settings;
    private final String password;
    private int port;
    private volatile boolean closing;
    private volatile boolean watching;

    private Postgres(
            Path home,
            FolderLock lock,
            Binaries binaries,
            RunAs runAs,
            Map<String, String> settings,
            String password) {
        this.home = home;
        this.lock = lock;
        this.binaries = binaries;
        this.runAs = runAs;
        this.postmaster = new Postmaster(home.resolve("cluster"));
        this.settings = settings;
        this.password = password;
    }

    /**
     * Starts the server on this folder, making the folder and its database at the first time.
     *
     * @throws FolderInUse when another program works on the folder
     * @throws PostgresFailed when it cannot start, in one sentence for the operator
     */
    public static Postgres start(Path data) {
        return start(data, Map.of());
    }

    /**
     * As {@link #start(Path)}, with settings of postgresql.conf that differ from ours, for a
     * throw-away database or a larger machine.
     */
    public static Postgres start(Path data, Map<String, String> settings) {
        Path folder;
        try {
            folder = Files.createDirectories(data).toRealPath();
        } catch (IOException failed) {
            throw new PostgresFailed(
                    "The data folder %s cannot be made: %s.".formatted(data, failed.getMessage()),
                    failed);
        }
        FolderLock lock = FolderLock.take(folder);
        Path home = folder.resolve("postgres");
        try {
            return started(home, lock, settings);
        } catch (IOException failed) {
            lock.close();
            throw new PostgresFailed(
                    "PostgreSQL could not be started in %s: %s".formatted(home, failed), failed);
        } catch (RuntimeException failed) {
            lock.close();
            throw failed;
        }
    }

    /** The server that another program of ours runs on this folder now, if one does. */
    public static Optional<Address> runningOn(Path data) {
        try {
            if (!Files.isDirectory(data)) {
                return Optional.empty();
            }
            Path home = data.toRealPath().resolve("postgres");
            Path portFile = home.resolve("port");
            Path passwordFile = home.resolve("password");
            if (!Files.exists(portFile)
                    || !Files.exists(passwordFile)
                    || new Postmaster(home.resolve("cluster")).running().isEmpty()) {
                return Optional.empty();
            }
            int port = Integer.parseInt(Files.readString(portFile).strip());
            return answers(port)
                    ? Optional.of(address(port, Files.readString(passwordFile).strip()))
                    : Optional.empty();
        } catch (IOException unreadable) {
            throw new PostgresFailed(
                    "The data folder %s cannot be read: %s.".formatted(data, unreadable),
                    unreadable);
        }
    }

    /** Where the database is and how to enter it. */
    public Address address() {
        return address(port, password);
    }

    /** The process that serves; another one after it was killed and started again. */
    public long pid() {
        try {
            return postmaster.pid().orElseThrow();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** A fast shutdown: open connections are cut, everything committed is on the disk. */
    @Override
    public synchronized void close() {
        if (closing) {
            return;
        }
        closing = true;
        try {
            stop();
        } catch (IOException failed) {
            LOG.log(System.Logger.Level.WARNING, "PostgreSQL did not stop cleanly", failed);
        } finally {
            lock.close();
        }
    }

    /**
     * Where the database is and how to enter it.
     *
     * @param url for JDBC
     */
    public record Address(String url, int port, String user, String password) {

        /** The same server, another database. */
        public String urlOf(String database) {
            return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
        }

        @Override
        public String toString() {
            return url + " as " + user;
        }
    }

    private static Address address(int port, String password) {
        return new Address(
                "jdbc:postgresql://127.0.0.1:" + port + "/" + DATABASE, port, USER, password);
    }

    private static Postgres started(Path home, FolderLock lock, Map<String, String> settings)
            throws IOException {
        Files.createDirectories(home);
        Binaries binaries = Binaries.unpackedUnder(home);
        Path passwordFile = home.resolve("password");
        if (!Files.exists(passwordFile)) {
            Folders.writePrivately(passwordFile, newPassword());
        }
        RunAs runAs = RunAs.chosenFor(home);
        String password = Files.readString(passwordFile).strip();
        Postgres server = new Postgres(home, lock, binaries, runAs, settings, password);
        server.clearAwayLeftovers();
        if (!Files.isDirectory(server.postmaster.cluster())) {
            server.createCluster(passwordFile);
        }
        server.run();
        return server;
    }

    /**
     * We hold the folder's lock, so a server that still works here lost its program to a kill: it
     * is asked to stop, and made to when it does not.
     */
    private void clearAwayLeftovers() throws IOException {
        if (postmaster.running().isPresent()) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "A database server left behind by a killed program is stopped first.");
            stop();
        }
        if (!postmaster.workingHere().isEmpty()) {
            postmaster.killAll();
        }
        postmaster.forgetStalePid();
    }

    private void createCluster(Path passwordFile) throws IOException {
        Path half = home.resolve("cluster.half");
        Folders.delete(half);
        must(
                "made",
                List.of(
                        binaries.initdb().toString(),
                        "--pgdata=" + half,
                        "--username=" + USER,
                        "--pwfile=" + passwordFile,
                        "--auth=scram-sha-256",
                        "--encoding=UTF8",
                        "--locale=C",
                        "--locale-provider=builtin",
                        "--builtin-locale=C.UTF-8"));
        Files.writeString(
                half.resolve("postgresql.conf"),
                "\ninclude 'xinyuan.conf'\n",
                StandardOpenOption.APPEND);
        Files.writeString(half.resolve("xinyuan.conf"), "");
        Path words = home.resolve("create.sql");
        Files.writeString(words, "create database " + DATABASE + "\n");
        String said =
                must(
                        "made",
                        List.of(
                                binaries.postgres().toString(),
                                "--single",
                                "-D",
                                half.toString(),
                                "postgres"),
                        words);
        Files.delete(words);
        if (said.contains("ERROR") || said.contains("FATAL")) {
            throw new PostgresFailed("The first database could not be made: " + said);
        }
        Files.move(half, postmaster.cluster(), StandardCopyOption.ATOMIC_MOVE);
    }

    private synchronized void run() throws IOException {
        rotateLog();
        Path portFile = home.resolve("port");
        int wanted =
                Files.exists(portFile) ? Integer.parseInt(Files.readString(portFile).strip()) : 0;
        String said = "";
        for (int attempt = 1; attempt <= TRIES; attempt++) {
            port = wanted != 0 && isFree(wanted) ? wanted : freePort();
            wanted = 0;
            Folders.writePrivately(portFile, Integer.toString(port));
            writeSettings();
            Outcome outcome =
                    execute(
                            List.of(
                                    binaries.pgCtl().toString(),
                                    "--pgdata=" + postmaster.cluster(),
                                    "--log=" + home.resolve("server.log"),
                                    "--wait",
                                    "--timeout=120",
                                    "--silent",
                                    "start"),
                            null,
                            Duration.ofSeconds(150));
            if (outcome.code() == 0 && answers(port)) {
                watch();
                return;
            }
            said = outcome.text();
            clearAwayLeftovers();
            Postmaster.pause(Duration.ofMillis(200));
        }
        throw new PostgresFailed(
                "PostgreSQL did not start in %s (%s); its last words: %s"
                        .formatted(home, said.strip(), lastWords()));
    }

    private void writeSettings() throws IOException {
        Map<String, String> all = new TreeMap<>();
        all.put("listen_addresses", "127.0.0.1");
        all.put("port", Integer.toString(port));
        all.put("unix_socket_directories", "");
        all.put("fsync", "on");
        all.put("full_page_writes", "on");
        all.put("password_encryption", "scram-sha-256");
        all.put("max_connections", "100");
        all.put("shared_buffers", "128MB");
        all.put("timezone", "UTC");
        all.put("log_timezone", "UTC");
        all.put("log_min_messages", "warning");
        all.put("log_checkpoints", "off");
        all.put("lc_messages", "C");
        all.putAll(settings);
        StringBuilder text = new StringBuilder("# written at every start; changes here are lost\n");
        all.forEach(
                (name, value) ->
                        text.append(name)
                                .append(" = '")
                                .append(value.replace("'", "''"))
                                .append("'\n"));
        // written in place, so that the file keeps the owner whom the server can read
        Files.writeString(postmaster.cluster().resolve("xinyuan.conf"), text);
    }

    /**
     * A postmaster that dies while the program lives is started again. Asked twice a second, since
     * a process that nobody buries (in a container without an init) never counts as ended.
     */
    private void watch() {
        if (watching) {
            return;
        }
        watching = true;
        Thread.ofVirtual()
                .name("postgres-watch")
                .start(
                        () -> {
                            while (!closing) {
                                Postmaster.pause(Duration.ofMillis(500));
                                if (!closing && isDead()) {
                                    startAgain();
                                }
                            }
                        });
    }

    private boolean isDead() {
        try {
            return postmaster.running().isEmpty();
        } catch (IOException unreadable) {
            return false;
        }
    }

    private synchronized void startAgain() {
        if (closing || !isDead()) {
            return;
        }
        LOG.log(System.Logger.Level.WARNING, "PostgreSQL died and is started again.");
        try {
            clearAwayLeftovers();
            run();
        } catch (IOException | RuntimeException failed) {
            LOG.log(System.Logger.Level.ERROR, "PostgreSQL could not be started again", failed);
        }
    }

    private void stop() throws IOException {
        Outcome outcome =
                execute(
                        List.of(
                                binaries.pgCtl().toString(),
                                "--pgdata=" + postmaster.cluster(),
                                "--mode=fast",
                                "--wait",
                                "--timeout=60",
                                "--silent",
                                "stop"),
                        null,
                        Duration.ofSeconds(90));
        if (outcome.code() != 0 && postmaster.running().isPresent()) {
            postmaster.killAll();
        }
    }

    private void rotateLog() throws IOException {
        Path log = home.resolve("server.log");
        if (Files.exists(log) && Files.size(log) > LOG_LIMIT) {
            Files.move(log, home.resolve("server.log.1"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private String lastWords() throws IOException {
        Path log = home.resolve("server.log");
        if (!Files.exists(log)) {
            return "none";
        }
        List<String> lines = Files.readAllLines(log);
        return String.join(" / ", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
    }

    private String must(String done, List<String> words) throws IOException {
        return must(done, words, null);
    }

    private String must(String done, List<String> words, @Nullable Path input) throws IOException {
        Outcome outcome = execute(words, input, Duration.ofMinutes(3));
        if (outcome.code() != 0) {
            throw new PostgresFailed(
                    "The database could not be %s in %s: %s"
                            .formatted(done, home, outcome.text().strip()));
        }
        return outcome.text();
    }

    private record Outcome(int code, String text) {}

    /** Output goes to a file: a server left running would hold a pipe open for ever. */
    private Outcome execute(List<String> words, @Nullable Path input, Duration patience)
            throws IOException {
        Path output = Files.createTempFile("xinyuan-postgres", ".out");
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(runAs.command(words))
                            .directory(home.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile());
            if (input != null) {
                builder.redirectInput(input.toFile());
            }
            Map<String, String> environment = builder.environment();
            new HashMap<>(environment)
                    .keySet().stream()
                            .filter(name -> name.startsWith("PG"))
                            .forEach(environment::remove);
            environment.put("LC_ALL", "C");
            Process process = builder.start();
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                return new Outcome(-1, "no end after " + patience.toSeconds() + " seconds");
            }
            return new Outcome(process.exitValue(), Files.readString(output));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new PostgresFailed("Interrupted while PostgreSQL was starting.", stopped);
        } finally {
            Files.deleteIfExists(output);
        }
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 2_000);
            return true;
        } catch (IOException silent) {
            return false;
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    private static String newPassword() {
        byte[] bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
