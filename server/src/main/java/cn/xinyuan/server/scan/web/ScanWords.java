package cn.xinyuan.server.scan.web;

import cn.xinyuan.server.catalog.Catalog;
import cn.xinyuan.server.catalog.Catalog.Brand;
import cn.xinyuan.server.parties.Parties;
import cn.xinyuan.server.scan.Scans.State;
import cn.xinyuan.server.scan.domain.Finding;
import cn.xinyuan.server.scan.web.CutAnswer.Slot;
import cn.xinyuan.server.scan.web.ScanPage.Band;
import java.time.Instant;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Puts a finding into words, Chinese or English: one class for each part of the page. */
@Component
class ScanWords {

    private final Catalog catalog;
    private final Parties parties;
    private final boolean demo;

    ScanWords(Catalog catalog, Parties parties, @Value("${xinyuan.demo:false}") boolean demo) {
        this.catalog = catalog;
        this.parties = parties;
        this.demo = demo;
    }

    /**
     * The page of a finding.
     *
     * @param counts whether this very scan is one more
     * @param asked when it was asked, in words
     */
    ScanPage page(
            Finding f, boolean english, boolean large, boolean counts, Instant now, String asked) {
        return page(f, english, large, now, count(f, english, counts, now), asked);
    }

    /** The page with marks where the count and the time stand. */
    ScanPage pattern(Finding f, boolean english, boolean large, Instant now) {
        return page(f, english, large, now, Slot.COUNT.mark(), Slot.ASKED.mark());
    }

    /** How often the code was scanned, this scan included if it counts. */
    String count(Finding f, boolean english, boolean counts, Instant now) {
        return f.issued() == null
                ? ""
                : GoodsWords.count(f, parties, new Say(english), counts, now);
    }

    private ScanPage page(
            Finding f, boolean english, boolean large, Instant now, String count, String asked) {
        var say = new Say(english);
        Brand brand = catalog.brand();
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
                known ? GoodsWords.goods(f, say, count) : null,
                known && f.lot() != null ? GoodsWords.facts(f, say, now) : List.of(),
                NoticeWords.notice(f, say),
                known ? GuaranteeWords.vouches(f, say) : List.of(),
                TestWords.tests(f, parties, say),
                RouteWords.route(f, say),
                known && f.lot() != null ? RouteWords.gaps(f, say) : List.of(),
                known ? RouteWords.origin(f, parties, say) : null,
                GuaranteeWords.paper(f, say),
                f.state() == State.UNKNOWN ? TypedWords.retry(f, say) : null,
                asked,
                demo);
    }

    /** The reason in a sentence: what the JSON twin says too. */
    String reason(Finding f, boolean english) {
        Band band = VerdictWords.band(f, new Say(english));
        return band.title() + (english ? ". " : "：") + band.text();
    }
}
