package cn.xinyuan.server.standards.store;

import cn.xinyuan.limits.Limit;
import cn.xinyuan.limits.Limit.Absent;
import cn.xinyuan.limits.Limit.AtLeast;
import cn.xinyuan.limits.Limit.AtMost;
import cn.xinyuan.limits.Limit.Between;
import cn.xinyuan.limits.Limit.NotToBeUsed;
import cn.xinyuan.limits.Unit;
import cn.xinyuan.server.standards.Standards.Ban;
import cn.xinyuan.server.standards.Standards.Edition;
import cn.xinyuan.server.standards.Standards.PesticideProduct;
import cn.xinyuan.server.standards.Standards.PublishedYield;
import cn.xinyuan.server.standards.domain.BrandStandard;
import cn.xinyuan.server.standards.domain.Clause;
import cn.xinyuan.server.standards.domain.EditionOf;
import cn.xinyuan.server.standards.domain.Library;
import cn.xinyuan.server.standards.domain.Residues;
import cn.xinyuan.server.standards.domain.Shelves;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class JdbcShelves implements Shelves {

    private static final String REVISION = "select value from standards.revision";

    private static final String EDITIONS =
            """
            select number, series, title, effective_from, effective_to, demo
              from standards.edition
            """;

    private static final String CLAUSES =
            """
            select edition, category, substance, kind, low, high, unit, confidence
              from standards.clause
            """;

    private static final String RESIDUES =
            """
            select definition, member from standards.residue order by definition, position
            """;

    private static final String BANS =
            """
            select substance, scope, prohibited_from, source
              from standards.ban
             order by prohibited_from, substance
            """;

    private static final String PRODUCTS =
            """
            select p.name, p.target, p.dose, p.phi_days, p.max_uses, p.verified,
                   array_agg(s.substance order by s.position) as substances
              from standards.product p
              join standards.product_substance s on s.product = p.name
             group by p.name
             order by p.target, p.name
            """;

    private static final String BRAND_STANDARDS =
            """
            select b.number, b.title, b.category, b.version, b.effective_from, b.effective_to,
                   array_agg(a.series order by a.position) as adopts
              from standards.brand_standard b
              join standards.adoption a on a.brand_standard = b.number
             group by b.number
             order by b.number
            """;

    private static final String ADD_EDITION =
            """
            insert into standards.edition (number, series, title, effective_from, effective_to, demo)
            values (:number, :series, :title, :from, :to, :demo)
                on conflict do nothing
            """;

    private static final String ADD_CLAUSE =
            """
            insert into standards.clause
                   (edition, category, substance, kind, low, high, unit, confidence)
            values (:edition, :category, :substance, :kind, :low, :high, :unit, :confidence)
                on conflict do nothing
            """;

    private static final String ADD_RESIDUE =
            """
            insert into standards.residue (definition, member, position)
            values (:definition, :member, :position)
                on conflict do nothing
            """;

    private static final String ADD_BAN =
            """
            insert into standards.ban (substance, scope, prohibited_from, source)
            values (:substance, :scope, :from, :source)
                on conflict do nothing
            """;

    private static final String ADD_PRODUCT =
            """
            insert into standards.product (name, target, dose, phi_days, max_uses, verified)
            values (:name, :target, :dose, :days, :uses, :verified)
                on conflict do nothing
            """;

    private static final String ADD_PRODUCT_SUBSTANCE =
            """
            insert into standards.product_substance (product, position, substance)
            values (:product, :position, :substance)
                on conflict do nothing
            """;

    private static final String ADD_BRAND_STANDARD =
            """
            insert into standards.brand_standard
                   (number, title, category, version, effective_from, effective_to)
            values (:number, :title, :category, :version, :from, :to)
                on conflict do nothing
            """;

    private static final String ADD_ADOPTION =
            """
            insert into standards.adoption (brand_standard, position, series)
            values (:standard, :position, :series)
                on conflict do nothing
            """;

    private static final String ADD_YIELD =
            """
            insert into standards.published_yield (category, place, year, kg_per_mu, source)
            values (:category, :place, :year, :perMu, :source)
                on conflict do nothing
            """;

    private static final String YIELDS =
            """
            select category, place, year, kg_per_mu, source
              from standards.published_yield
             where category = :category
             order by year desc, place
            """;

    private static final String ANNOUNCE =
            """
            insert into standards.announced (kind, subject, day)
            values (:kind, :subject, :day)
                on conflict do nothing
            """;

    private static final String NEW_REVISION =
            "update standards.revision set value = gen_random_uuid()";

    private final JdbcClient db;
    private volatile @Nullable Read last;

    JdbcShelves(JdbcClient db) {
        this.db = db;
    }

    @Override
    public Library library() {
        UUID revision = db.sql(REVISION).query(UUID.class).single();
        Read read = last;
        if (read == null || !read.revision.equals(revision)) {
            read = new Read(revision, read());
            last = read;
        }
        return read.library;
    }

    private Library read() {
        var residues = new LinkedHashMap<String, List<String>>();
        db.sql(RESIDUES)
                .query(
                        row -> {
                            residues.computeIfAbsent(
                                            row.getString("definition"), _ -> new ArrayList<>())
                                    .add(row.getString("member"));
                        });
        return new Library(
                db.sql(EDITIONS).query(JdbcShelves::edition).list(),
                db.sql(CLAUSES).query(JdbcShelves::clause).list(),
                new Residues(residues),
                db.sql(BANS)
                        .query(
                                (row, _) ->
                                        new Ban(
                                                row.getString("substance"),
                                                row.getString("scope"),
                                                row.getObject("prohibited_from", LocalDate.class),
                                                row.getString("source")))
                        .list(),
                db.sql(PRODUCTS).query(JdbcShelves::product).list(),
                db.sql(BRAND_STANDARDS).query(JdbcShelves::brandStandard).list());
    }

    @Override
    public List<PublishedYield> publishedYields(String category) {
        return db.sql(YIELDS)
                .param("category", category)
                .query(
                        (row, _) ->
                                new PublishedYield(
                                        row.getString("category"),
                                        row.getString("place"),
                                        row.getInt("year"),
                                        row.getBigDecimal("kg_per_mu"),
                                        row.getString("source")))
                .list();
    }

    @Override
    public void add(Reference reference) {
        int added = 0;
        for (EditionOf each : reference.editions()) {
            Edition edition = each.edition();
            added +=
                    db.sql(ADD_EDITION)
                            .param("number", edition.number())
                            .param("series", each.series())
                            .param("title", edition.title())
                            .param("from", edition.effectiveFrom())
                            .param("to", edition.effectiveTo())
                            .param("demo", edition.demo())
                            .update();
        }
        for (Clause clause : reference.clauses()) {
            added += add(clause);
        }
        for (Map.Entry<String, List<String>> each : reference.residues().entrySet()) {
            for (int n = 0; n < each.getValue().size(); n++) {
                added +=
                        db.sql(ADD_RESIDUE)
                                .param("definition", each.getKey())
                                .param("member", each.getValue().get(n))
                                .param("position", n)
                                .update();
            }
        }
        for (Ban ban : reference.bans()) {
            added +=
                    db.sql(ADD_BAN)
                            .param("substance", ban.substance())
                            .param("scope", ban.scope())
                            .param("from", ban.from())
                            .param("source", ban.source())
                            .update();
        }
        for (PesticideProduct product : reference.products()) {
            added += add(product);
        }
        for (BrandStandard standard : reference.brandStandards()) {
            added += add(standard);
        }
        for (PublishedYield each : reference.publishedYields()) {
            db.sql(ADD_YIELD)
                    .param("category", each.category())
                    .param("place", each.place())
                    .param("year", each.year())
                    .param("perMu", each.kgPerMu())
                    .param("source", each.source())
                    .update();
        }
        if (added > 0) {
            db.sql(NEW_REVISION).update();
        }
    }

    private int add(Clause clause) {
        Figures figures =
                switch (clause.limit()) {
                    case AtMost(var bound, var unit) -> new Figures("AT_MOST", null, bound, unit);
                    case AtLeast(var bound, var unit) -> new Figures("AT_LEAST", bound, null, unit);
                    case Between(var low, var high, var unit) ->
                            new Figures("BETWEEN", low, high, unit);
                    case Absent(var seenFrom, var unit) ->
                            new Figures("ABSENT", null, seenFrom, unit);
                    case NotToBeUsed() ->
                            throw new IllegalArgumentException("a ban is no clause: " + clause);
                };
        return db.sql(ADD_CLAUSE)
                .param("edition", clause.edition())
                .param("category", clause.category())
                .param("substance", clause.substance())
                .param("kind", figures.kind)
                .param("low", figures.low)
                .param("high", figures.high)
                .param("unit", figures.unit.symbol())
                .param("confidence", clause.confidence())
                .update();
    }

    private int add(PesticideProduct product) {
        int added =
                db.sql(ADD_PRODUCT)
                        .param("name", product.name())
                        .param("target", product.target())
                        .param("dose", product.dose())
                        .param("days", product.preHarvestDays())
                        .param("uses", product.maxUses())
                        .param("verified", product.verified())
                        .update();
        for (int n = 0; n < product.substances().size(); n++) {
            db.sql(ADD_PRODUCT_SUBSTANCE)
                    .param("product", product.name())
                    .param("position", n)
                    .param("substance", product.substances().get(n))
                    .update();
        }
        return added;
    }

    private int add(BrandStandard standard) {
        int added =
                db.sql(ADD_BRAND_STANDARD)
                        .param("number", standard.number())
                        .param("title", standard.title())
                        .param("category", standard.category())
                        .param("version", standard.version())
                        .param("from", standard.effectiveFrom())
                        .param("to", standard.effectiveTo())
                        .update();
        for (int n = 0; n < standard.adopts().size(); n++) {
            db.sql(ADD_ADOPTION)
                    .param("standard", standard.number())
                    .param("position", n)
                    .param("series", standard.adopts().get(n))
                    .update();
        }
        return added;
    }

    @Override
    public boolean announce(String kind, String subject, LocalDate day) {
        return db.sql(ANNOUNCE)
                        .param("kind", kind)
                        .param("subject", subject)
                        .param("day", day)
                        .update()
                == 1;
    }

    private static EditionOf edition(ResultSet row, int index) throws SQLException {
        return new EditionOf(
                row.getString("series"),
                new Edition(
                        row.getString("number"),
                        row.getString("title"),
                        row.getObject("effective_from", LocalDate.class),
                        row.getObject("effective_to", LocalDate.class),
                        row.getBoolean("demo")));
    }

    private static Clause clause(ResultSet row, int index) throws SQLException {
        Unit unit = Unit.read(row.getString("unit")).orElseThrow();
        BigDecimal low = row.getBigDecimal("low");
        BigDecimal high = row.getBigDecimal("high");
        Limit limit =
                switch (row.getString("kind")) {
                    case "AT_MOST" -> new AtMost(high, unit);
                    case "AT_LEAST" -> new AtLeast(low, unit);
                    case "BETWEEN" -> new Between(low, high, unit);
                    default -> new Absent(high, unit);
                };
        return new Clause(
                row.getString("edition"),
                row.getString("category"),
                row.getString("substance"),
                limit,
                row.getString("confidence"));
    }

    private static PesticideProduct product(ResultSet row, int index) throws SQLException {
        return new PesticideProduct(
                row.getString("name"),
                List.of((String[]) row.getArray("substances").getArray()),
                row.getString("target"),
                row.getString("dose"),
                row.getInt("phi_days"),
                row.getInt("max_uses"),
                row.getBoolean("verified"));
    }

    private static BrandStandard brandStandard(ResultSet row, int index) throws SQLException {
        return new BrandStandard(
                row.getString("number"),
                row.getString("title"),
                row.getString("category"),
                row.getInt("version"),
                row.getObject("effective_from", LocalDate.class),
                row.getObject("effective_to", LocalDate.class),
                List.of((String[]) row.getArray("adopts").getArray()));
    }

    private record Read(UUID revision, Library library) {}

    private record Figures(
            String kind, @Nullable BigDecimal low, @Nullable BigDecimal high, Unit unit) {}
}
