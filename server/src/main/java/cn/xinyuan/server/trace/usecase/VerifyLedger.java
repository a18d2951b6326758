package cn.xinyuan.server.trace.usecase;

import cn.xinyuan.server.farming.Farming;
import cn.xinyuan.server.trace.Verification;
import cn.xinyuan.server.trace.domain.Account;
import cn.xinyuan.server.trace.domain.LineageStandings;
import cn.xinyuan.server.trace.usecase.Replay.EdgeKey;
import cn.xinyuan.server.trace.usecase.Replay.MadeLot;
import cn.xinyuan.server.trace.usecase.Replay.StoredEvent;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Recomputes every balance, lot, parent and label range from the immutable events alone and
 * compares with what is stored, in one snapshot, so that it works while the program writes. What
 * moves no goods has no event: season caps are asked of farming, label plans are taken from their
 * postings, which may touch no other accounts. Captured events of others are read again as well,
 * and what each node says it holds of the genealogy is summed anew.
 */
@Component
class VerifyLedger implements Verification {

    private static final String EVENTS =
            """
            select id, event_id, hash, command, event_time, party, body::text as body
              from trace.event where not is_foreign order by seq
            """;

    private static final String LOTS =
            "select id, epc_class, number, kind, maker, kilograms, packs, event from trace.lot";

    private static final String EDGES = "select source, target, event, kilograms from trace.edge";

    private static final String REVERSED = "select event from trace.reversal";

    private static final String RANGES =
            "select event, lot, batch, first, count from trace.label_range";

    private static final String ACCOUNTS =
            """
            select a.key, a.kind, a.balance, coalesce(p.posted, 0) as posted,
                   coalesce(p.planned, 0) as planned, p.account is not null as used
              from trace.account a
              left join (select account, sum(amount) as posted,
                                sum(amount) filter (where event is null) as planned
                           from trace.posting group by account) p on p.account = a.id
             order by a.key
            """;

    private static final List<String> PLANS = List.of("cap:", "allowance:", "planning:", "plan:");
    private static final String ORDERED = "ordered:";
    private static final String CAP = "cap:";

    private final DataSource database;
    private final RecheckCaptured captured;
    private final Farming farming;
    private final LineageStandings standings;

    VerifyLedger(
            DataSource database,
            RecheckCaptured captured,
            Farming farming,
            LineageStandings standings) {
        this.database = database;
        this.farming = farming;
        this.captured = captured;
        this.standings = standings;
    }

    private record StoredLot(
            UUID id,
            String number,
            String kind,
            UUID maker,
            BigDecimal kilograms,
            long packs,
            UUID event) {}

    /** Counts what it tells. */
    private static final class Teller {
        private final Consumer<Difference> to;
        private long told;

        private Teller(Consumer<Difference> to) {
            this.to = to;
        }

        void tell(String kind, String id, Object expected, Object found) {
            told++;
            to.accept(new Difference(kind, word(id), word(expected), word(found)));
        }

        private static String word(Object value) {
            String text =
                    value instanceof BigDecimal figure
                            ? figure.signum() == 0
                                    ? "0"
                                    : figure.stripTrailingZeros().toPlainString()
                            : String.valueOf(value);
            return text.isBlank() ? "nothing" : text.replaceAll("\\s+", "_");
        }
    }

    @Override
    public Outcome recompute(Consumer<Difference> differences) {
        var teller = new Teller(differences);
        Outcome ours = recompute(teller);
        long foreign =
                captured.recheck(d -> teller.tell(d.kind(), d.id(), d.expected(), d.found()));
        standings.compare(
                d ->
                        teller.tell(
                                "genealogy",
                                d.node().toString(),
                                d.expectedLinks() + ":" + d.expectedSum(),
                                d.foundLinks() + ":" + d.foundSum()));
        return new Outcome(ours.events() + foreign, ours.lots(), teller.told);
    }

