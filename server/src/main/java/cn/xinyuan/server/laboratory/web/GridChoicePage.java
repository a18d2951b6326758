package cn.xinyuan.server.laboratory.web;

import cn.xinyuan.server.pages.Form;
import java.util.List;

/** Which samples go on a grid, and for which indicators; one group for each governing edition. */
public record GridChoicePage(List<Group> groups, Form form) {

    /** Samples of one product judged by one edition. */
    public record Group(
            String id,
            String title,
            String edition,
            boolean demoEdition,
            List<Option> samples,
            List<Option> columns,
            String counted) {}

    /** Something that may be ticked. */
    public record Option(String value, String text, String small, boolean ticked) {}
}
