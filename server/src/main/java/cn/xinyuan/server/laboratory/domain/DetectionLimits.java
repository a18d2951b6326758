package cn.xinyuan.server.laboratory.domain;

import cn.xinyuan.server.standards.Standards.Value;
import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The limit of detection and of quantification of a method for one indicator, in its unit. Known
 * once for a column, they say what a short cell means: {@code ND} is not detected below the LOD,
 * {@code <LOQ} is detected below the LOQ, and {@code <0.01} is whichever of the two is 0.01.
 *
 * @param lod null when it is not known, as {@code loq}
 */
public record DetectionLimits(@Nullable BigDecimal lod, @Nullable BigDecimal loq) {

    private static final Set<String> NOT_DETECTED = Set.of("nd", "n.d.", "n.d", "未检出");
    private static final Set<String> BELOW =
            Set.of("<loq", "loq", "检出", "<定量限", "定量限", "低于定量限", "检出<loq", "检出<定量限");
    private static final Pattern BARE = Pattern.compile("<(\\d{1,9}(?:\\.\\d{1,12})?)");

    public DetectionLimits {
        if (lod != null && lod.signum() <= 0 || loq != null && loq.signum() <= 0) {
            throw new IllegalArgumentException("a detection limit is above zero");
        }
        if (lod != null && loq != null && lod.compareTo(loq) >= 0) {
            throw new IllegalArgumentException(
                    "the limit of detection is below that of quantification");
        }
    }

    /** What is known of an indicator for which nothing was stated. */
    public static final DetectionLimits UNKNOWN = new DetectionLimits(null, null);

    /** What a cell says. */
    public sealed interface Cell {}

    /** Not tested. */
    public record Empty() implements Cell {}

    /** A result. */
    public record Result(Written written) implements Cell {}

    /** Nothing that could be understood without guessing; {@code how} says how to write it. */
    public record Unclear(String how) implements Cell {}

    /** Reads a cell as laboratories write it. */
    public Cell read(String text) {
        if (text.isBlank()) {
            return new Empty();
        }
        String plain =
                Normalizer.normalize(text, Normalizer.Form.NFKC)
                        .replaceAll("\\s", "")
                        .replace('≤', '<')
                        .toLowerCase(Locale.ROOT);
        if (NOT_DETECTED.contains(plain)) {
            return lod == null
                    ? new Unclear("“" + text.strip() + "”要有检出限：填在这一列的表头，或写 未检出<0.01。")
                    : new Result(new Written(Value.Kind.NOT_DETECTED, lod));
        }
        if (BELOW.contains(plain)) {
            return loq == null
                    ? new Unclear("“" + text.strip() + "”要有定量限：填在这一列的表头，或写 检出<0.05。")
                    : new Result(new Written(Value.Kind.BELOW_LOQ, loq));
        }
        Matcher bare = BARE.matcher(plain);
        if (bare.matches()) {
            return bare(text.strip(), new BigDecimal(bare.group(1)));
        }
        return Written.read(text).map(this::checked).orElseGet(() -> new Unclear(Written.HOW));
    }

    private Cell bare(String text, BigDecimal figure) {
        if (lod != null && figure.compareTo(lod) == 0) {
            return new Result(new Written(Value.Kind.NOT_DETECTED, figure));
        }
        if (loq != null && figure.compareTo(loq) == 0) {
            return new Result(new Written(Value.Kind.BELOW_LOQ, figure));
        }
        return new Unclear(
                "“"
                        + text
                        + "”既不是这一列的检出限，也不是定量限，不知道是没检出还是检出了：请写 未检出"
                        + text
                        + " 或 检出"
                        + text
                        + "。");
    }

    /** A figure that the method cannot see or not measure is a slip. */
    private Cell checked(Written written) {
        if (written.kind() == Value.Kind.FOUND) {
            if (lod != null && written.figure().compareTo(lod) < 0) {
                return new Unclear(
                        written.figure().toPlainString()
                                + " 比检出限 "
                                + lod.toPlainString()
                                + " 还小：没有检出请写 ND，否则请核对小数点。");
            }
            if (loq != null && written.figure().compareTo(loq) < 0) {
                return new Unclear(
                        written.figure().toPlainString()
                                + " 低于定量限 "
                                + loq.toPlainString()
                                + "，不能报数值：请写 <LOQ。");
            }
        }
        return new Result(written);
    }
}
