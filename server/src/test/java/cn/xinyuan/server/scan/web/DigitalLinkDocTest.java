package cn.xinyuan.server.scan.web;

import static org.assertj.core.api.Assertions.assertThat;

import cn.xinyuan.codes.ApplicationIdentifier;
import cn.xinyuan.codes.DigitalLink;
import cn.xinyuan.codes.Element;
import cn.xinyuan.codes.Gtin;
import cn.xinyuan.codes.Rule;
import cn.xinyuan.server.catalog.LinkType;
import cn.xinyuan.server.catalog.Product;
import cn.xinyuan.server.licensing.Licence;
import cn.xinyuan.server.parties.Party;
import cn.xinyuan.server.scan.domain.Finding;
import cn.xinyuan.server.scan.domain.LinkContext;
import cn.xinyuan.server.scan.domain.OwnLinks;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.GetMapping;

/** The lists of docs/digital-link.md. Run with -Ddocs=write to redraw them. */
class DigitalLinkDocTest {

    private static final Path PAGE = Path.of("../docs/digital-link.md");
    private static final Gtin GTIN = new Gtin("09521234543213");

    /** What the platform has of a key, beside understanding it. */
    private static final Map<String, String> HAS =
            Map.of(
                    "00",
                    "cases and pallets: which lots are in them",
                    "01",
                    "products, their lots and packs",
                    "414",
                    "producers, by the number of their place",
                    "417",
                    "producers");

    @Test
    void the_keys_are_those_of_the_table() throws IOException {
        drawn(
                "keys",
                "| key | what | qualifiers, in order | the platform has |\n| --- | --- | --- | --- |\n",
                ApplicationIdentifier.primaryKeys().stream()
                        .map(
                                k ->
                                        "| `/%s/` | %s | %s | %s |"
                                                .formatted(
                                                        k.ai(),
                                                        k.title(),
                                                        k.qualifiers().stream()
                                                                .map(r -> String.join(", ", r))
                                                                .collect(
                                                                        Collectors.joining(
                                                                                "; or ")),
                                                        HAS.getOrDefault(
                                                                k.ai(),
                                                                "what events name, for those entitled"))));
    }

    @Test
    void every_key_of_the_table_has_its_address() throws NoSuchMethodException {
        assertThat(paths("resolve"))
                .containsExactlyElementsOf(
                        ApplicationIdentifier.primaryKeys().stream()
                                .map(k -> "/" + k.ai() + "/{*rest}")
                                .toList());
        assertThat(paths("words")).hasSameSizeAs(paths("resolve"));
    }

    @Test
    void the_types_are_those_that_each_level_has() throws IOException {
        Map<String, LinkContext> levels = levels();
        drawn(
                "types",
                "| type | 中文 | who states it, of what |\n| --- | --- | --- |\n",
                Arrays.stream(LinkType.values())
                        .map(
                                t -> {
                                    String ours =
                                            levels.entrySet().stream()
                                                    .filter(e -> !e.getValue().ofType(t).isEmpty())
                                                    .map(Map.Entry::getKey)
                                                    .collect(Collectors.joining(", "));
                                    String who =
                                            Stream.of(
                                                            ours.isEmpty()
                                                                    ? ""
                                                                    : "the platform: " + ours,
                                                            t.ownersMayRegister()
                                                                    ? "the owner: product"
                                                                    : "")
                                                    .filter(s -> !s.isEmpty())
                                                    .collect(Collectors.joining("; "));
                                    assertThat(who).as(t.curie()).isNotEmpty();
                                    return "| `%s` | %s | %s |"
                                            .formatted(t.curie(), t.chinese(), who);
                                }));
    }

