package cn.xinyuan.server.demo;

import cn.xinyuan.server.access.Accounts;
import cn.xinyuan.server.access.Accounts.NewAccount;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.parties.Parties;
import cn.xinyuan.server.parties.Parties.NewParty;
import cn.xinyuan.server.parties.Parties.NewPlot;
import cn.xinyuan.server.parties.Party;
import cn.xinyuan.server.parties.Plot;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** The people and places of the demo season. All of them are fictional. */
@Component
@Profile("demo")
class Cast {

    static final String PHONE = "138****0000";

    /** One log-in of the demo, as the launcher prints it. */
    record LogIn(Role role, String user, String password) {}

    private final Accounts accounts;
    private final Parties parties;
    private final Map<String, LogIn> logIns = new LinkedHashMap<>();

    Cast(Accounts accounts, Parties parties) {
        this.accounts = accounts;
        this.parties = parties;
    }

    List<LogIn> logIns() {
        return List.copyOf(logIns.values());
    }

    /** An official: sees districts, acts for nobody. */
    Visitor official(Role role, String user, String name, String... districts) {
        return open(role, user, name, null, Set.of(districts));
    }

    /** Somebody who acts for a party. */
    Visitor member(Role role, String user, String name, UUID party) {
        return open(role, user, name, party, Set.of());
    }

    private Visitor open(
            Role role, String user, String name, @Nullable UUID party, Set<String> districts) {
        String password = "Demo-" + user + "-2025";
        logIns.put(user, new LogIn(role, user, password));
        return accounts.open(new NewAccount(user, name, role, party, districts, password));
    }

    Party party(
            Visitor by,
            Party.Kind kind,
            String name,
            String nameEn,
            @Nullable String creditCode,
            String district) {
        return parties.register(
                by, new NewParty(kind, name, nameEn, creditCode, district, "演示联系人", "13800000000"));
    }

    /**
     * A base of {@code count} plots that share a town; areas between 8 and 22 mu, varieties in
     * turn, farmers in turn.
     */
    List<Plot> plots(
            Visitor by,
            Party cooperative,
            String town,
            String townName,
            List<Party> farmers,
            List<String> varieties,
            int count) {
        var base = parties.addBase(by, cooperative.id(), townName + "演示基地", town);
        var plots = new ArrayList<Plot>();
        for (int i = 0; i < count; i++) {
            plots.add(
                    parties.addPlot(
                            by,
                            new NewPlot(
                                    base.id(),
                                    "%s-%02d".formatted(townName, i + 1),
                                    farmers.get(i % farmers.size()).id(),
                                    BigDecimal.valueOf(80L + (i * 37L) % 140, 1),
                                    "litchi",
                                    varieties.get(i % varieties.size()),
                                    town)));
        }
        return plots;
    }
}
