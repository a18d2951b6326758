package cn.xinyuan.server.trace.usecase;

import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.trace.Genealogy;
import cn.xinyuan.server.trace.Holds;
import cn.xinyuan.server.trace.domain.LotBook;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
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
        book.hold(standstill(lot), reason, by, clock.instant());
    }

    @Override
    @Transactional
    public void release(UUID lot, String reason, String by) {
        book.release(standstill(lot), reason, by, clock.instant());
    }

    @Override
    public Optional<String> reason(UUID lot) {
        return book.find(lot).flatMap(l -> Optional.ofNullable(l.held()));
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public Optional<String> settled(UUID lot) {
        book.goOnTogether();
        return reason(lot);
    }

    /**
     * Somebody may be packing from a lot at this moment: his act is waited for, so that what he
     * made is stopped too, and the next one finds the lot stopped.
     */
    private Set<UUID> standstill(UUID lot) {
        book.haveAllToItself();
        if (book.find(lot).isEmpty()) {
            throw new NotFound("没有这个批次");
        }
        return genealogy.descendants(lot);
    }
}
