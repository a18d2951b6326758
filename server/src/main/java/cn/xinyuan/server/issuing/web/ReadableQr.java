package cn.xinyuan.server.issuing.web;

import io.nayuki.qrcodegen.QrCode;
import io.nayuki.qrcodegen.QrSegment;
import java.util.List;

/**
 * The QR of an address (ISO/IEC 18004), of error correction M and at least version 2, in the
 * alphanumeric mode when the address allows it.
 *
 * <p>Of the eight masks the standard's penalty picks one that now and then draws a fourth corner
 * into the data: readers that take the three best corners, as many phones do, then lose the whole
 * symbol, three in a hundred of version 3. So the mask is taken that has the fewest such places.
 * Every mask is allowed by the standard, and a reader is told which it is.
 */
final class ReadableQr {

    private static final int MASKS = 8;
    private static final int CORNER = 7;

    private ReadableQr() {}

    /**
     * @throws IllegalArgumentException if the address is too long for any QR
     */
    static QrCode of(String address) {
        List<QrSegment> segments = QrSegment.makeSegments(address);
        QrCode best = QrCode.encodeSegments(segments, QrCode.Ecc.MEDIUM, 2, 40, -1, false);
        int least = falseCorners(best);
        for (int mask = 0; mask < MASKS && least > 0; mask++) {
            QrCode other = QrCode.encodeSegments(segments, QrCode.Ecc.MEDIUM, 2, 40, mask, false);
            int found = falseCorners(other);
            if (found < least) {
                best = other;
                least = found;
            }
        }
        return best;
    }

    /**
     * How much in the data looks like a corner: places that do along their row and their column
     * count one, those that do along a diagonal too count a hundred.
     */
    static int falseCorners(QrCode code) {
        int found = 0;
        for (int y = 0; y < code.size; y++) {
            for (int x = 0; x < code.size; x++) {
                if (!isInCorner(code, x, y)
                        && looksLikeACorner(code, x, y, 1, 0, 0.5)
                        && looksLikeACorner(code, x, y, 0, 1, 0.5)) {
                    found += looksLikeACorner(code, x, y, 1, 1, 0.75) ? 100 : 1;
                }
            }
        }
        return found;
    }

    private static boolean isInCorner(QrCode code, int x, int y) {
        int far = code.size - CORNER;
        return x < CORNER && y < CORNER || x >= far && y < CORNER || x < CORNER && y >= far;
    }

    /** Dark, light, dark, light, dark through a dark module, about as 1 : 1 : 3 : 1 : 1. */
    private static boolean looksLikeACorner(
            QrCode code, int x, int y, int right, int down, double slack) {
        if (!code.getModule(x, y)) {
            return false;
        }
        int[] runs = new int[5];
        int ahead = run(code, x, y, right, down, true);
        int behind = run(code, x, y, -right, -down, true);
        runs[2] = ahead + behind - 1;
        runs[3] = run(code, x + ahead * right, y + ahead * down, right, down, false);
        int next = ahead + runs[3];
        runs[4] = run(code, x + next * right, y + next * down, right, down, true);
        runs[1] = run(code, x - behind * right, y - behind * down, -right, -down, false);
        int before = behind + runs[1];
        runs[0] = run(code, x - before * right, y - before * down, -right, -down, true);
        int total = runs[0] + runs[1] + runs[2] + runs[3] + runs[4];
        double module = total / 7.0;
        for (int i = 0; i < 5; i++) {
            double wanted = i == 2 ? 3 * module : module;
            double most = (i == 2 ? 3 : 1) * slack * module;
            if (runs[i] == 0 || Math.abs(runs[i] - wanted) >= most) {
                return false;
            }
        }
        return true;
    }

    /** Modules of one colour from a place on in a direction; what lies outside is no module. */
    private static int run(QrCode code, int x, int y, int right, int down, boolean dark) {
        int length = 0;
        while (isWithin(code, x + length * right, y + length * down)
                && code.getModule(x + length * right, y + length * down) == dark) {
            length++;
        }
        return length;
    }

    private static boolean isWithin(QrCode code, int x, int y) {
        return x >= 0 && y >= 0 && x < code.size && y < code.size;
    }
}
