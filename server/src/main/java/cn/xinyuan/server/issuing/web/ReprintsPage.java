package cn.xinyuan.server.issuing.web;

import cn.xinyuan.server.pages.Form;
import java.util.List;

/**
 * Reprints within an official's districts, newest first, and the form that releases one.
 *
 * @param done what was just released, in words; empty otherwise
 */
public record ReprintsPage(List<Row> rows, Form form, String done) {

    /** One reprint. */
    public record Row(
            String party,
            String batch,
            String first,
            String last,
            String count,
            String reason,
            boolean released,
            String by,
            String at) {}
}
