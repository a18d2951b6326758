package cn.xinyuan.server.farming.web;

import cn.xinyuan.server.pages.Badge;
import cn.xinyuan.server.pages.Choice;
import cn.xinyuan.server.pages.Form;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One plot in a season: what was agreed, harvested and left, and the form to agree.
 *
 * @param least what has to be agreed at least; null while nothing is harvested
 * @param published the published yields of the crop in words; null where there are none
 * @param before the season before in words; null where nothing was agreed
 */
public record YieldPage(
        boolean officer,
        String address,
        String list,
        String number,
        String party,
        String area,
        String squareMetres,
        String crop,
        String season,
        List<Choice> seasons,
        Badge badge,
        String perMu,
        String cap,
        String harvested,
        String left,
        String width,
        boolean nearlyFull,
        @Nullable String least,
        @Nullable String published,
        List<Published> publishedRows,
        @Nullable String before,
        List<Agreed> history,
        boolean open,
        boolean again,
        Form form) {

    /** A published yield. */
    public record Published(String place, String year, String perMu, String source) {}

    /** One agreement; the first of the list counts. */
    public record Agreed(
            String at,
            String by,
            String perMu,
            String cap,
            @Nullable String reason,
            boolean counts) {}
}
