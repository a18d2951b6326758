package cn.xinyuan.server.trace.store;

import cn.xinyuan.server.trace.Genealogy.Edge;
import cn.xinyuan.server.trace.Goods.Part;
import cn.xinyuan.server.trace.Goods.Shipment;
import cn.xinyuan.server.trace.Labels;
import cn.xinyuan.server.trace.Lot;
import cn.xinyuan.server.trace.Lots.Holding;
import cn.xinyuan.server.trace.domain.Account;
import cn.xinyuan.server.trace.domain.LotBook;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class JdbcLotBook implements LotBook {

    private static final DateTimeFormatter SHORT = DateTimeFormatter.ofPattern("yyMMdd");

    /** The advisory lock between acts and holds: "hold" in ASCII. */
    private static final long STANDSTILL = 0x686f6c64L;

    private static final String ADD =
            """
            insert into trace.lot (id, number, kind, maker, category, variety, grade, product, kilograms,
                                   packs, day, district, epc_class, event)
            values (:id, :number, :kind, :maker, :category, :variety, :grade, :product, :kilograms,
                    :packs, :day, :district, :epcClass, :event)
            """;

    private static final String SELECT =
            """
            select l.*, (select string_agg(reason, '；' order by id) from trace.hold
                          where lot = l.id and released_at is null) as held
              from trace.lot l
            """;

    private static final String OF =
            SELECT
                    + """
                      where l.maker = :party
                         or l.id in (select lot from trace.account where party = :party and kind = 'HOLDING')
                      order by l.made desc limit 2000
                      """;

    private static final String WITHIN =
            SELECT
                    + " where l.district like any (:prefixes::text[]) order by l.made desc limit :most";

    private static final String LOCK =
            "select id from trace.lot where id = any (:ids) order by id for update";

    private static final String LINK =
            """
            insert into trace.edge (source, target, kilograms, step, from_plot, event)
            values (:source, :target, :kilograms, :step, :plot, :event)
            """;

    private static final String TOUCHED =
            "insert into trace.event_lot (event, lot) select :event, unnest(:lots::uuid[])";

    private static final String EDGES =
            """
            select source, target, kilograms, step, from_plot from trace.edge e
             where not exists (select 1 from trace.reversal r where r.event = e.event)
            """;

    private static final String HOLDINGS =
            """
            select lot, party, kind,
                   sum(balance) filter (where unit = 'KG') as kilograms,
                   coalesce(sum(balance) filter (where unit = 'PACK'), 0) as packs
              from trace.account
             where lot = any (:lots) and kind in ('HOLDING', 'TRANSIT')
             group by lot, party, kind
            having sum(balance) > 0
             order by lot, kilograms desc, party
            """;

    private static final String SUMS =
            """
            select kind, sum(balance) as kilograms from trace.account
             where lot = :lot and unit = 'KG' group by kind
            """;

    private static final String HOLD =
            """
            insert into trace.hold (lot, reason, by, at)
            select unnest(:lots::uuid[]), :reason, :by, :at
                on conflict do nothing
            """;

    private static final String RELEASE =
            """
            update trace.hold set released_at = :at, released_by = :by
             where lot = any (:lots) and reason = :reason and released_at is null
            """;

    private static final String SHIP =
            """
            insert into trace.shipment (id, number, sender, receiver, vehicle, sent, returns)
            values (:id, :number, :sender, :receiver, :vehicle, :sent, :returns)
            """;

    private static final String PART =
            """
            insert into trace.shipment_part (shipment, lot, kilograms, packs)
            values (:shipment, :lot, :kilograms, :packs)
            """;

    private static final String SHIPMENTS =
            """
            select s.*, p.lot, p.kilograms
              from trace.shipment s
              join trace.shipment_part p on p.shipment = s.id and not s.withdrawn
            """;

    private static final String LABEL =
            """
            insert into trace.label_range (codes, batch, first, count, lot, event, at)
            values (int8range(:batch * 4294967296 + :first, :batch * 4294967296 + :first + :count),
                    :batch, :first, :count, :lot, :event, :at)
            """;

    private static final String LOT_OF =
            """
            select lot from trace.label_range
             where batch = :batch and first <= :serial and first + count > :serial
            """;

    private final JdbcClient db;

    JdbcLotBook(JdbcClient db) {
        this.db = db;
    }

    @Override
    public String nextLotNumber(char kind, LocalDate day) {
        return "%s%s-%05d"
                .formatted(
                        kind,
                        SHORT.format(day),
                        db.sql("select nextval('trace.lot_number')").query(Long.class).single());
    }

    @Override
    public String nextShipmentNumber(LocalDate day) {
        return "D%s-%05d"
                .formatted(
                        SHORT.format(day),
                        db.sql("select nextval('trace.shipment_number')")
                                .query(Long.class)
                                .single());
    }

    @Override
    public void add(Lot lot, String epcClass, UUID event) {
        db.sql(ADD)
                .param("id", lot.id())
                .param("number", lot.number())
                .param("kind", lot.kind().name())
                .param("maker", lot.maker())
                .param("category", lot.category())
                .param("variety", lot.variety())
                .param("grade", lot.grade())
                .param("product", lot.product())
                .param("kilograms", lot.kilograms())
                .param("packs", lot.packs())
                .param("day", lot.day())
                .param("district", lot.district())
                .param("epcClass", epcClass)
                .param("event", event)
                .update();
    }

    @Override
    public void link(Edge edge, UUID event) {
        db.sql(LINK)
                .param("source", edge.from())
                .param("target", edge.to())
                .param("kilograms", edge.kilograms())
                .param("step", edge.step())
                .param("plot", edge.fromPlot())
                .param("event", event)
                .update();
    }

    @Override
    public void touched(UUID event, Collection<UUID> lots) {
        db.sql(TOUCHED)
                .param("event", event)
                .param("lots", lots.stream().distinct().toArray(UUID[]::new))
                .update();
    }

    @Override
    public Optional<Lot> find(UUID id) {
        return db.sql(SELECT + " where l.id = :id")
                .param("id", id)
                .query(JdbcLotBook::lot)
                .optional();
    }

    @Override
    public Optional<Lot> findByNumber(String number) {
        return db.sql(SELECT + " where l.number = :number")
                .param("number", number)
                .query(JdbcLotBook::lot)
                .optional();
    }

    @Override
    public List<Lot> all(Collection<UUID> ids) {
        return db.sql(SELECT + " where l.id = any (:ids) order by l.made")
                .param("ids", ids.toArray(UUID[]::new))
                .query(JdbcLotBook::lot)
                .list();
    }

    @Override
    public List<Lot> of(UUID party) {
        return db.sql(OF).param("party", party).query(JdbcLotBook::lot).list();
    }

    @Override
    public List<Lot> within(Set<String> districts, int atMost) {
        return db.sql(WITHIN)
                .param("prefixes", districts.stream().map(d -> d + "%").toArray(String[]::new))
                .param("most", atMost)
                .query(JdbcLotBook::lot)
                .list();
    }

    @Override
    public List<Lot> lock(Collection<UUID> ids) {
        db.sql(LOCK).param("ids", ids.toArray(UUID[]::new)).query(UUID.class).list();
        return all(ids);
    }

    @Override
    public void goOnTogether() {
        db.sql("select 1 from pg_advisory_xact_lock_shared(" + STANDSTILL + ")")
                .query(Integer.class)
                .single();
    }

    @Override
    public void haveAllToItself() {
        db.sql("select 1 from pg_advisory_xact_lock(" + STANDSTILL + ")")
                .query(Integer.class)
                .single();
    }

    @Override
    public String epcClass(UUID lot) {
        return db.sql("select epc_class from trace.lot where id = :id")
                .param("id", lot)
                .query(String.class)
                .single();
    }

    @Override
    public Map<UUID, String> epcClasses(Collection<UUID> lots) {
        Map<UUID, String> classes = new HashMap<>();
        db.sql("select id, epc_class from trace.lot where id = any (:ids)")
                .param("ids", lots.toArray(UUID[]::new))
                .query(
                        row -> {
                            classes.put(
                                    row.getObject("id", UUID.class), row.getString("epc_class"));
                        });
        return classes;
    }

    @Override
    public UUID eventOf(UUID lot) {
        return db.sql("select event from trace.lot where id = :id")
                .param("id", lot)
                .query(UUID.class)
                .single();
    }

    @Override
    public List<Edge> into(Collection<UUID> targets) {
        return edges(" and target = any (:ids)", targets);
    }

    @Override
    public List<Edge> outOf(Collection<UUID> sources) {
        return edges(" and source = any (:ids)", sources);
    }

    private List<Edge> edges(String where, Collection<UUID> ids) {
        return db.sql(EDGES + where)
                .param("ids", ids.toArray(UUID[]::new))
                .query(
                        (row, n) ->
                                new Edge(
                                        row.getObject("source", UUID.class),
                                        row.getObject("target", UUID.class),
                                        row.getBigDecimal("kilograms"),
                                        row.getString("step"),
                                        row.getBoolean("from_plot")))
                .list();
    }

    @Override
    public List<Holding> holdings(Collection<UUID> lots) {
        return db.sql(HOLDINGS)
                .param("lots", lots.toArray(UUID[]::new))
                .query(
                        (row, n) ->
                                new Holding(
                                        row.getObject("lot", UUID.class),
                                        row.getObject("party", UUID.class),
                                        row.getBigDecimal("kilograms"),
                                        row.getLong("packs"),
                                        row.getString("kind").equals("TRANSIT")))
                .list();
    }

    @Override
    public Map<Account.Kind, BigDecimal> sums(UUID lot) {
        var sums = new EnumMap<Account.Kind, BigDecimal>(Account.Kind.class);
        db.sql(SUMS)
                .param("lot", lot)
                .query(
                        (row, n) ->
                                Map.entry(
                                        Account.Kind.valueOf(row.getString("kind")),
                                        row.getBigDecimal("kilograms")))
                .list()
                .forEach(e -> sums.put(e.getKey(), e.getValue()));
        return sums;
    }

    @Override
    public BigDecimal usedIn(UUID lot) {
        return db.sql(
                        """
                        select coalesce(sum(kilograms), 0) from trace.edge e where source = :lot
                           and not exists (select 1 from trace.reversal r where r.event = e.event)
                        """)
                .param("lot", lot)
                .query(BigDecimal.class)
                .single();
    }

    @Override
    public void hold(Collection<UUID> lots, String reason, String by, Instant at) {
        db.sql(HOLD)
                .param("lots", lots.toArray(UUID[]::new))
                .param("reason", reason)
                .param("by", by)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update();
    }

    @Override
    public void release(Collection<UUID> lots, String reason, String by, Instant at) {
        db.sql(RELEASE)
                .param("lots", lots.toArray(UUID[]::new))
                .param("reason", reason)
                .param("by", by)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update();
    }

    @Override
    public void ship(
            Shipment shipment, String vehicle, @Nullable UUID returns, Map<UUID, Long> packs) {
        db.sql(SHIP)
                .param("id", shipment.id())
                .param("number", shipment.number())
                .param("sender", shipment.from())
                .param("receiver", shipment.to())
                .param("vehicle", vehicle)
                .param("sent", shipment.sent())
                .param("returns", returns)
                .update();
        for (Part part : shipment.parts()) {
            db.sql(PART)
                    .param("shipment", shipment.id())
                    .param("lot", part.lot())
                    .param("kilograms", part.kilograms())
                    .param("packs", packs.getOrDefault(part.lot(), 0L))
                    .update();
        }
    }

    @Override
    public boolean receive(UUID shipment) {
        return db.sql("update trace.shipment set received = true where id = :id and not received")
                        .param("id", shipment)
                        .update()
                == 1;
    }

    @Override
    public Optional<Shipment> findShipment(UUID id) {
        return shipments(
                        db.sql(SHIPMENTS + " where s.id = :id order by p.lot")
                                .param("id", id)
                                .query(JdbcLotBook::part)
                                .list())
                .stream()
                .findFirst();
    }

    @Override
    public boolean isShipment(UUID id) {
        return db.sql("select exists (select 1 from trace.shipment where id = :id)")
                .param("id", id)
                .query(Boolean.class)
                .single();
    }

    @Override
    public List<Shipment> shipments(UUID party, boolean sent) {
        var column = sent ? "sender" : "receiver";
        return shipments(
                db.sql(
                                SHIPMENTS
                                        + " where s."
                                        + column
                                        + " = :party order by s.sent desc, s.number desc, p.lot limit 2000")
                        .param("party", party)
                        .query(JdbcLotBook::part)
                        .list());
    }

    private static Shipment part(ResultSet row, int n) throws SQLException {
        return new Shipment(
                row.getObject("id", UUID.class),
                row.getString("number"),
                row.getObject("sender", UUID.class),
                row.getObject("receiver", UUID.class),
                List.of(new Part(row.getObject("lot", UUID.class), row.getBigDecimal("kilograms"))),
                row.getObject("sent", LocalDate.class),
                row.getBoolean("received"));
    }

    private static List<Shipment> shipments(List<Shipment> parts) {
        var whole = new LinkedHashMap<UUID, Shipment>();
        for (Shipment part : parts) {
            whole.merge(
                    part.id(),
                    part,
                    (a, b) ->
                            new Shipment(
                                    a.id(),
                                    a.number(),
                                    a.from(),
                                    a.to(),
                                    java.util.stream.Stream.concat(
                                                    a.parts().stream(), b.parts().stream())
                                            .toList(),
                                    a.sent(),
                                    a.received()));
        }
        return List.copyOf(whole.values());
    }

    @Override
    public void label(Labels.Range range, UUID event) {
        db.sql(LABEL)
                .param("batch", range.batch())
                .param("first", range.first())
                .param("count", range.count())
                .param("lot", range.lot())
                .param("event", event)
                .param("at", range.at().atOffset(ZoneOffset.UTC))
                .update();
    }

    @Override
    public Optional<UUID> lotOf(long batch, long serial) {
        return db.sql(LOT_OF)
                .param("batch", batch)
                .param("serial", serial)
                .query(UUID.class)
                .optional();
    }

    @Override
    public List<Labels.Range> ranges(Collection<UUID> lots) {
        return db.sql(
                        "select batch, first, count, lot, at from trace.label_range"
                                + " where lot = any (:lots) order by batch, first")
                .param("lots", lots.toArray(UUID[]::new))
                .query(JdbcLotBook::range)
                .list();
    }

    @Override
    public List<Labels.Range> rangesOf(long batch) {
        return db.sql(
                        "select batch, first, count, lot, at from trace.label_range where batch = :batch order by first")
                .param("batch", batch)
                .query(JdbcLotBook::range)
                .list();
    }

    private static Labels.Range range(ResultSet row, int n) throws SQLException {
        return new Labels.Range(
                row.getLong("batch"),
                row.getLong("first"),
                row.getLong("count"),
                row.getObject("lot", UUID.class),
                row.getObject("at", OffsetDateTime.class).toInstant());
    }

    @Override
    public long labels(Collection<UUID> lots) {
        return db.sql(
                        "select coalesce(sum(count), 0) from trace.label_range where lot = any (:lots)")
                .param("lots", lots.toArray(UUID[]::new))
                .query(Long.class)
                .single();
    }

    private static Lot lot(ResultSet row, int n) throws SQLException {
        return new Lot(
                row.getObject("id", UUID.class),
                row.getString("number"),
                Lot.Kind.valueOf(row.getString("kind")),
                row.getObject("maker", UUID.class),
                row.getString("category"),
                row.getString("variety"),
                row.getString("grade"),
                row.getObject("product", UUID.class),
                row.getBigDecimal("kilograms"),
                row.getLong("packs"),
                row.getObject("day", LocalDate.class),
                row.getString("district"),
                row.getString("held"));
    }

    @Override
    public void reversed(UUID wrong, UUID by) {
        db.sql("insert into trace.reversal (event, by) values (:event, :by)")
                .param("event", wrong)
                .param("by", by)
                .update();
    }

    @Override
    public boolean isReversed(UUID event) {
        return db.sql("select exists (select 1 from trace.reversal where event = :event)")
                .param("event", event)
                .query(Boolean.class)
                .single();
    }

    @Override
    public boolean anyReversed(Collection<UUID> made) {
        return db.sql(
                        """
                        select exists (select 1 from trace.reversal)
                           and exists (select 1 from trace.lot l
                                         join trace.reversal r on r.event = l.event
                                        where l.id = any (:lots))
                        """)
                .param("lots", made.toArray(UUID[]::new))
                .query(Boolean.class)
                .single();
    }

    @Override
    public Map<String, UUID> byClass(Collection<String> epcClasses) {
        Map<String, UUID> found = new HashMap<>();
        db.sql("select epc_class, id from trace.lot where epc_class = any (:classes)")
                .param("classes", epcClasses.toArray(String[]::new))
                .query(
                        row -> {
                            found.put(row.getString("epc_class"), row.getObject("id", UUID.class));
                        });
        return found;
    }

    @Override
    public void withdraw(UUID shipment) {
        db.sql("update trace.shipment set withdrawn = true where id = :id")
                .param("id", shipment)
                .update();
    }

    @Override
    public void unreceive(UUID shipment) {
        db.sql("update trace.shipment set received = false where id = :id")
                .param("id", shipment)
                .update();
    }
}
