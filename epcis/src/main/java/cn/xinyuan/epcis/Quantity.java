package cn.xinyuan.epcis;

import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An amount of a class of goods (EPCIS 2.0, 7.3.3.3).
 *
 * @param epcClass a GTIN, a lot of a GTIN, or a private URI, as it was written
 * @param quantity the amount; null when unknown
 * @param uom UN/CEFACT recommendation 20 code such as {@code KGM}; null when the quantity counts
 *     pieces
 * @param others members that the standard does not name, as they came
 */
public record Quantity(
        String epcClass,
        @Nullable BigDecimal quantity,
        @Nullable String uom,
        Map<String, JsonNode> others) {

    public Quantity {
        others = Members.copy(others);
    }

    public Quantity(String epcClass, BigDecimal quantity, @Nullable String uom) {
        this(epcClass, quantity, uom, Map.of());
    }
}
