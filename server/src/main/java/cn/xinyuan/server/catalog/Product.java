package cn.xinyuan.server.catalog;

import java.math.BigDecimal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something a party sells under its own GTIN.
 *
 * @param gtin 14 digits
 * @param category product category, such as {@code litchi}; standards are chosen by it
 * @param packKg net content of one sales unit in kilograms
 * @param pack the pack in words, such as 2.5 kg 礼盒
 */
public record Product(
        UUID id,
        UUID party,
        String gtin,
        String name,
        String nameEn,
        String category,
        @Nullable String variety,
        String grade,
        BigDecimal packKg,
        String pack,
        boolean geographicalIndication) {}
