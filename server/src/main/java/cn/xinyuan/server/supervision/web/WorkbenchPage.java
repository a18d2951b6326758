package cn.xinyuan.server.supervision.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is mine, what is late and whose it is, with nothing to press first. */
public record WorkbenchPage(
        String name,
        List<AlertRow> mine,
        List<AlertRow> late,
        List<Case> cases,
        List<Load> loads,
        List<Figure> figures) {

    /** An application that waits for somebody; {@code visit} leads to its open on-site check. */
    public record Case(
            String address,
            String number,
            String product,
            String person,
            String deadline,
            String until,
            boolean late,
            @Nullable String visit) {}

    /** How much one person has on the table. */
    public record Load(String person, long open, long late, String width) {}

    /** One figure with where it leads. */
    public record Figure(String word, String value, String address) {}
}
