package cn.xinyuan.server.recall.web;

import cn.xinyuan.server.pages.Choice;
import cn.xinyuan.server.pages.Form;
import java.util.List;

/** What a recall would reach, before the button is pressed. */
public record RecallFormPage(
        String lotId,
        String lot,
        String maker,
        List<String> lots,
        String kilograms,
        long packs,
        long codes,
        List<Holder> holders,
        List<Choice> levels,
        Form form) {

    /** Who would have to be told. */
    public record Holder(String party, String where, String kilograms) {}
}
