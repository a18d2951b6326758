package cn.xinyuan.server.issuing.store;

import cn.xinyuan.codes.CodeFile.Format;
import cn.xinyuan.server.issuing.domain.Download;
import cn.xinyuan.server.issuing.domain.Downloads;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class JdbcDownloads implements Downloads {

    private static final String BEGIN =
            """
            insert into issuing.download
                   (id, batch, format, whole, begin_at, end_at, by, by_name, at)
            values (:id, :batch, :format, :whole, :from, :to, :by, :name, :at)
            """;

    private static final String PROGRESS =
            "update issuing.download set sent = :sent where id = :id";

    private static final String END =
            "update issuing.download set sent = :sent, ended = :at where id = :id";

    private static final String OF =
            """
            select id, batch, format, whole, begin_at, end_at, sent, by, by_name, at, ended
              from issuing.download where batch = :batch order by at desc, id limit 100
            """;

    private final JdbcClient db;

    JdbcDownloads(JdbcClient db) {
        this.db = db;
    }

    @Override
    public void begin(Download download) {
        db.sql(BEGIN)
                .param("id", download.id())
                .param("batch", download.batch())
                .param("format", download.format().name())
                .param("whole", download.whole())
                .param("from", download.from())
                .param("to", download.to())
                .param("by", download.by())
                .param("name", download.byName())
                .param("at", download.at().atOffset(ZoneOffset.UTC))
                .update();
    }

    @Override
    public void progress(UUID id, long sent) {
        db.sql(PROGRESS).param("id", id).param("sent", sent).update();
    }

    @Override
    public void end(UUID id, long sent, Instant at) {
        db.sql(END)
                .param("id", id)
                .param("sent", sent)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update();
    }

    @Override
    public List<Download> of(long batch) {
        return db.sql(OF)
                .param("batch", batch)
                .query(
                        (row, n) -> {
                            OffsetDateTime ended = row.getObject("ended", OffsetDateTime.class);
                            return new Download(
                                    row.getObject("id", UUID.class),
                                    row.getLong("batch"),
                                    Format.valueOf(row.getString("format")),
                                    row.getLong("whole"),
                                    row.getLong("begin_at"),
                                    row.getLong("end_at"),
                                    row.getLong("sent"),
                                    row.getObject("by", UUID.class),
                                    row.getString("by_name"),
                                    row.getObject("at", OffsetDateTime.class).toInstant(),
                                    ended == null ? null : ended.toInstant());
                        })
                .list();
    }
}
