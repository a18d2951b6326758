package cn.xinyuan.server.standards.usecase;

import cn.xinyuan.server.pages.ChinaTime;
import cn.xinyuan.server.standards.Standards.Ban;
import cn.xinyuan.server.standards.Standards.Edition;
import cn.xinyuan.server.standards.domain.EditionOf;
import cn.xinyuan.server.standards.domain.ReferenceSource;
import cn.xinyuan.server.standards.domain.Shelves;
import java.time.Clock;
import java.time.LocalDate;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Puts the figures that come with the program on the shelves. A second time adds nothing. What is
 * in force already is no news; what comes into force later is told on its day.
 */
@Component
public class LoadReference {

    private final ReferenceSource source;
    private final Shelves shelves;
    private final Clock clock;
    private final boolean demo;

    LoadReference(
            ReferenceSource source,
            Shelves shelves,
            Clock clock,
            @Value("${xinyuan.demo:false}") boolean demo) {
        this.source = source;
        this.shelves = shelves;
        this.clock = clock;
        this.demo = demo;
    }

    @Transactional
    public void load() {
        Shelves.Reference reference = source.read(demo);
        shelves.add(reference);
        LocalDate today = ChinaTime.today(clock);
        for (EditionOf each : reference.editions()) {
            Edition edition = each.edition();
            if (!edition.effectiveFrom().isAfter(today)) {
                shelves.announce("EDITION", edition.number(), edition.effectiveFrom());
            }
        }
        for (Ban ban : reference.bans()) {
            if (!ban.from().isAfter(today)) {
                shelves.announce("BAN", ban.substance(), ban.from());
            }
        }
    }
}
