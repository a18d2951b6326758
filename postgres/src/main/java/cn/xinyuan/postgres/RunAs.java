package cn.xinyuan.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * As whom the server's programs run. PostgreSQL refuses to run as root, so root starts them in a
 * user namespace of their own, or, where the machine forbids that, as another user to whom the
 * folder is handed.
 *
 * @param prefix the words before the program's own
 */
record RunAs(List<String> prefix) {

    RunAs {
        prefix = List.copyOf(prefix);
    }

    static RunAs chosenFor(Path folder) throws IOException {
        if (Binaries.WINDOWS || !userIsRoot()) {
            return new RunAs(List.of());
        }
        int owner = (int) Files.getAttribute(folder, "unix:uid");
        if (owner == 0 && works(List.of("unshare", "-U", "true"))) {
            return new RunAs(List.of("unshare", "-U"));
        }
        String user = owner != 0 ? Integer.toString(owner) : unprivilegedUser();
        List<String> prefix =
                List.of("setpriv", "--reuid=" + user, "--regid=" + user, "--clear-groups");
        List<String> canEnter = new ArrayList<>(prefix);
        if (owner == 0) {
            hand(folder, user);
        }
        canEnter.addAll(List.of("test", "-x", folder.toString()));
        if (!works(canEnter)) {
            throw new PostgresFailed(
                    "PostgreSQL does not run as root, and user %s cannot reach %s; start Xinyuan as a normal user, or choose a folder with --data that this user can reach."
                            .formatted(user, folder));
        }
        return new RunAs(prefix);
    }

    /** The same words for a folder that is already running, without changing anything. */
    List<String> command(List<String> words) {
        List<String> all = new ArrayList<>(prefix);
        all.addAll(words);
        return all;
    }

    private static boolean userIsRoot() throws IOException {
        Path self = Path.of("/proc/self");
        if (Files.exists(self)) {
            return (int) Files.getAttribute(self, "unix:uid") == 0;
        }
        return "root".equals(System.getProperty("user.name"));
    }

    private static String unprivilegedUser() {
        return Stream.of("postgres", "nobody")
                .map(RunAs::idOf)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(
                        () ->
                                new PostgresFailed(
                                        "PostgreSQL does not run as root and this machine has no user to run it as; start Xinyuan as a normal user."));
    }

    private static Optional<String> idOf(String user) {
        try (Stream<String> lines = Files.lines(Path.of("/etc/passwd"))) {
            return lines.map(line -> line.split(":"))
                    .filter(fields -> fields.length > 2 && fields[0].equals(user))
                    .map(fields -> fields[2])
                    .findFirst();
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    private static void hand(Path folder, String user) throws IOException {
        List<Path> all;
        try (Stream<Path> walk = Files.walk(folder)) {
            all = walk.toList();
        }
        for (Path one : all) {
            Files.setAttribute(one, "unix:uid", Integer.valueOf(user), LinkOption.NOFOLLOW_LINKS);
        }
    }

    private static boolean works(List<String> command) {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException absent) {
            return false;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
