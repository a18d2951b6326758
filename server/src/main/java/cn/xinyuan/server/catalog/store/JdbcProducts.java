package cn.xinyuan.server.catalog.store;

import cn.xinyuan.server.catalog.Product;
import cn.xinyuan.server.catalog.domain.Products;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class JdbcProducts implements Products {

    private static final String ADD =
            """
            insert into catalog.product (id, party, gtin, name, name_en, category, variety, grade, pack_kg,
                                         pack, geographical_indication, registered_by, registered_at)
            values (:id, :party, :gtin, :name, :nameEn, :category, :variety, :grade, :packKg,
                    :pack, :indication, :by, :at)
                on conflict do nothing
            """;

    private static final String SELECT = "select * from catalog.product ";

    private final JdbcClient db;

    JdbcProducts(JdbcClient db) {
        this.db = db;
    }

    @Override
    public long nextArticle() {
        return db.sql("select nextval('catalog.article')").query(Long.class).single();
    }

    @Override
    public boolean add(Product product, UUID by, Instant at) {
        return db.sql(ADD)
                        .param("id", product.id())
                        .param("party", product.party())
                        .param("gtin", product.gtin())
                        .param("name", product.name())
                        .param("nameEn", product.nameEn())
                        .param("category", product.category())
                        .param("variety", product.variety())
                        .param("grade", product.grade())
                        .param("packKg", product.packKg())
                        .param("pack", product.pack())
                        .param("indication", product.geographicalIndication())
                        .param("by", by)
                        .param("at", at.atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    @Override
    public Optional<Product> find(UUID id) {
        return db.sql(SELECT + "where id = :id")
                .param("id", id)
                .query(JdbcProducts::product)
                .optional();
    }

    @Override
    public Optional<Product> findByGtin(String gtin) {
        return db.sql(SELECT + "where gtin = :gtin")
                .param("gtin", gtin)
                .query(JdbcProducts::product)
                .optional();
    }

    @Override
    public List<Product> of(UUID party) {
        return db.sql(SELECT + "where party = :party order by registered_at, gtin")
                .param("party", party)
                .query(JdbcProducts::product)
                .list();
    }

    @Override
    public List<Product> all() {
        return db.sql(SELECT + "order by category, name").query(JdbcProducts::product).list();
    }

    private static Product product(ResultSet row, int n) throws SQLException {
        return new Product(
                row.getObject("id", UUID.class),
                row.getObject("party", UUID.class),
                row.getString("gtin"),
                row.getString("name"),
                row.getString("name_en"),
                row.getString("category"),
                row.getString("variety"),
                row.getString("grade"),
                row.getBigDecimal("pack_kg"),
                row.getString("pack"),
                row.getBoolean("geographical_indication"));
    }
}
