package cn.xinyuan.codes;

/**
 * One thing that is wrong with GS1 data: where, which rule, and how to mend it.
 *
 * @param ai the application identifier whose value it is; empty when it concerns the whole
 * @param place the first wrong character of the value, counted from 1; 0 for the whole value
 * @param hint what would be right, in Chinese; empty when the rule says it all
 * @param hintInEnglish the same in English
 */
public record Gs1Problem(Rule rule, String ai, int place, String hint, String hintInEnglish) {

    static Gs1Problem of(Rule rule, String ai) {
        return new Gs1Problem(rule, ai, 0, "", "");
    }

    static Gs1Problem of(Rule rule, String ai, String hint, String hintInEnglish) {
        return new Gs1Problem(rule, ai, 0, hint, hintInEnglish);
    }

    /** The whole sentence in Chinese. */
    public String chinese() {
        return (ai.isEmpty() ? "" : "(" + ai + ")" + ApplicationIdentifier.titleOf(ai))
                + (place == 0 ? "" : " 第 " + place + " 位")
                + (ai.isEmpty() && place == 0 ? "" : "：")
                + rule.chinese()
                + (hint.isEmpty() ? "" : "；" + hint);
    }

    /** The whole sentence in English. */
    public String english() {
        return (ai.isEmpty() ? "" : "(" + ai + ")" + ApplicationIdentifier.titleOf(ai))
                + (place == 0 ? "" : (ai.isEmpty() ? "c" : ", c") + "haracter " + place)
                + (ai.isEmpty() && place == 0 ? "" : ": ")
                + rule.english()
                + (hintInEnglish.isEmpty() ? "" : "; " + hintInEnglish);
    }

    @Override
    public String toString() {
        return english();
    }
}
