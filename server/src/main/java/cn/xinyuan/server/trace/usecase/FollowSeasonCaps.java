package cn.xinyuan.server.trace.usecase;

import cn.xinyuan.server.farming.Farming;
import cn.xinyuan.server.farming.events.SeasonCapChanged;
import cn.xinyuan.server.trace.domain.Account;
import cn.xinyuan.server.trace.domain.Ledger;
import org.springframework.modulith.events.ApplicationModuleListener;
import org.springframework.stereotype.Component;

/**
 * A plot whose cap changes in mid-season keeps its allowance in line: with the cap as it is by now,
 * in whatever order changes are heard.
 */
@Component
class FollowSeasonCaps {

    private final Farming farming;
    private final Ledger ledger;
    private final MoveGoods goods;

    FollowSeasonCaps(Farming farming, Ledger ledger, MoveGoods goods) {
        this.farming = farming;
        this.ledger = ledger;
        this.goods = goods;
    }

    @ApplicationModuleListener
    void on(SeasonCapChanged changed) {
        if (ledger.exists(Account.allowance(changed.plot(), changed.season()))) {
            goods.followCap(
                    changed.plot(),
                    changed.season(),
                    farming.seasonCap(changed.plot(), changed.season())
                            .orElse(changed.kilograms()));
        }
    }
}
