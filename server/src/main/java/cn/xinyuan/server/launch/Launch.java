package cn.xinyuan.server.launch;

import cn.xinyuan.postgres.FolderInUse;
import cn.xinyuan.postgres.PostgresFailed;
import cn.xinyuan.server.access.SetUp;
import cn.xinyuan.server.trace.Verification;
import java.io.IOException;
import java.io.PrintStream;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Runs one command. Exit codes: 0 done, 1 differences found (verify, doctor), 2 could not run; a
 * sentence on the error stream says why.
 */
public final class Launch {

    private static final int DONE = 0;
    private static final int DIFFERENT = 1;
    private static final int COULD_NOT_RUN = 2;
    private static final int LONGEST = 300;

    private final Class<?> program;
    private final Map<String, String> environment;
    private final PrintStream out;
    private final PrintStream err;

    public Launch(
            Class<?> program, Map<String, String> environment, PrintStream out, PrintStream err) {
        this.program = program;
        this.environment = environment;
        this.out = out;
        this.err = err;
    }

    /**
     * Runs what was typed.
     *
     * @return an exit code, or −1 when the program now serves and must not be ended
     */
    public int run(String... words) {
        try {
            CommandLine line = CommandLine.read(words);
            return switch (line.task()) {
                case SERVE -> serve(line);
                case DEMO -> line.print() ? printAgain(line) : serve(line);
                case VERIFY -> verify(line);
                case DOCTOR -> new Doctor(environment, out).look(line) ? DONE : DIFFERENT;
            };
        } catch (CommandLine.NotUnderstood | FolderInUse | PostgresFailed no) {
            err.println(no.getMessage());
            return COULD_NOT_RUN;
        }
    }

    private int serve(CommandLine line) {
        boolean demo = line.task() == CommandLine.Task.DEMO;
        DataFolder folder = new DataFolder(line.data());
        if (demo && folder.holdsRealWork()) {
            err.println(
                    "The data folder %s holds real work begun with serve; play the demo on another one with --data."
                            .formatted(folder.path()));
            return COULD_NOT_RUN;
        }
        if (!demo && folder.demoLines().isPresent()) {
            err.println(
                    "Note: the data folder %s holds the demo season with its well-known passwords; for real work choose another one with --data."
                            .formatted(folder.path()));
        }
        if (!isFree(line.port())) {
            err.println(
                    "Port %d is already used by another program; choose another one with --port."
                            .formatted(line.port()));
            return COULD_NOT_RUN;
        }
        Database database = Database.open(line.data(), environment);
        if (demo && database.named() && folder.demoLines().isEmpty() && database.isUsed()) {
            database.close();
            err.println(
                    "The database %s is in use already, and its data are not a demo season of the folder %s; play the demo on an empty database."
                            .formatted(database.url(), folder.path()));
            return COULD_NOT_RUN;
        }
        if (demo && folder.demoWasCutOff() && !database.named()) {
            out.println("season 上次播放中断，重新播放 · the last play was cut off, playing anew");
            database.empty();
        }
        SpringApplication.getShutdownHandlers()
                .add(
                        () -> {
                            folder.forgetAddress();
                            database.close();
                        });
        SpringApplication application = application(folder.log());
        if (demo) {
            application.setAdditionalProfiles("demo");
        }
        application.addListeners(
                (ApplicationListener<WebServerInitializedEvent>)
                        started -> folder.noteAddress(addressOf(started.getWebServer().getPort())));
        if (!demo) {
            application.addListeners(
                    (ApplicationListener<ApplicationReadyEvent>)
                            ready -> welcome(ready.getApplicationContext(), folder));
        }
        List<String> settings = settings(database, folder);
        settings.add("--server.port=" + line.port());
        try {
            application.run(settings.toArray(String[]::new));
            return -1;
        } catch (RuntimeException failed) {
            err.println(
                    "Xinyuan could not start: %s (more in %s)"
                            .formatted(reason(failed), folder.log()));
            return COULD_NOT_RUN;
        }
    }

