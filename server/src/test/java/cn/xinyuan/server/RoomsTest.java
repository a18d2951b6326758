package cn.xinyuan.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.xinyuan.server.rooms.domain.KnowsSpring;
import cn.xinyuan.server.rooms.domain.ReadsTheWallClock;
import cn.xinyuan.server.rooms.web.DrawsFromTables;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What review cannot see. Each rule is also run on a class that breaks it, to see it bite. */
class RoomsTest {

    private static final JavaClasses PROGRAM =
            new ClassFileImporter()
                    .withImportOption(new DoNotIncludeTests())
                    .importPackagesOf(Xinyuan.class);

    private static final ArchRule THE_DOMAIN_KNOWS_THE_LANGUAGE_AND_OUR_LIBRARIES =
            classes()
                    .that()
                    .resideInAPackage("..server.*.domain..")
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(
                            "java..",
                            "org.jspecify..",
                            "cn.xinyuan.server.*",
                            "cn.xinyuan.server.*.domain..",
                            "cn.xinyuan.server.*.events..",
                            "cn.xinyuan.codes..",
                            "cn.xinyuan.epcis..",
                            "cn.xinyuan.limits..");

    private static final ArchRule PAGES_ARE_NOT_DRAWN_FROM_TABLES =
            noClasses()
                    .that()
                    .resideInAPackage("..server.*.web..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("..store..", "org.springframework.jdbc..");

    private static final ArchRule TIME_COMES_IN =
            noClasses()
                    .that()
                    .resideInAnyPackage("..server.*.domain..", "..server.*.usecase..")
                    .should()
                    .callMethod(Instant.class, "now")
                    .orShould()
                    .callMethod(LocalDate.class, "now")
                    .orShould()
                    .callMethod(LocalDateTime.class, "now");

    private static final ArchRule NAMES_SAY_SOMETHING =
            classes().should().haveNameNotMatching(".*(Service|Manager|Helper|Util|Utils|Impl)");

    @Test
    void the_domain_knows_the_language_and_our_libraries_and_nothing_else() {
        THE_DOMAIN_KNOWS_THE_LANGUAGE_AND_OUR_LIBRARIES.check(PROGRAM);
        bites(THE_DOMAIN_KNOWS_THE_LANGUAGE_AND_OUR_LIBRARIES, KnowsSpring.class);
    }

    @Test
    void pages_are_not_drawn_from_tables() {
        PAGES_ARE_NOT_DRAWN_FROM_TABLES.check(PROGRAM);
        bites(PAGES_ARE_NOT_DRAWN_FROM_TABLES, DrawsFromTables.class);
    }

    @Test
    void time_comes_in_from_outside() {
        TIME_COMES_IN.check(PROGRAM);
        bites(TIME_COMES_IN, ReadsTheWallClock.class);
    }

    @Test
    void names_say_something() {
        NAMES_SAY_SOMETHING.check(PROGRAM);
    }

    @Test
    void a_room_names_no_table_but_its_own() throws IOException {
        var strangers = new ArrayList<String>();
        var program = Path.of("src/main/java/cn/xinyuan/server");
        try (var files = Files.walk(program)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                var room = program.relativize(file).getName(0).toString();
                strangers.addAll(foreignTables(room, Files.readString(file)));
            }
        }
        assertThat(strangers).isEmpty();
        assertThat(foreignTables("scan", "select 1 from recall.recall")).hasSize(1);
    }

    private static List<String> foreignTables(String room, String text) throws IOException {
        var schemas = new ArrayList<String>();
        try (var folders = Files.list(Path.of("src/main/resources/db/migration"))) {
            folders.map(d -> d.getFileName().toString())
                    .filter(d -> !d.startsWith("__"))
                    .forEach(schemas::add);
        }
        assertThat(schemas).contains("trace", "recall");
        var table =
                Pattern.compile(
                        "\\b(?:from|join|into|update|references)\\s+("
                                + String.join("|", schemas)
                                + ")\\.[a-z_]+");
        return table.matcher(text)
                .results()
                .filter(m -> !m.group(1).equals(room))
                .map(m -> room + ": " + m.group())
                .toList();
    }

    private static void bites(ArchRule rule, Class<?> offender) {
        var wrong = new ClassFileImporter().importClasses(offender);
        assertThatThrownBy(() -> rule.check(wrong)).isInstanceOf(AssertionError.class);
    }
}
