package cn.xinyuan.server.trace.usecase;

import cn.xinyuan.server.farming.events.SeasonCapChanged;
import cn.xinyuan.server.trace.domain.Account;
import cn.xinyuan.server.trace.domain.Ledger;
import org.springframework.modulith.events.ApplicationModuleListener;
import org.springframework.stereotype.Component;

/** A plot whose cap changes in mid-season keeps its allowance in line. */
@Component
class FollowSeasonCaps {

    private final Ledger ledger;
    private final MoveGoods goods;

    FollowSeasonCaps(Ledger ledger, MoveGoods goods) {
        this.ledger = ledger;
        this.goods = goods;
    }

    @ApplicationModuleListener
    void on(SeasonCapChanged changed) {
        if (ledger.exists(Account.allowance(changed.plot(), changed.season()))) {
            goods.followCap(changed.plot(), changed.season(), changed.kilograms());
        }
    }
}
