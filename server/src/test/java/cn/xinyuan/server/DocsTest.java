package cn.xinyuan.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.ApplicationModule;
import org.springframework.modulith.core.ApplicationModules;

/** Pages drawn from the code. Run with -Ddocs=write to redraw them; otherwise they are compared. */
class DocsTest {

    private static final Path DOCS = Path.of("../docs");

    @Test
    void the_map_of_the_rooms() throws IOException {
        var rows =
                ApplicationModules.of(Xinyuan.class).stream()
                        .map(
                                room -> {
                                    var allowed =
                                            room.getBasePackage()
                                                    .getAnnotation(ApplicationModule.class)
                                                    .orElseThrow()
                                                    .allowedDependencies();
                                    return "| %s | %s | %s |"
                                            .formatted(
                                                    room.getIdentifier(),
                                                    joined(
                                                            Arrays.stream(allowed)
                                                                    .filter(a -> !hears(a))),
                                                    joined(
                                                            Arrays.stream(allowed)
                                                                    .filter(DocsTest::hears)
                                                                    .map(
                                                                            a ->
                                                                                    a.substring(
                                                                                            0,
                                                                                            a
                                                                                                    .indexOf(
                                                                                                            ' ')))));
                                })
                        .sorted()
                        .collect(
                                Collectors.joining(
                                        "\n",
                                        "# Rooms of the server\n\nDrawn from the code by `DocsTest`.\n\n"
                                                + "| room | calls | hears |\n| --- | --- | --- |\n",
                                        "\n"));
        same(DOCS.resolve("modules.md"), rows);
    }

    @Test
    void the_chart_of_every_state_table() throws IOException {
        var charts = new TreeMap<String, String>();
        for (var type :
                new ClassFileImporter()
                        .withImportOption(new DoNotIncludeTests())
                        .importPackagesOf(Xinyuan.class)) {
            if (!type.isEnum()) {
                continue;
            }
            Class<?> states = type.reflect();
            next(states)
                    .ifPresent(
                            next ->
                                    charts.put(
                                            states.getName()
                                                            .replaceFirst(
                                                                    "cn\\.xinyuan\\.server\\.([a-z]+)\\..*",
                                                                    "$1")
                                                    + "-"
                                                    + states.getSimpleName()
                                                            .toLowerCase(Locale.ROOT)
                                                    + ".mmd",
                                            chart(states, next)));
        }
        assertThat(charts).isNotEmpty();
        for (var drawn : charts.entrySet()) {
            same(DOCS.resolve(drawn.getKey()), drawn.getValue());
        }
    }

    @Test
    void every_class_and_path_named_in_the_docs_exists() throws IOException {
        var lost = new java.util.ArrayList<String>();
        var path =
                Pattern.compile(
                        "`((?:docs|server|codes|epcis|limits|postgres|bench|acceptance)/[\\w./-]+)`");
        try (var pages = Files.walk(DOCS)) {
            var texts =
                    Stream.concat(
                                    pages.filter(p -> p.toString().endsWith(".md")),
                                    Stream.of(
                                            Path.of("../README.md"), Path.of("../README.zh-CN.md")))
                            .toList();
            for (var text : texts) {
                path.matcher(Files.readString(text))
                        .results()
                        .map(m -> m.group(1))
                        .filter(named -> !Files.exists(Path.of("..").resolve(named)))
                        .forEach(named -> lost.add(text + " names " + named));
            }
        }
        assertThat(lost).isEmpty();
    }

    private static boolean hears(String dependency) {
        return dependency.contains("::");
    }

    private static String joined(Stream<String> names) {
        return names.sorted().collect(Collectors.joining(", "));
    }

    private static java.util.Optional<Method> next(Class<?> states) {
        return Arrays.stream(states.getDeclaredMethods())
                .filter(m -> m.getName().equals("next") && m.getParameterCount() == 0)
                .filter(m -> Collection.class.isAssignableFrom(m.getReturnType()))
                .findFirst();
    }

    private static String chart(Class<?> states, Method next) {
        next.setAccessible(true);
        var all = List.of(states.getEnumConstants());
        var arrows =
                all.stream()
                        .flatMap(
                                from ->
                                        following(next, from).stream()
                                                .sorted(
                                                        Comparator.comparingInt(
                                                                to -> all.indexOf(to)))
                                                .map(
                                                        to ->
                                                                "    " + from + " --> " + to
                                                                        + needs(to)))
                        .collect(Collectors.joining("\n"));
        return "stateDiagram-v2\n    [*] --> " + all.getFirst() + "\n" + arrows + "\n";
    }

    /** What a state table asks for before a state is come to, if it says so. */
    private static String needs(Object to) {
        return Arrays.stream(to.getClass().getDeclaredMethods())
                .filter(m -> m.getName().equals("needs") && m.getParameterCount() == 0)
                .map(m -> following(m, to))
                .filter(needed -> !needed.isEmpty())
                .map(needed -> " : needs " + joined(needed.stream().map(String::valueOf)))
                .collect(Collectors.joining());
    }

    private static Collection<?> following(Method next, Object from) {
        try {
            return (Collection<?>) next.invoke(from);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void same(Path page, String drawn) throws IOException {
        if ("write".equals(System.getProperty("docs"))) {
            Files.createDirectories(DOCS);
            Files.writeString(page, drawn);
        }
        assertThat(page).hasContent(drawn);
    }
}
