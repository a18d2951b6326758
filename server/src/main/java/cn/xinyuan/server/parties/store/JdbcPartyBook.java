package cn.xinyuan.server.parties.store;

import cn.xinyuan.server.parties.Base;
import cn.xinyuan.server.parties.Party;
import cn.xinyuan.server.parties.Plot;
import cn.xinyuan.server.parties.domain.PartyBook;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class JdbcPartyBook implements PartyBook {

    private static final String PARTY =
            """
            select p.id, p.kind, p.name, p.name_en, p.credit_code, p.gln, p.district, p.contact, p.phone
              from parties.party p
            """;

    private static final String BASE = "select id, party, name, district from parties.base ";

    private static final String PLOT =
            """
            select id, base, number, party, farmer, area_mu, crop, variety, district from parties.plot
            """;

    private static final String ADD =
            """
            insert into parties.party
                (id, kind, name, name_en, credit_code, gln, district, contact, phone, registered_at, registered_by)
            values (:id, :kind, :name, :nameEn, :creditCode, :gln, :district, :contact, :phone, :at, :by)
                on conflict do nothing
            """;

    private static final String NAME_TAKEN =
            """
            select exists (select from parties.party where name = :name and kind <> 'FARMER')
               and :kind <> 'FARMER'
            """;

    private static final String ADD_BASE =
            """
            insert into parties.base (id, party, name, district) values (:id, :party, :name, :district)
                on conflict (party, name) do nothing
            """;

    private static final String ADD_PLOT =
            """
            insert into parties.plot (id, base, number, party, farmer, area_mu, crop, variety, district)
            values (:id, :base, :number, :party, :farmer, :areaMu, :crop, :variety, :district)
                on conflict (party, number) do nothing
            """;

    private static final String ENROL =
            """
            insert into parties.member (cooperative, farmer, since) values (:cooperative, :farmer, :since)
                on conflict do nothing
            """;

    private final JdbcClient db;

    JdbcPartyBook(JdbcClient db) {
        this.db = db;
    }

    @Override
    public long nextLocationSerial() {
        return db.sql("select nextval('parties.gln_serial')").query(Long.class).single();
    }

    @Override
    public Optional<String> add(Party party, UUID by, Instant at) {
        int rows =
                db.sql(ADD)
                        .param("id", party.id())
                        .param("kind", party.kind().name())
                        .param("name", party.name())
                        .param("nameEn", party.nameEn())
                        .param("creditCode", party.creditCode())
                        .param("gln", party.gln())
                        .param("district", party.district())
                        .param("contact", party.contact())
                        .param("phone", party.phone())
                        .param("at", at.atOffset(ZoneOffset.UTC))
                        .param("by", by)
                        .update();
        if (rows == 1) {
            return Optional.empty();
        }
        boolean name =
                db.sql(NAME_TAKEN)
                        .param("name", party.name())
                        .param("kind", party.kind().name())
                        .query(Boolean.class)
                        .single();
        return Optional.of(name ? "name" : "creditCode");
    }

    @Override
    public boolean add(Base base) {
        return db.sql(ADD_BASE)
                        .param("id", base.id())
                        .param("party", base.party())
                        .param("name", base.name())
                        .param("district", base.district())
                        .update()
                == 1;
    }

    @Override
    public boolean add(Plot plot) {
        return db.sql(ADD_PLOT)
                        .param("id", plot.id())
                        .param("base", plot.base())
                        .param("number", plot.number())
                        .param("party", plot.party())
                        .param("farmer", plot.farmer())
                        .param("areaMu", plot.areaMu())
                        .param("crop", plot.crop())
                        .param("variety", plot.variety())
                        .param("district", plot.district())
                        .update()
                == 1;
    }

    @Override
    public void enrol(UUID cooperative, UUID farmer, Instant since) {
        db.sql(ENROL)
                .param("cooperative", cooperative)
                .param("farmer", farmer)
                .param("since", since.atOffset(ZoneOffset.UTC))
                .update();
    }

    @Override
    public Optional<Party> find(UUID id) {
        return db.sql(PARTY + "where p.id = :id")
                .param("id", id)
                .query(JdbcPartyBook::party)
                .optional();
    }

    @Override
    public Optional<Party> findByGln(String gln) {
        return db.sql(PARTY + "where p.gln = :gln")
                .param("gln", gln)
                .query(JdbcPartyBook::party)
                .optional();
    }

    @Override
    public List<Party> all() {
        return db.sql(PARTY + "order by p.name, p.id").query(JdbcPartyBook::party).list();
    }

    @Override
    public Optional<Base> findBase(UUID id) {
        return db.sql(BASE + "where id = :id")
                .param("id", id)
                .query(JdbcPartyBook::base)
                .optional();
    }

    @Override
    public Optional<Plot> findPlot(UUID id) {
        return db.sql(PLOT + "where id = :id")
                .param("id", id)
                .query(JdbcPartyBook::plot)
                .optional();
    }

    @Override
    public List<Plot> plotsOf(UUID party) {
        return db.sql(PLOT + "where party = :party or farmer = :party order by number")
                .param("party", party)
                .query(JdbcPartyBook::plot)
                .list();
    }

    @Override
    public List<Plot> plotsIn(Set<String> districts) {
        return db.sql(PLOT + "where district like any (:prefixes::text[]) order by number, party")
                .param("prefixes", districts.stream().map(d -> d + "%").toArray(String[]::new))
                .query(JdbcPartyBook::plot)
                .list();
    }

    @Override
    public List<Plot> plotsOfBase(UUID base) {
        return db.sql(PLOT + "where base = :base order by number")
                .param("base", base)
                .query(JdbcPartyBook::plot)
                .list();
    }

    @Override
    public List<Base> basesOf(UUID party) {
        return db.sql(BASE + "where party = :party order by name")
                .param("party", party)
                .query(JdbcPartyBook::base)
                .list();
    }

    @Override
    public List<Party> membersOf(UUID cooperative) {
        return db.sql(
                        PARTY
                                + "join parties.member m on m.farmer = p.id"
                                + " where m.cooperative = :cooperative order by p.name, p.id")
                .param("cooperative", cooperative)
                .query(JdbcPartyBook::party)
                .list();
    }

    @Override
    public List<Party> cooperativesOf(UUID farmer) {
        return db.sql(
                        PARTY
                                + "join parties.member m on m.cooperative = p.id"
                                + " where m.farmer = :farmer order by p.name, p.id")
                .param("farmer", farmer)
                .query(JdbcPartyBook::party)
                .list();
    }

    private static Party party(ResultSet row, int index) throws SQLException {
        return new Party(
                row.getObject("id", UUID.class),
                Party.Kind.valueOf(row.getString("kind")),
                row.getString("name"),
                row.getString("name_en"),
                row.getString("credit_code"),
                row.getString("gln"),
                row.getString("district"),
                row.getString("contact"),
                row.getString("phone"));
    }

    private static Base base(ResultSet row, int index) throws SQLException {
        return new Base(
                row.getObject("id", UUID.class),
                row.getObject("party", UUID.class),
                row.getString("name"),
                row.getString("district"));
    }

    private static Plot plot(ResultSet row, int index) throws SQLException {
        return new Plot(
                row.getObject("id", UUID.class),
                row.getObject("base", UUID.class),
                row.getString("number"),
                row.getObject("party", UUID.class),
                row.getObject("farmer", UUID.class),
                row.getBigDecimal("area_mu"),
                row.getString("crop"),
                row.getString("variety"),
                row.getString("district"));
    }
}
