package cn.xinyuan.server.catalog.domain;

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
        char right = checkDigit(gtin.substring(0, 13));
        if (gtin.charAt(13) != right) {
            throw new IllegalArgumentException("GTIN %s 的校验位不对，末位应为 %s。".formatted(gtin, right));
        }
    }

    /** The {@code n}th article of a prefix. */
    public static ArticleNumber of(String prefix, long n) {
        var digits = "0" + prefix + ("%0" + (12 - prefix.length()) + "d").formatted(n);
        return new ArticleNumber(digits + checkDigit(digits));
    }

    private static char checkDigit(String thirteen) {
        int sum = 0;
        for (int i = 0; i < 13; i++) {
            sum += (i % 2 == 0 ? 3 : 1) * (thirteen.charAt(i) - '0');
        }
        return (char) ('0' + (10 - sum % 10) % 10);
    }
}
