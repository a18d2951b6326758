package cn.xinyuan.server.issuing.usecase;

import cn.xinyuan.codes.CodeRange;
import cn.xinyuan.server.catalog.Catalog;
import cn.xinyuan.server.catalog.Product;
import cn.xinyuan.server.issuing.Codes.Batch;
import cn.xinyuan.server.issuing.domain.BatchBook;
import cn.xinyuan.server.issuing.domain.CodeKeys;
import cn.xinyuan.server.licensing.Licence;
import cn.xinyuan.server.licensing.Licences;
import cn.xinyuan.server.licensing.events.LicenceGranted;
import cn.xinyuan.server.pages.ChinaTime;
import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.pages.Problems;
import cn.xinyuan.server.pages.Refused;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.pages.Words;
import cn.xinyuan.server.trace.Labels;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.LocalDate;
import java.util.UUID;
import org.springframework.modulith.events.ApplicationModuleListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * A producer orders codes: under a licence in force today, and never more in a season than the
 * licensed quantity fills packs.
 */
@Component
public class OrderCodes {

    private final BatchBook book;
    private final CodeKeys keys;
    private final Catalog catalog;
    private final Licences licences;
    private final Labels labels;
    private final Clock clock;

    OrderCodes(
            BatchBook book,
            CodeKeys keys,
            Catalog catalog,
            Licences licences,
            Labels labels,
            Clock clock) {
        this.book = book;
        this.keys = keys;
        this.catalog = catalog;
        this.licences = licences;
        this.labels = labels;
        this.clock = clock;
    }

    /**
     * @throws Problems on a count that no batch can have
     * @throws Refused {@code no-licence}, {@code over-plan}, {@code key-used-up}
     */
    @Transactional
    public Batch order(Visitor by, UUID productId, long count) {
        Product product =
                catalog.find(productId)
                        .filter(p -> p.party().equals(by.party()))
                        .orElseThrow(() -> new NotFound("product " + productId));
        if (count < 1 || count > CodeRange.MOST) {
            throw Problems.of(
                    "count", "数量应为 1 至 " + Words.count(CodeRange.MOST) + " 枚的整数；更多请分批申请。");
        }
        LocalDate today = ChinaTime.today(clock);
        Licence licence =
                licences.inForce(product.party(), productId, today)
                        .orElseThrow(() -> notLicensed(product));
        int season = today.getYear();
        labels.plan(product.party(), productId, season, plannedUnits(licence, product));
        Batch batch =
                new Batch(
                        book.nextNumber(),
                        product.party(),
                        productId,
                        licence.id(),
                        season,
                        count,
                        0,
                        clock.instant());
        labels.order(product.party(), productId, season, batch.number(), count);
        int version = keys.current();
        long first =
                book.take(version, count)
                        .orElseThrow(
                                () ->
                                        new Refused(
                                                "key-used-up",
                                                "密钥版本 " + version + " 的码已用完，请系统管理员启用新的密钥版本后再申请。"));
        book.add(batch, version, first, by.account());
        return batch;
    }

    /** How many packs the licensed quantity of a season fills. */
    public static long plannedUnits(Licence licence, Product product) {
        return licence.yearlyKg().divide(product.packKg(), 0, RoundingMode.FLOOR).longValueExact();
    }

    /** A new licence opens its quota at once, so that the clerk sees it before the first order. */
    @ApplicationModuleListener
    void granted(LicenceGranted granted) {
        catalog.find(granted.product())
                .filter(p -> p.packKg().compareTo(BigDecimal.ZERO) > 0)
                .ifPresent(
                        product ->
                                labels.plan(
                                        granted.party(),
                                        granted.product(),
                                        ChinaTime.day(granted.at()).getYear(),
                                        granted.yearlyKg()
                                                .divide(product.packKg(), 0, RoundingMode.FLOOR)
                                                .longValueExact()));
    }

    private Refused notLicensed(Product product) {
        String why =
                licences.latest(product.party(), product.id())
                        .map(l -> "授权 " + l.number() + " " + words(l) + "。")
                        .orElse("还没有这个产品的授权，请先申请评价。");
        return new Refused("no-licence", "“" + product.name() + "”今天没有有效的“信”字授权，不能赋码。" + why);
    }

    static String words(Licence licence) {
        return switch (licence.standing()) {
            case IN_FORCE -> "的有效期是 " + licence.from() + " 至 " + licence.until();
            case SUSPENDED -> "已暂停" + because(licence);
            case REVOKED -> "已撤销" + because(licence);
            case EXPIRED -> "已于 " + licence.until() + " 到期";
        };
    }

    private static String because(Licence licence) {
        return licence.reason() == null ? "" : "（" + licence.reason() + "）";
    }
}
