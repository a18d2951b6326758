package cn.xinyuan.server.catalog.store;

import cn.xinyuan.server.catalog.LinkType;
import cn.xinyuan.server.catalog.ProductLinks.ProductLink;
import cn.xinyuan.server.catalog.domain.LinkBook;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class JdbcLinkBook implements LinkBook {

    private static final String ADD =
            """
            insert into catalog.product_link (id, product, type, href, title, language, media_type, context,
                                              registered_by, registered_at)
            values (:id, :product, :type, :href, :title, :language, :mediaType, :context, :by, :at)
                on conflict do nothing
            """;

    private static final String WITHDRAW =
            """
            update catalog.product_link set withdrawn_by = :by, withdrawn_at = :at
             where id = :id and withdrawn_at is null
            """;

    private static final String SELECT =
            """
            select id, product, type, href, title, language, media_type, context, registered_at
              from catalog.product_link
             where withdrawn_at is null
            """;

    private final JdbcClient db;

    JdbcLinkBook(JdbcClient db) {
        this.db = db;
    }

    @Override
    public boolean add(ProductLink link, UUID by) {
        return db.sql(ADD)
                        .param("id", link.id())
                        .param("product", link.product())
                        .param("type", link.type().name())
                        .param("href", link.href())
                        .param("title", link.title())
                        .param("language", link.language())
                        .param("mediaType", link.mediaType())
                        .param("context", link.context())
                        .param("by", by)
                        .param("at", link.at().atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    @Override
    public boolean withdraw(UUID link, UUID by, Instant at) {
        return db.sql(WITHDRAW)
                        .param("id", link)
                        .param("by", by)
                        .param("at", at.atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    @Override
    public Optional<ProductLink> find(UUID link) {
        return db.sql(SELECT + "and id = :id")
                .param("id", link)
                .query(JdbcLinkBook::link)
                .optional();
    }

    @Override
    public List<ProductLink> of(UUID product) {
        return db.sql(SELECT + "and product = :product order by registered_at, id")
                .param("product", product)
                .query(JdbcLinkBook::link)
                .list();
    }

    @Override
    public void queue(UUID product) {
        db.sql("select id from catalog.product where id = :id for update")
                .param("id", product)
                .query(UUID.class)
                .optional();
    }

    private static ProductLink link(ResultSet row, int n) throws SQLException {
        return new ProductLink(
                row.getObject("id", UUID.class),
                row.getObject("product", UUID.class),
                LinkType.valueOf(row.getString("type")),
                row.getString("href"),
                row.getString("title"),
                row.getString("language"),
                row.getString("media_type"),
                row.getString("context"),
                row.getObject("registered_at", OffsetDateTime.class).toInstant());
    }
}
