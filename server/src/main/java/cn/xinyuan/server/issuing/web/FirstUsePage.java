package cn.xinyuan.server.issuing.web;

/**
 * Confirming the first use of an item.
 *
 * @param tone of the answer: ok, warn, bad or info
 * @param asks whether the form is shown
 * @param typed what was typed, to be mended
 */
public record FirstUsePage(
        String code,
        String grouped,
        String title,
        String text,
        String tone,
        boolean asks,
        String typed,
        String hotline,
        boolean english) {}
