package cn.xinyuan.server.trace.domain;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * The GTIN-14 under which bulk goods of a category and variety are traced: indicator 9 (variable
 * measure), the GS1 demo prefix 952, and eight digits that follow from the words, so that the same
 * variety has the same number everywhere on an installation.
 */
public final class BulkGtin {

    private BulkGtin() {}

    public static String of(String category, String variety) {
        var crc = new CRC32();
        crc.update((category + "/" + variety).getBytes(StandardCharsets.UTF_8));
        return complete("9952%09d".formatted(crc.getValue() % 1_000_000_000L));
    }

    /** Adds the check digit (GS1 General Specifications, 7.9: weights 3 and 1 from the right). */
    private static String complete(String thirteen) {
        int sum = 0;
        for (int i = 0; i < thirteen.length(); i++) {
            int digit = thirteen.charAt(i) - '0';
            sum += (thirteen.length() - i) % 2 == 1 ? 3 * digit : digit;
        }
        return thirteen + (10 - sum % 10) % 10;
    }
}
