package cn.xinyuan.server.certificates.usecase;

import cn.xinyuan.server.catalog.Catalog;
import cn.xinyuan.server.catalog.Product;
import cn.xinyuan.server.certificates.Certificates;
import cn.xinyuan.server.certificates.domain.CertificateBook;
import cn.xinyuan.server.certificates.domain.CertificateFact;
import cn.xinyuan.server.certificates.domain.RevocationFact;
import cn.xinyuan.server.certificates.events.CertificateRefused;
import cn.xinyuan.server.farming.Farming;
import cn.xinyuan.server.journal.Journal;
import cn.xinyuan.server.laboratory.Laboratory;
import cn.xinyuan.server.pages.ChinaTime;
import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.pages.Problems;
import cn.xinyuan.server.pages.Refused;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.parties.Parties;
import cn.xinyuan.server.trace.Genealogy;
import cn.xinyuan.server.trace.Holds;
import cn.xinyuan.server.trace.Lot;
import cn.xinyuan.server.trace.Lots;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A producer commits himself for one lot (order 4/2025, 农产品质量安全承诺达标合格证管理办法). The commitment is his;
 * what the platform knows against it closes the door.
 */
@Component
class IssueCertificates implements Certificates {

    private final CertificateBook book;
    private final Lots lots;
    private final Genealogy genealogy;
    private final Holds holds;
    private final Farming farming;
    private final Laboratory laboratory;
    private final Parties parties;
    private final Catalog catalog;
    private final Journal journal;
    private final ApplicationEventPublisher events;
    private final Clock clock;
    private final TransactionTemplate transaction;

    IssueCertificates(
            CertificateBook book,
            Lots lots,
            Genealogy genealogy,
            Holds holds,
            Farming farming,
            Laboratory laboratory,
            Parties parties,
            Catalog catalog,
            Journal journal,
            ApplicationEventPublisher events,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.book = book;
        this.lots = lots;
        this.genealogy = genealogy;
        this.holds = holds;
        this.farming = farming;
        this.laboratory = laboratory;
        this.parties = parties;
        this.catalog = catalog;
        this.journal = journal;
        this.events = events;
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
    }

    @Override
    public Certificate issue(Visitor by, UUID lotId, Set<Basis> basis) {
        var lot =
                lots.find(lotId)
                        .filter(l -> l.maker().equals(by.party()))
                        .orElseThrow(() -> new NotFound("没有这个批次"));
        if (basis.isEmpty()) {
            throw Problems.of("basis", "请至少选一项承诺依据：质量安全控制符合要求、自行检测合格、委托检测合格。");
        }
        try {
            var issued = transaction.execute(status -> issued(by, lot, EnumSet.copyOf(basis)));
            if (issued == null) {
                throw new IllegalStateException("a certificate was issued");
            }
            return issued;
        } catch (Refused no) {
            refused(by, lot, no);
            throw no;
        }
    }

    private Certificate issued(Visitor by, Lot lot, Set<Basis> basis) {
        // a recall that comes now waits, and then takes this certificate back
        holds.settled(lot.id())
                .ifPresent(
                        why -> {
                            throw new Refused(
                                    "lot-held",
                                    "批次 %s 已冻结（%s），不能开具合格证。".formatted(lot.number(), why));
                        });
        gateWasOpen(lot);
        var party = parties.get(lot.maker());
        var now = clock.instant();
        var day = ChinaTime.day(now);
        var certificate =
                new Certificate(
                        UUID.randomUUID(),
                        book.nextNumber(day.getYear()),
                        lot.id(),
                        lot.maker(),
                        productOf(lot),
                        lot.kilograms(),
                        parties.district(lot.district()).name(),
                        day,
                        party.name(),
                        party.phone(),
                        basis,
                        basis.contains(Basis.TESTED) ? coveringReport(lot) : null,
                        false,
                        null);
        if (!book.issue(certificate, by.account(), now)) {
            throw new Refused(
                    "already-certified",
                    "批次 %s 已有有效的合格证，一个批次只开一张；内容有误的，先收回再开。".formatted(lot.number()));
        }
        journal.append(
                CertificateFact.KIND,
                new CertificateFact(
                                certificate.number(), lot.id(), lot.kilograms(), day, basis, now)
                        .bytes());
        return certificate;
    }

