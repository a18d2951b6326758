package cn.xinyuan.server.pages;

/**
 * One option of a select box or a group of radio buttons.
 *
 * @param value what is sent
 * @param text what is shown
 */
public record Choice(String value, String text) {}
