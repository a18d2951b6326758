package cn.xinyuan.server.standards.web;

import cn.xinyuan.server.pages.Badge;
import cn.xinyuan.server.pages.Choice;
import cn.xinyuan.server.pages.Form;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The public library of standards. */
public record StandardsPage(
        Form form,
        List<Choice> categories,
        @Nullable Answer answer,
        List<Row> standards,
        List<BanRow> bans,
        List<ProductRow> products) {

    /** What was in force on the day asked for. */
    public record Answer(String question, @Nullable String edition, String address, boolean demo) {}

    /** A standard or edition. */
    public record Row(
            String number,
            String title,
            String address,
            String from,
            String to,
            Badge badge,
            boolean demo) {}

    /** A banned substance. */
    public record BanRow(
            String substance, String scope, String from, String source, boolean started) {}

    /** A registered product. */
    public record ProductRow(
            String name,
            String substances,
            String target,
            String days,
            String uses,
            boolean verified) {}
}
