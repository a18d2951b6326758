package cn.xinyuan.server.trace.web;

import cn.xinyuan.server.pages.Badge;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One lot: where it comes from, where it went, and what became of every kilogram.
 *
 * @param held why it is held; null when it is free
 * @param sum the balance in one line
 */
public record LotPage(
        String list,
        String listName,
        String kind,
        String number,
        Badge badge,
        @Nullable String held,
        List<Link> tabs,
        List<Link> acts,
        GenealogyPicture picture,
        List<Link> files,
        List<Fact> facts,
        String sum,
        List<Bar> bars,
        List<Holder> holders,
        List<Event> events,
        String eventsAddress) {

    /** A link in words. */
    public record Link(String address, String text, String icon) {}

    /** A fact; {@code address} is where to read more, or null. */
    public record Fact(String name, String text, @Nullable String address) {}

    /** One part of the balance: width and colour for the bar, words for the table. */
    public record Bar(String name, String kilograms, String share, String width, String colour) {}

    /** Who holds what. */
    public record Holder(String name, String amount, String where) {}

    /** One act on the lot. */
    public record Event(String day, String act, String who, String hash) {}
}
