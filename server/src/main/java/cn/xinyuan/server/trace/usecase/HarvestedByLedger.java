package cn.xinyuan.server.trace.usecase;

import cn.xinyuan.server.farming.Harvests;
import cn.xinyuan.server.trace.domain.Account;
import cn.xinyuan.server.trace.domain.Ledger;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** What was harvested on a plot: of the cap it was given, what is not left. */
@Component
class HarvestedByLedger implements Harvests {

    private final Ledger ledger;

    HarvestedByLedger(Ledger ledger) {
        this.ledger = ledger;
    }

    @Override
    public BigDecimal kilograms(UUID plot, int season) {
        return kilograms(List.of(plot), season).getOrDefault(plot, BigDecimal.ZERO);
    }

    @Override
    public Map<UUID, BigDecimal> kilograms(Collection<UUID> plots, int season) {
        Map<Account, BigDecimal> balances =
                ledger.balances(
                        plots.stream()
                                .flatMap(
                                        p ->
                                                Stream.of(
                                                        Account.cap(p, season),
                                                        Account.allowance(p, season)))
                                .toList());
        var harvested = new HashMap<UUID, BigDecimal>();
        for (UUID plot : plots) {
            harvested.put(
                    plot,
                    balance(balances, Account.cap(plot, season))
                            .negate()
                            .subtract(balance(balances, Account.allowance(plot, season))));
        }
        return harvested;
    }

    private static BigDecimal balance(Map<Account, BigDecimal> balances, Account account) {
        return balances.getOrDefault(account, BigDecimal.ZERO);
    }

    @Override
    public BigDecimal settled(UUID plot, int season) {
        ledger.locked(Account.cap(plot, season));
        return kilograms(plot, season);
    }
}