    private void welcome(ConfigurableApplicationContext context, DataFolder folder) {
        folder.noteRealWork();
        String address = folder.address().orElseThrow();
        context.getBeanProvider(SetUp.class)
                .forEach(
                        setUp ->
                                setUp.newLink()
                                        .ifPresent(path -> out.println("setup " + address + path)));
        out.println("ready " + address);
    }

    private int printAgain(CommandLine line) {
        DataFolder folder = new DataFolder(line.data());
        String address = folder.address().filter(Launch::answers).orElse("");
        if (address.isEmpty()) {
            err.println(
                    "No demo runs on the data folder %s; start it with ./xinyuan demo."
                            .formatted(folder.path()));
            return COULD_NOT_RUN;
        }
        if (folder.demoLines().isEmpty()) {
            err.println("The demo season is still being played; ask again in a minute.");
            return COULD_NOT_RUN;
        }
        for (String one : folder.demoLines().orElseThrow()) {
            out.println(one.startsWith("scan ") ? one.replace(" /", " " + address + "/") : one);
        }
        out.println("ready " + address);
        return DONE;
    }

    /** Starts only what the recomputation asks for: no web, no listeners, no schedules. */
    private int verify(CommandLine line) {
        DataFolder folder = new DataFolder(line.data());
        if (!environment.containsKey("XINYUAN_DB_URL") && !Files.isDirectory(folder.path())) {
            err.println("There is no data folder %s.".formatted(folder.path()));
            return COULD_NOT_RUN;
        }
        try (Database database = Database.openBeside(line.data(), environment)) {
            SpringApplication application = application(folder.verifyLog());
            application.setWebApplicationType(WebApplicationType.NONE);
            application.setLazyInitialization(true);
            application.setRegisterShutdownHook(false);
            try (ConfigurableApplicationContext context =
                    application.run(settings(database, folder).toArray(String[]::new))) {
                Verification.Outcome outcome =
                        context.getBean(Verification.class)
                                .recompute(
                                        wrong ->
                                                out.println(
                                                        "difference %s %s %s %s"
                                                                .formatted(
                                                                        wrong.kind(),
                                                                        wrong.id(),
                                                                        wrong.expected(),
                                                                        wrong.found())));
                out.println(
                        "verified %d events %d lots".formatted(outcome.events(), outcome.lots()));
                return outcome.differences() == 0 ? DONE : DIFFERENT;
            }
        } catch (FolderInUse | PostgresFailed no) {
            throw no;
        } catch (RuntimeException failed) {
            err.println(
                    "The data could not be verified: %s (more in %s)"
                            .formatted(reason(failed), folder.verifyLog()));
            return COULD_NOT_RUN;
        }
    }

    private SpringApplication application(Path log) {
        SpringApplication application = new SpringApplication(program);
        application.setBannerMode(Banner.Mode.OFF);
        application.setLogStartupInfo(true);
        application.setDefaultProperties(
                Map.of(
                        "logging.file.name", log.toString(),
                        "logging.threshold.console", "off",
                        "spring.lifecycle.timeout-per-shutdown-phase", "5s"));
        return application;
    }

    private static List<String> settings(Database database, DataFolder folder) {
        return new ArrayList<>(
                List.of(
                        "--spring.datasource.url=" + database.url(),
                        "--spring.datasource.username=" + database.user(),
                        "--spring.datasource.password=" + database.password(),
                        "--xinyuan.data=" + folder.path()));
    }

    private static String addressOf(int port) {
        return "http://localhost:" + port;
    }

    static boolean isFree(int port) {
        if (port == 0) {
            return true;
        }
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(port));
            return true;
        } catch (BindException taken) {
            return false;
        } catch (IOException unclear) {
            return true;
        }
    }

    private static boolean answers(String address) {
        URI uri = URI.create(address);
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()), 2_000);
            return true;
        } catch (IOException silent) {
            return false;
        }
    }

    private static String reason(Throwable failed) {
        Throwable deepest = failed;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        String text = deepest.getMessage();
        String line =
                text == null
                        ? deepest.getClass().getSimpleName()
                        : text.lines().findFirst().orElse("");
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
    }
}
