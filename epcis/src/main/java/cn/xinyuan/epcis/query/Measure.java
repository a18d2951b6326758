package cn.xinyuan.epcis.query;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An amount in the base unit of its kind, so that amounts in different units compare (EPCIS 2.0,
 * 8.2.7.1: "the system SHALL convert"). Units are codes of UN/CEFACT recommendation 20; one that is
 * not known here compares with itself only.
 *
 * @param unit the base unit; empty for pieces and plain numbers
 */
public record Measure(BigDecimal amount, String unit) {

    private static final MathContext DIGITS = MathContext.DECIMAL64;
    private static final Map<String, Scale> SCALES = new HashMap<>();

    /** Base amount = amount x factor + offset. */
    private record Scale(String base, BigDecimal factor, BigDecimal offset) {}

    static {
        kind(
                "KGM",
                "GRM 0.001 MGM 0.000001 MC 0.000000001 DTN 100 TNE 1000 LBR 0.45359237"
                        + " ONZ 0.028349523125 STN 907.18474 DJ 0.01 HGM 0.1 CGM 0.00001 DG 0.0001"
                        + " LTN 1016.0469088");
        kind(
                "MTR",
                "DMT 0.1 CMT 0.01 MMT 0.001 4H 0.000001 C45 0.000000001 KMT 1000 INH 0.0254"
                        + " FOT 0.3048 YRD 0.9144 SMI 1609.344 NMI 1852");
        kind(
                "MTK",
                "CMK 0.0001 MMK 0.000001 DMK 0.01 HAR 10000 KMK 1000000 FTK 0.09290304"
                        + " INK 0.00064516 ACR 4046.873");
        kind(
                "MTQ",
                "LTR 0.001 DMQ 0.001 MLT 0.000001 CMQ 0.000001 MMQ 0.000000001 CLT 0.00001"
                        + " DLT 0.0001 HLT 0.1 4G 0.000000001 GLL 0.003785411784 INQ 0.000016387064"
                        + " FTQ 0.028316846592");
        kind(
                "SEC",
                "MIN 60 HUR 3600 DAY 86400 WEE 604800 C26 0.001 B98 0.000001 C47 0.000000001"
                        + " ANN 31557600");
        kind(
                "MTS",
                "KMH 0.2777777777777778 2M 0.01 C16 0.001 KNT 0.5144444444444444"
                        + " HM 0.44704 FS 0.3048 2X 0.00508");
        kind("MSK", "K40 9.80665");
        kind(
                "PAL",
                "KPA 1000 HPA 100 MPA 1000000 BAR 100000 MBR 100 ATM 101325 ATT 98066.5"
                        + " PS 6894.757 UA 133.3224 B96 0.000001");
        kind(
                "JOU",
                "KJO 1000 3B 1000000 WHR 3600 KWH 3600000 MWH 3600000000 D70 4.1868 K51 4190"
                        + " A53 0.0000000000000000001602177 BTU 1055.056");
        kind("WTT", "KWT 1000 MAW 1000000 C31 0.001 D80 0.000001");
        kind("VLT", "KVT 1000 2Z 0.001 D82 0.000001");
        kind("AMP", "4K 0.001 B84 0.000001 B22 1000");
        kind("OHM", "B49 1000 B75 1000000 E45 0.001");
        kind("HTZ", "KHZ 1000 MHZ 1000000 A86 1000000000");
        kind("LUX", "KLX 1000");
        kind("KMQ", "A93 0.001 GP 0.000001 GQ 0.000000001 23 1000 GL 1 M1 0.001");
        kind("NEW", "B47 1000 C20 0.001");
        kind("C34", "B45 1000 C18 0.001 FH 0.000001");
        kind("C36", "C35 1000 M33 1");
        kind("BQL", "GBQ 1000000000 4N 1000000 2Q 1000 CUR 37000000000");
        kind("A95", "");
        kind("D13", "C28 0.001");
        kind("P1", "C62P 100 59 0.0001 61 0.0000001 NX 0.1");
        kind("MQS", "MQH 0.0002777777777777778 L2 0.00001666666666666667 G51 0.001");
        kind("DD", "C81 57.29577951308232 D61 0.01666666666666667 D62 0.0002777777777777778");
        SCALES.put("KEL", new Scale("KEL", BigDecimal.ONE, BigDecimal.ZERO));
        SCALES.put("CEL", new Scale("KEL", BigDecimal.ONE, new BigDecimal("273.15")));
        BigDecimal fahrenheit =
                BigDecimal.ONE.divide(new BigDecimal("1.8"), MathContext.DECIMAL128);
        SCALES.put(
                "FAH",
                new Scale(
                        "KEL",
                        fahrenheit,
                        new BigDecimal("459.67").multiply(fahrenheit, MathContext.DECIMAL128)));
    }

    private static void kind(String base, String others) {
        SCALES.put(base, new Scale(base, BigDecimal.ONE, BigDecimal.ZERO));
        String[] words = others.isBlank() ? new String[0] : others.strip().split(" +");
        for (int i = 0; i + 1 < words.length; i += 2) {
            SCALES.put(words[i], new Scale(base, new BigDecimal(words[i + 1]), BigDecimal.ZERO));
        }
    }

    /** An amount in a unit; null counts pieces. */
    public static Measure of(BigDecimal amount, @Nullable String uom) {
        return convert(amount, uom, true);
    }

    /** A difference of two amounts, such as a standard deviation: zero points do not count. */
    public static Measure difference(BigDecimal amount, @Nullable String uom) {
        return convert(amount, uom, false);
    }

    private static Measure convert(BigDecimal amount, @Nullable String uom, boolean zero) {
        if (uom == null || uom.isEmpty()) {
            return new Measure(plain(amount), "");
        }
        Scale scale = SCALES.get(uom);
        if (scale == null) {
            return new Measure(plain(amount), uom);
        }
        BigDecimal scaled = amount.multiply(scale.factor());
        return new Measure(
                plain((zero ? scaled.add(scale.offset()) : scaled).round(DIGITS)), scale.base());
    }

    private static BigDecimal plain(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        return stripped.scale() < 0 && stripped.scale() > -100 ? stripped.setScale(0) : stripped;
    }
}
