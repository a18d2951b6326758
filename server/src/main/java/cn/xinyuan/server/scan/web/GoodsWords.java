package cn.xinyuan.server.scan.web;

import cn.xinyuan.server.catalog.Product;
import cn.xinyuan.server.pages.ChinaTime;
import cn.xinyuan.server.pages.Evidence;
import cn.xinyuan.server.pages.Words;
import cn.xinyuan.server.parties.Parties;
import cn.xinyuan.server.parties.Party;
import cn.xinyuan.server.scan.domain.Finding;
import cn.xinyuan.server.scan.domain.Tally.Counted;
import cn.xinyuan.server.scan.web.ScanPage.Goods;
import cn.xinyuan.server.scan.web.ScanPage.Row;
import cn.xinyuan.server.trace.Genealogy;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What is in the box, and the facts a shopper asks for first. */
final class GoodsWords {

    private static final Pattern DIVISION = Pattern.compile("\\d{6}");

    private GoodsWords() {}

    /** How often the code was scanned, and when and where first. */
    static String count(Finding f, Parties parties, Say say, boolean counts, Instant now) {
        Counted counted = f.counted();
        long scans = (counted == null ? 0 : counted.scans()) + (counts ? 1 : 0);
        LocalDate first = ChinaTime.day(counted == null ? now : counted.first());
        String where =
                counted == null || counted.firstRegion() == null
                        ? ""
                        : " " + region(counted.firstRegion(), parties, say);
        return scans <= 1
                ? say.in("第 1 次查询", "First scan")
                : say.in(
                        "第 " + Words.count(scans) + " 次查询 · 首次 " + first + where,
                        "Scan no. " + Words.count(scans) + " · first on " + first + where);
    }

    static Goods goods(Finding f, Say say, String count) {
        Product product = f.product();
        String name =
                product == null
                        ? say.in("产品未登记", "Product not registered")
                        : say.in(product.name(), product.nameEn());
        String pack =
                product == null
                        ? ""
                        : say.in(
                                product.pack() + " · " + product.grade(),
                                Words.kg(product.packKg()) + " pack");
        return new Goods(
                product != null && product.category().contains("litchi"),
                name,
                pack,
                List.of(Words.groups(f.code()).split(" ", -1)),
                count,
                f.why() == Finding.Why.MANY_READERS);
    }

    /** Operators' headers give a name, or a code of GB/T 2260. */
    private static String region(String region, Parties parties, Say say) {
        if (!DIVISION.matcher(region).matches()) {
            return region;
        }
        var district = parties.district(region);
        return say.in(district.name(), district.nameEn());
    }

    static List<Row> facts(Finding f, Say say, Instant now) {
        var rows = new ArrayList<Row>();
        List<Genealogy.Step> harvests = RouteWords.harvests(f);
        if (harvests.isEmpty()) {
            rows.add(new Row(say.in("采收日期", "Harvested"), "", "", Evidence.MISSING));
        } else {
            LocalDate from = harvests.getFirst().day();
            LocalDate to = harvests.getLast().day();
            long days = ChronoUnit.DAYS.between(to, ChinaTime.day(now));
            String ago =
                    days < 0 || days > 60
                            ? ""
                            : days == 0
                                    ? say.in("今天", "today")
                                    : say.in(
                                            days + " 天前",
                                            days + (days == 1 ? " day ago" : " days ago"));
            rows.add(
                    new Row(
                            say.in("采收日期", "Harvested"),
                            from.equals(to) ? from.toString() : from + say.in(" 至 ", " to ") + to,
                            ago,
                            Evidence.SELF_DECLARED));
            rows.add(
                    new Row(
                            say.in("产地", "Grown in"),
                            RouteWords.towns(harvests, say),
                            "",
                            Evidence.SELF_DECLARED));
        }
        Party producer = f.producer();
        rows.add(
                producer == null
                        ? new Row(say.in("生产者", "Producer"), "", "", Evidence.MISSING)
                        : new Row(
                                say.in("生产者", "Producer"),
                                say.in(producer.name(), producer.nameEn()),
                                "",
                                Evidence.OFFICIAL));
        if (f.lot() != null) {
            rows.add(
                    new Row(
                            say.in("批次号", "Lot"),
                            f.lot().number(),
                            say.in("包装 ", "packed ") + f.lot().day(),
                            null));
        }
        var counted = f.counted();
        if (f.why() == Finding.Why.FINE && counted != null && counted.ruledAt() != null) {
            rows.add(
                    new Row(
                            say.in("异常查询", "Unusual scans"),
                            say.in("已到现场核实，标签是真的", "looked into: the label is genuine"),
                            ChinaTime.day(counted.ruledAt()).toString(),
                            Evidence.OFFICIAL));
        }
        return rows;
    }
}
