package cn.xinyuan.server.standards.store;

import cn.xinyuan.limits.Limit.AtMost;
import cn.xinyuan.limits.Unit;
import cn.xinyuan.server.standards.Standards.Ban;
import cn.xinyuan.server.standards.Standards.Edition;
import cn.xinyuan.server.standards.Standards.PesticideProduct;
import cn.xinyuan.server.standards.Standards.PublishedYield;
import cn.xinyuan.server.standards.domain.BrandStandard;
import cn.xinyuan.server.standards.domain.Categories;
import cn.xinyuan.server.standards.domain.Clause;
import cn.xinyuan.server.standards.domain.EditionOf;
import cn.xinyuan.server.standards.domain.Library;
import cn.xinyuan.server.standards.domain.ReferenceSource;
import cn.xinyuan.server.standards.domain.Residues;
import cn.xinyuan.server.standards.domain.Shelves.Reference;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/** Reads {@code reference/*.csv}; its README says how far each figure is confirmed. */
@Component
class ReferenceFiles implements ReferenceSource {

    private static final LocalDate DEMO_FROM = LocalDate.of(2026, 3, 1);
    private static final String DEMO_NUMBER = "演示版 2026-03-01";

    private static final CSVFormat CSV =
            CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();

    @Override
    public Reference read(boolean demo) {
        var editions = new LinkedHashMap<String, EditionOf>();
        var clauses = new ArrayList<Clause>();
        for (CSVRecord row : rows("mrl-litchi-longan.csv")) {
            String number = row.get("edition");
            editions.computeIfAbsent(number, n -> edition(n, row));
            for (String category : List.of("litchi", "longan")) {
                String figure = row.get(category + "_mg_kg");
                if (!figure.isBlank()) {
                    clauses.add(
                            clause(
                                    number,
                                    category,
                                    row.get("substance_zh"),
                                    figure,
                                    row.get("confidence")));
                }
            }
        }
        if (demo) {
            editions.put(
                    DEMO_NUMBER,
                    new EditionOf(
                            Library.NATIONAL,
                            new Edition(
                                    DEMO_NUMBER,
                                    "演示版限量（虚构，从 2026-03-01 起接替 GB 2763-2021，仅供演示）",
                                    DEMO_FROM,
                                    null,
                                    true)));
            clauses.addAll(demoClauses(clauses));
        }
        return new Reference(
                List.copyOf(editions.values()),
                clauses,
                residues(clauses),
                bans(),
                products(),
                List.of(
                        brandStandard("XIN-LZ-1", "「信」字号荔枝 v1", "litchi"),
                        brandStandard("XIN-LY-1", "「信」字号龙眼 v1", "longan")),
                publishedYields());
    }

    /** Of the crops that are categories of ours; a comparison with another crop is left out. */
    private static List<PublishedYield> publishedYields() {
        return rows("yields.csv").stream()
                .flatMap(
                        row ->
                                Categories.read(row.get("crop_zh")).stream()
                                        .map(
                                                category ->
                                                        new PublishedYield(
                                                                category,
                                                                row.get("place"),
                                                                Integer.parseInt(row.get("year")),
                                                                new BigDecimal(
                                                                        row.get("kg_per_mu")),
                                                                row.get("source"))))
                .toList();
    }

    private static EditionOf edition(String number, CSVRecord row) {
        return new EditionOf(
                Library.NATIONAL,
                new Edition(
                        number,
                        "食品安全国家标准 食品中农药最大残留限量",
                        LocalDate.parse(row.get("effective_from")),
                        day(row.get("effective_to")),
                        false));
    }

    private static List<Clause> demoClauses(List<Clause> before) {
        Map<String, CSVRecord> changed = new LinkedHashMap<>();
        for (CSVRecord row : rows("demo-edition-2026-03-01.csv")) {
            changed.put(row.get("substance_zh"), row);
        }
        return before.stream()
                .map(
                        c -> {
                            CSVRecord row = changed.get(c.substance());
                            return row == null
                                    ? new Clause(
                                            DEMO_NUMBER,
                                            c.category(),
                                            c.substance(),
                                            c.limit(),
                                            "fictional")
                                    : clause(
                                            DEMO_NUMBER,
                                            c.category(),
                                            c.substance(),
                                            row.get(c.category() + "_mg_kg"),
                                            "fictional");
                        })
                .toList();
    }

    private static Clause clause(
            String edition, String category, String substance, String figure, String confidence) {
        return new Clause(
                edition,
                category,
                substance,
                new AtMost(new BigDecimal(figure), Unit.MG_PER_KG),
                confidence);
    }

    private static Map<String, List<String>> residues(List<Clause> clauses) {
        var residues = new LinkedHashMap<String, List<String>>();
        for (Clause clause : clauses) {
            List<String> named = Residues.named(clause.substance());
            if (!named.isEmpty()) {
                residues.putIfAbsent(clause.substance(), new ArrayList<>(named));
            }
        }
        for (CSVRecord row : rows("residue-members.csv")) {
            residues.computeIfAbsent(row.get("definition_zh"), _ -> new ArrayList<>())
                    .add(row.get("member_zh"));
        }
        return residues;
    }

    private static List<Ban> bans() {
        return rows("pesticide-bans.csv").stream()
                .map(
                        row ->
                                new Ban(
                                        row.get("substance_zh"),
                                        row.get("scope"),
                                        LocalDate.parse(row.get("prohibited_from")),
                                        row.get("source")))
                .toList();
    }

    private static List<PesticideProduct> products() {
        return rows("pesticide-products.csv").stream()
                .map(
                        row ->
                                new PesticideProduct(
                                        row.get("product_zh"),
                                        List.of(row.get("active_substances_zh").split(";", -1)),
                                        row.get("target_zh"),
                                        row.get("dose"),
                                        Integer.parseInt(row.get("phi_days")),
                                        Integer.parseInt(row.get("max_uses")),
                                        Boolean.parseBoolean(row.get("verified"))))
                .toList();
    }

    private static BrandStandard brandStandard(String number, String title, String category) {
        return new BrandStandard(
                number,
                title,
                category,
                1,
                LocalDate.of(2025, 1, 1),
                null,
                List.of(Library.NATIONAL, BrandStandard.BANS));
    }

    private static @Nullable LocalDate day(String text) {
        return text.isBlank() ? null : LocalDate.parse(text);
    }

    private static List<CSVRecord> rows(String file) {
        try (Reader text =
                new InputStreamReader(
                        new ClassPathResource("reference/" + file).getInputStream(),
                        StandardCharsets.UTF_8)) {
            return CSV.parse(text).getRecords();
        } catch (IOException e) {
            throw new UncheckedIOException("reference/" + file, e);
        }
    }
}
