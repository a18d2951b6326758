package cn.xinyuan.server.supervision.web;

import java.util.List;

/** What is mine, what is late and whose it is, with nothing to press first. */
public record WorkbenchPage(
        String name,
        List<AlertRow> mine,
        List<AlertRow> late,
        List<Load> loads,
        List<Figure> figures) {

    /** How much one person has on the table. */
    public record Load(String person, long open, long late, String width) {}

    /** One figure with where it leads. */
    public record Figure(String word, String value, String address) {}
}