    /** No fruit in the lot was picked inside a pre-harvest interval, as the records stand today. */
    private void gateWasOpen(Lot lot) {
        for (Lot ancestor : ancestorsOf(lot)) {
            if (ancestor.kind() != Lot.Kind.HARVEST) {
                continue;
            }
            for (UUID plot : genealogy.plots(ancestor.id())) {
                var gate = farming.gate(plot, ancestor.day());
                if (!gate.open()) {
                    throw new Refused(
                            "harvest-gate-closed",
                            "采收批 %s 在间隔期内采收（%s），含它的批次不能开具合格证。"
                                    .formatted(
                                            ancestor.number(), String.join("；", gate.reasons())));
                }
            }
        }
    }

    private List<Lot> ancestorsOf(Lot lot) {
        return genealogy.trace(lot.id(), Genealogy.Direction.BACK).lots();
    }

    private @Nullable UUID coveringReport(Lot lot) {
        var coverage = laboratory.coverage(lot.id());
        if (coverage.covered()) {
            return coverage.report();
        }
        throw new Refused(
                "not-tested",
                coverage.gap().isEmpty()
                        ? "批次 %s 没有覆盖全部原料的合格检测报告，不能以“委托检测合格”承诺。请先送检，或只选其他依据。"
                                .formatted(lot.number())
                        : "批次 %s 用过但没有检测：%s。补检后才能以“委托检测合格”承诺。"
                                .formatted(lot.number(), String.join("、", coverage.gap())));
    }

    private String productOf(Lot lot) {
        var product = lot.product();
        return product == null
                ? lot.variety() + "（" + lot.grade() + "）"
                : catalog.find(product).map(Product::name).orElse(lot.variety());
    }

    private void refused(Visitor by, Lot lot, Refused no) {
        var now = clock.instant();
        var text = String.valueOf(no.getMessage());
        transaction.executeWithoutResult(
                status -> {
                    book.refused(lot.id(), no.rule(), text, by.account(), now);
                    events.publishEvent(
                            new CertificateRefused(
                                    lot.id(), lot.maker(), lot.district(), no.rule(), text, now));
                });
    }

    @Override
    @Transactional
    public void revoke(Visitor by, UUID id, String reason) {
        var certificate =
                book.find(id)
                        .filter(
                                c ->
                                        by.maySee(
                                                c.party(),
                                                lots.find(c.lot()).map(Lot::district).orElse("")))
                        .orElseThrow(() -> new NotFound("没有这张合格证"));
        if (reason.isBlank()) {
            throw Problems.of("reason", "请写明收回的原因。");
        }
        if (reason.length() > 500) {
            throw Problems.of("reason", "原因最多 500 字。");
        }
        takeBack(by, certificate, reason);
    }

    @Override
    @Transactional
    public void recalled(Visitor by, UUID lot, String reason) {
        book.validOf(lot).ifPresent(c -> takeBack(by, c, reason));
    }

    private void takeBack(Visitor by, Certificate certificate, String reason) {
        var now = clock.instant();
        if (!book.revoke(certificate, reason.strip(), by.account(), now)) {
            throw new Refused("already-revoked", "合格证 " + certificate.number() + " 已经收回。");
        }
        journal.append(RevocationFact.KIND, new RevocationFact(certificate.number(), now).bytes());
    }

    @Override
    public Optional<Certificate> find(UUID certificate) {
        return book.find(certificate);
    }

    @Override
    public Optional<Certificate> findByNumber(String number) {
        return book.findByNumber(number);
    }

    @Override
    public Optional<Certificate> ofLot(UUID lot) {
        return book.validOf(lot);
    }

    @Override
    public List<Certificate> of(UUID party) {
        return book.of(party);
    }
}
