package cn.xinyuan.server.standards.usecase;

import cn.xinyuan.server.pages.ChinaTime;
import cn.xinyuan.server.standards.Standards.Ban;
import cn.xinyuan.server.standards.Standards.Edition;
import cn.xinyuan.server.standards.domain.Library;
import cn.xinyuan.server.standards.domain.Shelves;
import cn.xinyuan.server.standards.events.BanStarted;
import cn.xinyuan.server.standards.events.EditionInForce;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Comparator;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Tells the other rooms, once, what has come into force. Runs just after midnight in China, and
 * every hour in case the machine was off.
 */
@Component
@EnableScheduling
public class AnnounceDueDates {

    private final Shelves shelves;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    AnnounceDueDates(Shelves shelves, ApplicationEventPublisher events, Clock clock) {
        this.shelves = shelves;
        this.events = events;
        this.clock = clock;
    }

    @Transactional
    @Scheduled(cron = "0 1 0 * * *", zone = "Asia/Shanghai")
    @Scheduled(initialDelay = 3_600_000, fixedDelay = 3_600_000)
    public void announce() {
        LocalDate today = ChinaTime.today(clock);
        Library library = shelves.library();
        library.editions().stream()
                .filter(e -> !e.effectiveFrom().isAfter(today))
                .sorted(Comparator.comparing(Edition::effectiveFrom))
                .filter(e -> shelves.announce("EDITION", e.number(), e.effectiveFrom()))
                .forEach(
                        e ->
                                events.publishEvent(
                                        new EditionInForce(e.number(), e.effectiveFrom())));
        library.bans().stream()
                .filter(b -> !b.from().isAfter(today))
                .sorted(Comparator.comparing(Ban::from))
                .filter(b -> shelves.announce("BAN", b.substance(), b.from()))
                .forEach(b -> events.publishEvent(new BanStarted(b.substance(), b.from())));
    }
}
