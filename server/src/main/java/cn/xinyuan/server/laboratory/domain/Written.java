package cn.xinyuan.server.laboratory.domain;

import cn.xinyuan.server.standards.Standards.Value;
import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A result as laboratories write it: {@code 0.42}, {@code 未检出<0.01}, {@code ND(0.01)}, {@code
 * 检出<0.05}, {@code <LOQ 0.05}. A bare {@code <0.01} may mean either and is not guessed; {@code ND}
 * without a detection limit proves nothing.
 */
public record Written(Value.Kind kind, BigDecimal figure) {

    public static final String HOW =
            "请写数值（0.42）、未检出和检出限（未检出<0.01 或 ND<0.01），或低于定量限（检出<0.05 或 <LOQ 0.05）。";

    private static final Pattern FIGURE = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,12})?)");
    private static final Pattern RESULT =
            Pattern.compile(
                    "(?<word>未检出|nd|n\\.d\\.|检出|<?loq|<?定量限|低于定量限)?[(\\[]?<?(?:lod|检出限)?[=:]?"
                            + "(?<figure>\\d{1,9}(?:\\.\\d{1,12})?)[)\\]]?");

    /** Empty for what cannot be understood without guessing. */
    public static Optional<Written> read(String text) {
        String plain =
                Normalizer.normalize(text, Normalizer.Form.NFKC)
                        .replaceAll("\\s", "")
                        .replace('≤', '<')
                        .toLowerCase(Locale.ROOT);
        if (FIGURE.matcher(plain).matches()) {
            return Optional.of(new Written(Value.Kind.FOUND, new BigDecimal(plain)));
        }
        Matcher result = RESULT.matcher(plain);
        if (!result.matches() || result.group("word") == null) {
            return Optional.empty();
        }
        BigDecimal figure = new BigDecimal(result.group("figure"));
        return switch (result.group("word")) {
            case "未检出", "nd", "n.d." -> Optional.of(new Written(Value.Kind.NOT_DETECTED, figure));
            case "检出" ->
                    plain.contains("<")
                            ? Optional.of(new Written(Value.Kind.BELOW_LOQ, figure))
                            : Optional.of(new Written(Value.Kind.FOUND, figure));
            default -> Optional.of(new Written(Value.Kind.BELOW_LOQ, figure));
        };
    }

    /** The same words for every report: what {@link #read} understands again. */
    public static String words(Value value) {
        String figure = value.figure().toPlainString();
        return switch (value.kind()) {
            case FOUND -> figure;
            case NOT_DETECTED -> "未检出<" + figure;
            case BELOW_LOQ -> "检出<" + figure;
        };
    }
}
