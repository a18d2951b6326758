package cn.xinyuan.server.trace.domain;

import cn.xinyuan.codes.Gtin;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * The GTIN-14 under which bulk goods of a category and variety are traced: indicator 9 (variable
 * measure), the GS1 demo prefix 952, and nine digits that follow from the words, so that the same
 * variety has the same number everywhere on an installation.
 */
public final class BulkGtin {

    private BulkGtin() {}

    public static String of(String category, String variety) {
        var crc = new CRC32();
        crc.update((category + "/" + variety).getBytes(StandardCharsets.UTF_8));
        return Gtin.withCheckDigit("9952%09d".formatted(crc.getValue() % 1_000_000_000L)).digits();
    }
}
