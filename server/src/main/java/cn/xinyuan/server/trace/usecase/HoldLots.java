package cn.xinyuan.server.trace.usecase;

import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.trace.Genealogy;
import cn.xinyuan.server.trace.Holds;
import cn.xinyuan.server.trace.Lot;
import cn.xinyuan.server.trace.domain.LotBook;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Stops lots and everything made of them, while others may be at work on them. */
@Component
class HoldLots implements Holds {

    private final LotBook book;
    private final Genealogy genealogy;
    private final Clock clock;

    HoldLots(LotBook book, Genealogy genealogy, Clock clock) {
        this.book = book;
        this.genealogy = genealogy;
        this.clock = clock;
    }

    @Override
    @Transactional
    public void hold(UUID lot, String reason, String by) {
        book.hold(lockedWithDescendants(lot), reason, by, clock.instant());
    }

    @Override
    @Transactional
    public void release(UUID lot, String reason, String by) {
        book.release(lockedWithDescendants(lot), reason, by, clock.instant());
    }

    @Override
    public Optional<String> reason(UUID lot) {
        return book.find(lot).flatMap(l -> Optional.ofNullable(l.held()));
    }

    /**
     * Somebody may be packing from a lot while we look: once all known descendants are locked we
     * look again, until nothing new was made in between.
     */
    private Set<UUID> lockedWithDescendants(UUID lot) {
        if (book.lock(Set.of(lot)).stream().map(Lot::id).findFirst().isEmpty()) {
            throw new NotFound("没有这个批次");
        }
        var reached = genealogy.descendants(lot);
        while (true) {
            book.lock(reached);
            var now = genealogy.descendants(lot);
            if (now.equals(reached)) {
                return now;
            }
            reached = now;
        }
    }
}