    @Test
    void the_answers_and_the_rules_are_all_there() throws IOException {
        Map<LinkAnswers.Kind, String> meaning =
                Map.of(
                        LinkAnswers.Kind.BAD,
                        "the address breaks a rule of GS1",
                        LinkAnswers.Kind.UNKNOWN,
                        "well written, but not registered here, or product, lot and serial do not"
                                + " belong together",
                        LinkAnswers.Kind.NO_SUCH_LINK,
                        "known, but without a link of the type; `linkTypes` lists those there are");
        drawn(
                "answers",
                "| status | `rule` | meaning |\n| --- | --- | --- |\n",
                Arrays.stream(LinkAnswers.Kind.values())
                        .map(
                                k ->
                                        "| %d | `%s` | %s |"
                                                .formatted(
                                                        k.status(),
                                                        k.rule(),
                                                        Objects.requireNonNull(meaning.get(k)))));
        drawn(
                "rules",
                "| rule | meaning |\n| --- | --- |\n",
                Arrays.stream(Rule.values())
                        .map(r -> "| `%s` | %s |".formatted(r, r.english().replace("|", "\\|"))));
    }

    @Test
    void a_key_that_the_platform_has_is_one_that_it_resolves() {
        // each level is drawn from the links that it really has
        assertThat(levels().values())
                .allSatisfy(l -> assertThat(l.ofType(LinkType.DEFAULT_LINK)).hasSize(1));
        assertThat(HAS.keySet())
                .allMatch(k -> ApplicationIdentifier.find(k).orElseThrow().primaryKey());
    }

    private static List<String> paths(String handler) throws NoSuchMethodException {
        GetMapping mapping =
                Arrays.stream(ResolverController.class.getDeclaredMethods())
                        .filter(m -> m.getName().equals(handler))
                        .findFirst()
                        .orElseThrow()
                        .getAnnotation(GetMapping.class);
        return Arrays.asList(Objects.requireNonNull(mapping).value());
    }

    private static Map<String, LinkContext> levels() {
        Finding sample = ScanPagesTest.finding(Finding.Why.FINE);
        Product product = Objects.requireNonNull(sample.product());
        Licence licence =
                new Licence(
                        new UUID(0, 4),
                        "信-4409-2025-0137",
                        new UUID(0, 1),
                        product.id(),
                        LocalDate.of(2025, 5, 31),
                        LocalDate.of(2028, 5, 30),
                        BigDecimal.TEN,
                        Licence.Standing.IN_FORCE,
                        null);
        var levels = new LinkedHashMap<String, LinkContext>();
        levels.put(
                "product",
                OwnLinks.product(DigitalLink.of(GTIN, null, null), product, licence, List.of()));
        levels.put(
                "lot",
                OwnLinks.lot(
                        DigitalLink.of(GTIN, "L250611-GW-03", null),
                        product,
                        Objects.requireNonNull(sample.lot()),
                        sample.certificate()));
        levels.put(
                "pack",
                OwnLinks.item(
                        DigitalLink.of(GTIN, null, sample.code()),
                        product,
                        sample.code(),
                        sample.certificate()));
        Party producer = Objects.requireNonNull(sample.producer());
        levels.put(
                "producer",
                OwnLinks.producer(
                        new DigitalLink(List.of(new Element("417", GTIN.printed())), List.of()),
                        producer));
        return levels;
    }

    private static void drawn(String name, String head, Stream<String> rows) throws IOException {
        String page = Files.readString(PAGE);
        String start = "<!-- " + name + " -->\n";
        Function<String, Integer> at =
                mark -> {
                    int found = page.indexOf(mark);
                    assertThat(found).as(mark).isNotNegative();
                    return found;
                };
        int from = at.apply(start) + start.length();
        int to = page.indexOf("<!-- end -->", from);
        String due = "\n" + head + rows.collect(Collectors.joining("\n")) + "\n\n";
        if ("write".equals(System.getProperty("docs"))) {
            Files.writeString(PAGE, page.substring(0, from) + due + page.substring(to));
        } else {
            assertThat(page.substring(from, to)).isEqualTo(due);
        }
    }
}