    private Outcome recompute(Teller teller) {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setReadOnly(true);
            try {
                return recompute(connection, teller);
            } finally {
                connection.rollback();
                connection.setReadOnly(false);
            }
        } catch (SQLException failed) {
            throw new IllegalStateException("the ledger could not be read", failed);
        }
    }

    private Outcome recompute(Connection connection, Teller teller) throws SQLException {
        Map<String, StoredLot> lots = new HashMap<>();
        each(
                connection,
                LOTS,
                row ->
                        lots.put(
                                row.getString("epc_class"),
                                new StoredLot(
                                        id(row, "id"),
                                        row.getString("number"),
                                        row.getString("kind"),
                                        id(row, "maker"),
                                        row.getBigDecimal("kilograms"),
                                        row.getLong("packs"),
                                        id(row, "event"))));
        Set<UUID> wrong = new HashSet<>();
        each(connection, REVERSED, row -> wrong.add(id(row, "event")));
        var replay =
                new Replay(epc -> Optional.ofNullable(lots.get(epc)).map(StoredLot::id), wrong);
        long[] events = new long[1];
        each(
                connection,
                EVENTS,
                row -> {
                    events[0]++;
                    play(replay, row, teller);
                });
        lots(replay, lots, teller);
        edges(connection, replay, teller);
        ranges(connection, replay, teller);
        balances(connection, replay, teller);
        return new Outcome(events[0], replay.lots().size(), teller.told);
    }

    private static void play(Replay replay, ResultSet row, Teller teller) throws SQLException {
        var stored =
                new StoredEvent(
                        id(row, "id"),
                        row.getString("event_id"),
                        row.getString("hash"),
                        row.getString("command"),
                        row.getObject("event_time", OffsetDateTime.class).toInstant(),
                        id(row, "party"),
                        row.getString("body"));
        try {
            for (String fault : replay.play(stored)) {
                int gap = fault.indexOf(' ');
                teller.tell(
                        "event",
                        stored.id().toString(),
                        fault.substring(0, gap),
                        fault.substring(gap + 1));
            }
        } catch (IllegalArgumentException
                | IllegalStateException
                | ArithmeticException
                | java.util.NoSuchElementException broken) {
            teller.tell(
                    "event",
                    stored.id().toString(),
                    "a-whole-event",
                    String.valueOf(broken.getMessage()));
        }
    }

    private static void lots(Replay replay, Map<String, StoredLot> stored, Teller teller) {
        replay.lots()
                .forEach(
                        (epc, made) -> {
                            StoredLot lot = stored.get(epc);
                            if (lot == null) {
                                teller.tell("lot", epc, made.kilograms(), "nothing");
                            } else {
                                lot(epc, made, lot, teller);
                            }
                        });
        stored.forEach(
                (epc, lot) -> {
                    if (!replay.lots().containsKey(epc)) {
                        teller.tell("lot", lot.number(), "nothing", lot.kilograms());
                    }
                });
    }

    private static void lot(String epc, MadeLot made, StoredLot lot, Teller teller) {
        if (made.kilograms().compareTo(lot.kilograms()) != 0) {
            teller.tell("lot", lot.number(), made.kilograms(), lot.kilograms());
        }
        if (made.packs() != lot.packs()) {
            teller.tell("lot-packs", lot.number(), made.packs(), lot.packs());
        }
        if (!made.kind().equals(lot.kind())) {
            teller.tell("lot-kind", lot.number(), made.kind(), lot.kind());
        }
        if (!made.maker().equals(lot.maker())) {
            teller.tell("lot-maker", lot.number(), made.maker(), lot.maker());
        }
        if (!made.event().equals(lot.event())) {
            teller.tell("lot-event", lot.number(), made.event(), lot.event());
        }
        if (!epc.endsWith("/10/" + lot.number())) {
            teller.tell("lot-number", lot.number(), epc, lot.number());
        }
    }

    private static void edges(Connection connection, Replay replay, Teller teller)
            throws SQLException {
        Map<EdgeKey, BigDecimal> expected = new HashMap<>(replay.edges());
        each(
                connection,
                EDGES,
                row -> {
                    var key = new EdgeKey(id(row, "source"), id(row, "target"), id(row, "event"));
                    compare(
                            "parent",
                            key.source() + ">" + key.target(),
                            expected.remove(key),
                            row.getBigDecimal("kilograms"),
                            teller);
                });
        expected.forEach(
                (key, kilograms) ->
                        teller.tell(
                                "parent", key.source() + ">" + key.target(), kilograms, "nothing"));
    }

    private static void ranges(Connection connection, Replay replay, Teller teller)
            throws SQLException {
        var seen = new HashSet<UUID>();
        each(
                connection,
                RANGES,
                row -> {
                    UUID event = id(row, "event");
                    seen.add(event);
                    var range = replay.ranges().get(event);
                    String found =
                            row.getLong("batch")
                                    + ":"
                                    + row.getLong("first")
                                    + "+"
                                    + row.getLong("count")
                                    + "@"
                                    + id(row, "lot");
                    String said =
                            range == null
                                    ? "nothing"
                                    : range.batch()
                                            + ":"
                                            + range.first()
                                            + "+"
                                            + range.count()
                                            + "@"
                                            + range.lot();
                    if (!found.equals(said)) {
                        teller.tell("labels", event.toString(), said, found);
                    }
                });
        replay.ranges()
                .forEach(
                        (event, range) -> {
                            if (!seen.contains(event)) {
                                teller.tell("labels", event.toString(), range.count(), "nothing");
                            }
                        });
    }

    private void balances(Connection connection, Replay replay, Teller teller) throws SQLException {
        Map<String, BigDecimal> expected = new TreeMap<>(replay.balances());
        each(
                connection,
                ACCOUNTS,
                row -> {
                    String key = row.getString("key");
                    BigDecimal planned = row.getBigDecimal("planned");
                    boolean plan = PLANS.stream().anyMatch(key::startsWith);
                    if (planned.signum() != 0 && !plan && !key.startsWith(ORDERED)) {
                        teller.tell("posting", key, "nothing", planned);
                        planned = BigDecimal.ZERO;
                    }
                    BigDecimal said = expected.remove(key);
                    BigDecimal sum = planned.add(said == null ? BigDecimal.ZERO : said);
                    compare("balance", key, sum, row.getBigDecimal("balance"), teller);
                    compare("posting", key, sum, row.getBigDecimal("posted"), teller);
                    // agreed but not harvested on yet: locked once, and nothing posted
                    if (key.startsWith(CAP) && row.getBoolean("used")) {
                        compare("cap", key, cap(key, replay).negate(), sum, teller);
                    }
                });
        expected.forEach(
                (key, balance) -> {
                    if (balance.signum() != 0) {
                        teller.tell("balance", key, balance, "nothing");
                    }
                });
    }

    /** What farming agreed, or what was harvested before that was lowered. */
    private BigDecimal cap(String key, Replay replay) {
        String[] part = key.split(":", 3);
        UUID plot = UUID.fromString(part[1]);
        int season = Integer.parseInt(part[2]);
        BigDecimal harvested =
                replay.balances()
                        .getOrDefault(Account.allowance(plot, season).key(), BigDecimal.ZERO)
                        .negate();
        return farming.seasonCap(plot, season).orElse(BigDecimal.ZERO).max(harvested);
    }

    private static void compare(
            String kind, String id, @Nullable BigDecimal expected, BigDecimal found, Teller to) {
        if (expected == null) {
            to.tell(kind, id, "nothing", found);
        } else if (expected.compareTo(found) != 0) {
            to.tell(kind, id, expected, found);
        }
    }

    /** Something done with each row. */
    @FunctionalInterface
    private interface Row {
        void accept(ResultSet row) throws SQLException;
    }

    private static void each(Connection connection, String sql, Row row) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setFetchSize(1000);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    row.accept(rows);
                }
            }
        }
    }

    private static UUID id(ResultSet row, String column) throws SQLException {
        return row.getObject(column, UUID.class);
    }
}
