package cn.xinyuan.server.issuing.web;

import cn.xinyuan.codes.Sscc;
import java.util.ArrayList;
import java.util.List;

/**
 * An SSCC as GS1-128 (ISO/IEC 15417 with FNC1 in the first place; GS1 General Specifications, 5.4):
 * the element string (00) and 18 digits in code set C, two digits to a symbol.
 */
final class Gs1Code128 {

    /** Modules of the whole symbol without its quiet zones. */
    static final int MODULES = 11 * 13 + 13;

    /** Modules that stay white on each side. */
    static final int QUIET = 10;

    private static final int START_C = 105;
    private static final int FNC1 = 102;
    private static final int STOP = 106;
    private static final int MODULUS = 103;

    /** Widths of bar, space, bar … of the values 0 to 106. */
    private static final String[] WIDTHS = {
        "212222", "222122", "222221", "121223", "121322", "131222", "122213", "122312", "132212",
        "221213", "221312", "231212", "112232", "122132", "122231", "113222", "123122", "123221",
        "223211", "221132", "221231", "213212", "223112", "312131", "311222", "321122", "321221",
        "312212", "322112", "322211", "212123", "212321", "232121", "111323", "131123", "131321",
        "112313", "132113", "132311", "211313", "231113", "231311", "112133", "112331", "132131",
        "113123", "113321", "133121", "313121", "211331", "231131", "213113", "213311", "213131",
        "311123", "311321", "331121", "312113", "312311", "332111", "314111", "221411", "431111",
        "111224", "111422", "121124", "121421", "141122", "141221", "112214", "112412", "122114",
        "122411", "142112", "142211", "241211", "221114", "413111", "241112", "134111", "111242",
        "121142", "121241", "114212", "124112", "124211", "411212", "421112", "421211", "212141",
        "214121", "412121", "111143", "111341", "131141", "114113", "114311", "411113", "411311",
        "113141", "114131", "311141", "411131", "211412", "211214", "211232", "2331112"
    };

    private Gs1Code128() {}

    /** The widths of bar, space, bar … in modules, beginning and ending with a bar. */
    static int[] widths(Sscc sscc) {
        var values = new ArrayList<Integer>(List.of(START_C, FNC1));
        String digits = "00" + sscc.digits();
        for (int i = 0; i < digits.length(); i += 2) {
            values.add(Integer.parseInt(digits.substring(i, i + 2)));
        }
        int sum = START_C;
        for (int i = 1; i < values.size(); i++) {
            sum += i * values.get(i);
        }
        values.add(sum % MODULUS);
        values.add(STOP);
        return values.stream()
                .flatMapToInt(value -> WIDTHS[value].chars().map(c -> c - '0'))
                .toArray();
    }
}
