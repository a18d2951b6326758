package cn.xinyuan.server.supervision.usecase;

import cn.xinyuan.server.access.Accounts;
import cn.xinyuan.server.catalog.Catalog;
import cn.xinyuan.server.certificates.events.CertificateRefused;
import cn.xinyuan.server.farming.events.SprayingRefused;
import cn.xinyuan.server.laboratory.events.ReportFailed;
import cn.xinyuan.server.licensing.events.LicenceRevoked;
import cn.xinyuan.server.licensing.events.LicenceSuspended;
import cn.xinyuan.server.parties.Parties;
import cn.xinyuan.server.parties.Party;
import cn.xinyuan.server.recall.events.RecallPublished;
import cn.xinyuan.server.scan.events.CodeSuspicious;
import cn.xinyuan.server.scan.events.CodesGuessed;
import cn.xinyuan.server.scan.events.ComplaintReceived;
import cn.xinyuan.server.supervision.domain.AlertBook;
import cn.xinyuan.server.supervision.domain.AlertBook.NewAlert;
import cn.xinyuan.server.supervision.domain.Kind;
import cn.xinyuan.server.supervision.domain.Level;
import cn.xinyuan.server.trace.events.GoodsRefused;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.modulith.events.ApplicationModuleListener;
import org.springframework.stereotype.Component;

/**
 * Turns what other rooms tell into alerts, each with the officer of its district and a deadline.
 * Hearing the same thing twice makes one alert.
 */
@Component
class HearOfTrouble {

    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");

    private final AlertBook book;
    private final Parties parties;
    private final Accounts accounts;
    private final Catalog catalog;

    private final String city;

    HearOfTrouble(
            AlertBook book,
            Parties parties,
            Accounts accounts,
            Catalog catalog,
            @Value("${xinyuan.city:440900}") String city) {
        this.city = city;
        this.book = book;
        this.parties = parties;
        this.accounts = accounts;
        this.catalog = catalog;
    }

    @ApplicationModuleListener
    void on(SprayingRefused e) {
        raise(
                "spraying:" + e.plot() + ":" + e.at(),
                Kind.REFUSAL,
                e.rule().equals("banned-substance") ? Level.HIGH : Level.MEDIUM,
                "农事记录被拒绝：" + name(e.party()),
                e.text(),
                e.district(),
                e.party(),
                null,
                e.at());
    }

    @ApplicationModuleListener
    void on(GoodsRefused e) {
        raise(
                "goods:" + e.party() + ":" + e.rule() + ":" + e.subject() + ":" + e.at(),
                Kind.REFUSAL,
                Level.MEDIUM,
                "操作被拒绝：" + name(e.party()),
                e.text(),
                e.district(),
                e.party(),
                e.subject(),
                e.at());
    }

    @ApplicationModuleListener
    void on(CertificateRefused e) {
        raise(
                "certificate:" + e.lot() + ":" + e.rule() + ":" + e.at(),
                Kind.REFUSAL,
                Level.MEDIUM,
                "合格证被拒绝：" + name(e.party()),
                e.text(),
                e.district(),
                e.party(),
                e.lot().toString(),
                e.at());
    }

    @ApplicationModuleListener
    void on(ReportFailed e) {
        raise(
                "report:" + e.report(),
                Kind.FAILED_REPORT,
                Level.HIGH,
                "检测不合格 " + e.number() + "：" + name(e.party()),
                e.text(),
                e.district(),
                e.party(),
                e.lot().toString(),
                e.at());
    }

    @ApplicationModuleListener
    void on(CodeSuspicious e) {
        raise(
                // marked anew on the day it was cleared is another alert
                "code:" + e.code() + ":" + e.at(),
                Kind.SUSPICIOUS_CODE,
                Level.MEDIUM,
                "码查询异常 " + e.code(),
                e.evidence(),
                e.district(),
                e.party(),
                e.code(),
                e.at());
    }

    @ApplicationModuleListener
    void on(CodesGuessed e) {
        raise(
                "guesses:" + e.network() + ":" + LocalDate.ofInstant(e.at(), CHINA),
                Kind.REFUSAL,
                Level.MEDIUM,
                "有人在猜标签编号：" + e.network(),
                "十分钟内从这个网段查询了 %d 个从未发放的编号，全部识破，没有泄露任何信息。请查看访问记录，必要时由网络管理员封禁该网段。"
                        .formatted(e.guesses()),
                city,
                null,
                null,
                e.at());
    }

    @ApplicationModuleListener
    void on(ComplaintReceived e) {
        raise(
                "complaint:" + e.number(),
                Kind.COMPLAINT,
                Level.MEDIUM,
                "投诉 " + e.number() + "：" + e.about(),
                "请在期限内核查并答复投诉人。",
                e.district(),
                e.party(),
                e.number(),
                e.at());
    }

    @ApplicationModuleListener
    void on(LicenceSuspended e) {
        licence("暂停", e.licence(), e.number(), e.party(), e.reason(), e.at());
    }

    @ApplicationModuleListener
    void on(LicenceRevoked e) {
        licence("撤销", e.licence(), e.number(), e.party(), e.reason(), e.at());
    }

    @ApplicationModuleListener
    void on(RecallPublished e) {
        raise(
                "recall:" + e.recall(),
                Kind.RECALL,
                Level.HIGH,
                "召回 " + e.number() + "：" + name(e.party()),
                e.reason(),
                e.district(),
                e.party(),
                e.lot().toString(),
                e.at());
    }

    private void licence(
            String what, UUID licence, String number, UUID party, String reason, Instant at) {
        raise(
                "licence:" + licence + ":" + what + ":" + at,
                Kind.LICENCE,
                Level.LOW,
                "授权" + what + " " + number,
                reason,
                null,
                party,
                number,
                at);
    }

    private void raise(
            String cause,
            Kind kind,
            Level level,
            String title,
            String text,
            @Nullable String district,
            @Nullable UUID party,
            @Nullable String subject,
            Instant at) {
        String where = district == null ? districtOf(party) : district;
        book.raise(
                new NewAlert(
                        cause,
                        kind,
                        level,
                        title,
                        text,
                        where,
                        party,
                        subject,
                        accounts.officerFor(where).orElseGet(() -> catalog.brand().operator()),
                        level.deadline(LocalDate.ofInstant(at, CHINA)),
                        at));
    }

    /** Where a party is; what has no party concerns the whole city. */
    private String districtOf(@Nullable UUID party) {
        return party == null ? city : parties.find(party).map(Party::district).orElse(city);
    }

    private String name(UUID party) {
        return parties.find(party).map(Party::name).orElse("未知主体");
    }
}
