package cn.xinyuan.server.launch;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;

/**
 * What was typed after {@code ./xinyuan}.
 *
 * @param port 0 for any free one
 * @param data the data folder, absolute
 * @param print only say the demo's lines again
 */
public record CommandLine(Task task, int port, Path data, boolean print) {

    /** What the program is asked to do. */
    public enum Task {
        DEMO,
        SERVE,
        VERIFY,
        DOCTOR
    }

    /** The words were not understood; the message is one sentence for the person who typed them. */
    public static final class NotUnderstood extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotUnderstood(String sentence) {
            super(sentence);
        }
    }

    /**
     * Reads the words as they were typed.
     *
     * @throws NotUnderstood with the first thing that is wrong
     */
    public static CommandLine read(String... words) {
        Iterator<String> rest = List.of(words).iterator();
        Task task = task(rest.hasNext() ? rest.next() : "");
        int port = 8080;
        Path data = Path.of("data");
        boolean print = false;
        while (rest.hasNext()) {
            String word = rest.next();
            switch (word) {
                case "--port" -> port = port(value(word, rest));
                case "--data" -> data = Path.of(value(word, rest));
                case "--print" -> print = onlyForDemo(task);
                default -> throw new NotUnderstood("There is no option '" + word + "'.");
            }
        }
        return new CommandLine(task, port, data.toAbsolutePath().normalize(), print);
    }

    private static Task task(String word) {
        for (Task task : Task.values()) {
            if (task.name().toLowerCase(Locale.ROOT).equals(word)) {
                return task;
            }
        }
        throw new NotUnderstood(
                "Say what to do: demo, serve, verify or doctor, not '" + word + "'.");
    }

    private static String value(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new NotUnderstood("The option " + option + " wants a value after it.");
        }
        return rest.next();
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException wrong) {
            // said below, in the same words
        }
        throw new NotUnderstood("A port is a number from 0 to 65535, not '" + text + "'.");
    }

    private static boolean onlyForDemo(Task task) {
        if (task != Task.DEMO) {
            throw new NotUnderstood("--print belongs to demo.");
        }
        return true;
    }
}
