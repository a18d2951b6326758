package cn.xinyuan.server.trace.store;

import cn.xinyuan.server.trace.domain.Account;
import cn.xinyuan.server.trace.domain.Ledger;
import cn.xinyuan.server.trace.domain.Move;
import cn.xinyuan.server.trace.domain.Overdrawn;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class JdbcLedger implements Ledger {

    private static final String OPEN =
            """
            insert into trace.account (key, kind, unit, lot, party, shipment)
            values (:key, :kind, :unit, :lot, :party, :shipment)
                on conflict (key) do nothing
            """;

    /** In the order of ids, so that two acts never wait for each other in a circle. */
    private static final String LOCK =
            """
            select id, key, balance from trace.account where key = any (:keys) order by id for update
            """;

    private static final String POST =
            """
            insert into trace.posting (act, event, account, amount)
            values (:act, :event, :account, :amount)
            """;

    private static final String POSTED =
            """
            select a.key, a.kind, a.unit, a.lot, a.party, a.shipment, sum(p.amount) as amount
              from trace.posting p join trace.account a on a.id = p.account
             where p.event = :event
             group by a.id
            """;

    private static final String BALANCE = "select balance from trace.account where key = :key";

    private final JdbcClient db;

    JdbcLedger(JdbcClient db) {
        this.db = db;
    }

    private record Row(long id, String key, BigDecimal balance) {}

    @Override
    public void post(@Nullable UUID event, List<Move> moves) {
        var changes = new TreeMap<String, BigDecimal>();
        var accounts = new HashMap<String, Account>();
        for (Move move : moves) {
            accounts.put(move.from().key(), move.from());
            accounts.put(move.to().key(), move.to());
            changes.merge(move.from().key(), move.amount().negate(), BigDecimal::add);
            changes.merge(move.to().key(), move.amount(), BigDecimal::add);
        }
        write(event, accounts, changes);
    }

    @Override
    public void reverse(UUID wrong, UUID by) {
        var changes = new TreeMap<String, BigDecimal>();
        var accounts = new HashMap<String, Account>();
        db.sql(POSTED)
                .param("event", wrong)
                .query(
                        row -> {
                            String key = row.getString("key");
                            accounts.put(
                                    key,
                                    new Account(
                                            key,
                                            Account.Kind.valueOf(row.getString("kind")),
                                            Account.Unit.valueOf(row.getString("unit")),
                                            row.getObject("lot", UUID.class),
                                            row.getObject("party", UUID.class),
                                            row.getObject("shipment", UUID.class)));
                            changes.put(key, row.getBigDecimal("amount").negate());
                        });
        write(by, accounts, changes);
    }

    private void write(
            @Nullable UUID event,
            Map<String, Account> accounts,
            TreeMap<String, BigDecimal> changes) {
        changes.values().removeIf(amount -> amount.signum() == 0);
        changes.keySet().forEach(key -> open(accounts, key));
        Map<String, Row> locked = new HashMap<>();
        db.sql(LOCK)
                .param("keys", changes.keySet().toArray(String[]::new))
                .query(
                        (row, n) ->
                                new Row(
                                        row.getLong("id"),
                                        row.getString("key"),
                                        row.getBigDecimal("balance")))
                .list()
                .forEach(row -> locked.put(row.key(), row));
        changes.forEach((key, change) -> look(accounts, locked, key, change));
        var act = UUID.randomUUID();
        // What an account gains is posted before what another loses: no balance dips in between.
        changes.entrySet().stream()
                .sorted(Map.Entry.<String, BigDecimal>comparingByValue().reversed())
                .forEach(
                        change ->
                                db.sql(POST)
                                        .param("act", act)
                                        .param("event", event)
                                        .param("account", row(locked, change.getKey()).id())
                                        .param("amount", change.getValue())
                                        .update());
    }

    private void open(Map<String, Account> accounts, String key) {
        var account = account(accounts, key);
        db.sql(OPEN)
                .param("key", key)
                .param("kind", account.kind().name())
                .param("unit", account.unit().name())
                .param("lot", account.lot())
                .param("party", account.party())
                .param("shipment", account.shipment())
                .update();
    }

    private static void look(
            Map<String, Account> accounts, Map<String, Row> locked, String key, BigDecimal change) {
        var account = account(accounts, key);
        var balance = row(locked, key).balance();
        if (account.kind() != Account.Kind.SOURCE && balance.add(change).signum() < 0) {
            throw new Overdrawn(account, balance, change.negate());
        }
    }

    private static Account account(Map<String, Account> accounts, String key) {
        var account = accounts.get(key);
        if (account == null) {
            throw new IllegalStateException("no account " + key);
        }
        return account;
    }

    private static Row row(Map<String, Row> locked, String key) {
        var row = locked.get(key);
        if (row == null) {
            throw new IllegalStateException("account " + key + " was not opened");
        }
        return row;
    }

    @Override
    public BigDecimal locked(Account account) {
        open(Map.of(account.key(), account), account.key());
        return db.sql(BALANCE + " for update")
                .param("key", account.key())
                .query(BigDecimal.class)
                .single();
    }

    @Override
    public BigDecimal balance(Account account) {
        return db.sql(BALANCE)
                .param("key", account.key())
                .query(BigDecimal.class)
                .optional()
                .orElse(BigDecimal.ZERO);
    }

    @Override
    public Map<Account, BigDecimal> balances(Collection<Account> accounts) {
        var byKey = new HashMap<String, BigDecimal>();
        db.sql("select key, balance from trace.account where key = any (:keys)")
                .param("keys", accounts.stream().map(Account::key).toArray(String[]::new))
                .query(
                        row -> {
                            byKey.put(row.getString("key"), row.getBigDecimal("balance"));
                        });
        var balances = new HashMap<Account, BigDecimal>();
        accounts.forEach(a -> balances.put(a, byKey.getOrDefault(a.key(), BigDecimal.ZERO)));
        return balances;
    }

    @Override
    public boolean exists(Account account) {
        return db.sql(BALANCE)
                .param("key", account.key())
                .query(BigDecimal.class)
                .optional()
                .isPresent();
    }
}
