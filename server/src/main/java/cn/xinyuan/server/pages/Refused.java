package cn.xinyuan.server.pages;

/**
 * The rules say no to something that was well understood: more than the balance holds, a held lot,
 * a closed harvest gate. Answered 409 as problem+json with the {@code rule}; a page shows the text.
 * Nothing was changed.
 */
public class Refused extends RuntimeException {

    private final String rule;

    /**
     * @param rule a stable name for machines, such as {@code over-harvest}
     * @param text what was refused, the figures, and what to do instead; in Chinese
     */
    public Refused(String rule, String text) {
        super(text);
        this.rule = rule;
    }

    public String rule() {
        return rule;
    }
}
