package cn.xinyuan.server.scan.web;

import cn.xinyuan.server.catalog.Catalog;
import cn.xinyuan.server.catalog.Catalog.Brand;
import cn.xinyuan.server.pages.ChinaTime;
import cn.xinyuan.server.parties.Parties;
import cn.xinyuan.server.scan.domain.Finding;
import cn.xinyuan.server.scan.web.ScanPage.Band;
import java.time.Clock;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Puts a finding into words, Chinese or English: one class for each part of the page. */
@Component
class ScanWords {

    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

    private final Catalog catalog;
    private final Parties parties;
    private final Clock clock;
    private final boolean demo;

    ScanWords(
            Catalog catalog,
            Parties parties,
            Clock clock,
            @Value("${xinyuan.demo:false}") boolean demo) {
        this.catalog = catalog;
        this.parties = parties;
        this.clock = clock;
        this.demo = demo;
    }

    /** The page of a finding; {@code counted} says whether this very scan is one more. */
    ScanPage page(Finding f, boolean english, boolean large, boolean counts) {
        var say = new Say(english);
        Brand brand = catalog.brand();
        Instant now = clock.instant();
        boolean known = f.issued() != null;
        return new ScanPage(
                english,
                large,
                f.code(),
                "/t/" + f.code(),
                say.in(
                        brand.city() + "“" + brand.name() + "”字号",
                        brand.cityEn() + " " + brand.nameEn()),
                brand.hotline(),
                VerdictWords.band(f, say),
                known ? GoodsWords.goods(f, parties, say, counts, now) : null,
                known && f.lot() != null ? GoodsWords.facts(f, say, now) : List.of(),
                NoticeWords.notice(f, say),
                known ? GuaranteeWords.vouches(f, say) : List.of(),
                TestWords.tests(f, parties, say),
                RouteWords.route(f, say),
                known && f.lot() != null ? RouteWords.gaps(f, say) : List.of(),
                known ? RouteWords.origin(f, parties, say) : null,
                GuaranteeWords.paper(f, say),
                known ? null : TypedWords.retry(f, say),
                ZonedDateTime.ofInstant(now, ChinaTime.ZONE).format(SECOND),
                demo);
    }

    /** The reason in a sentence: what the JSON twin says too. */
    String reason(Finding f, boolean english) {
        Band band = VerdictWords.band(f, new Say(english));
        return band.title() + (english ? ". " : "：") + band.text();
    }
}
