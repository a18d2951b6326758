package cn.xinyuan.codes;

import java.util.List;

/**
 * An application identifier with its value (GS1 General Specifications, section 3).
 *
 * @param value as it is in the bar code, nothing escaped
 */
public record Element(String ai, String value) {

    /**
     * @throws IllegalArgumentException saying what is wrong with the value
     */
    public Element {
        List<Gs1Problem> wrong = problems(ai, value);
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException(wrong.getFirst().english() + ": '" + value + "'");
        }
    }

    /** What is wrong with a value; empty when it is good. */
    public static List<Gs1Problem> problems(String ai, String value) {
        return ApplicationIdentifier.find(ai)
                .map(a -> a.problems(value))
                .orElseGet(() -> List.of(Gs1Problem.of(Rule.UNKNOWN_AI, ai)));
    }

    ApplicationIdentifier identifier() {
        return ApplicationIdentifier.find(ai).orElseThrow();
    }

    @Override
    public String toString() {
        return "(" + ai + ")" + value;
    }
}
