package cn.xinyuan.server.catalog.domain;

import cn.xinyuan.codes.Gtin;

/**
 * Gives articles a GTIN-14 under a GS1 company prefix (GS1 General Specifications, 2.1 and 7.9).
 */
public record ArticleNumber(String gtin) {

    /**
     * @throws IllegalArgumentException naming the right check digit
     */
    public ArticleNumber {
        if (!gtin.matches("[0-9]{14}")) {
            throw new IllegalArgumentException("GTIN 应为 14 位数字（不足 14 位的前面补 0）。");
        }
        var right = Gtin.withCheckDigit(gtin.substring(0, 13)).digits();
        if (!gtin.equals(right)) {
            throw new IllegalArgumentException(
                    "GTIN %s 的校验位不对，末位应为 %s。".formatted(gtin, right.charAt(13)));
        }
    }

    /** The {@code n}th article of a prefix. */
    public static ArticleNumber of(String prefix, long n) {
        var digits = "0" + prefix + ("%0" + (12 - prefix.length()) + "d").formatted(n);
        return new ArticleNumber(Gtin.withCheckDigit(digits).digits());
    }
}
