package cn.xinyuan.server.pages;

/**
 * One thing that is wrong with what was sent, with how to mend it.
 *
 * @param field the form field or JSON property, such as {@code grams} or {@code inputs[0].lot};
 *     empty when it concerns the whole
 * @param text says what is wrong and how to fix it, in Chinese
 */
public record Problem(String field, String text) {}
