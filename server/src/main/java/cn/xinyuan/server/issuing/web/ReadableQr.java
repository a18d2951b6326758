package cn.xinyuan.server.issuing.web;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.LuminanceSource;
import com.google.zxing.PlanarYUVLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import io.nayuki.qrcodegen.QrCode;
import io.nayuki.qrcodegen.QrSegment;
import java.util.Arrays;
import java.util.List;

/**
 * The QR of an address (ISO/IEC 18004), of error correction M and at least version 2, in the
 * alphanumeric mode when the address allows it; read again before it is printed.
 *
 * <p>Of the eight masks the standard's penalty picks one that now and then draws into the data what
 * looks like a corner or like the alignment pattern. Readers that take the first that fits, as many
 * phones do, then lose the whole symbol, also from a perfect picture: three in a hundred of version
 * 3. So the first mask is taken with which the plainest reader reads it. Every mask is allowed, and
 * the symbol says which it is.
 */
final class ReadableQr {

    private static final int MASKS = 8;
    private static final int QUIET = 4;

    /** Dots on a module with which it is read: what a phone sees at arm's length, and closer. */
    private static final int[] SHARPNESS = {4, 5, 6};

    private ReadableQr() {}

    /**
     * @throws IllegalArgumentException if the address is too long for any QR
     */
    static QrCode of(String address) {
        List<QrSegment> segments = QrSegment.makeSegments(address);
        QrCode first = encoded(segments, -1);
        if (isRead(first, address)) {
            return first;
        }
        for (int mask = 0; mask < MASKS; mask++) {
            QrCode other = encoded(segments, mask);
            if (mask != first.mask && isRead(other, address)) {
                return other;
            }
        }
        return first;
    }

    private static QrCode encoded(List<QrSegment> segments, int mask) {
        return QrCode.encodeSegments(segments, QrCode.Ecc.MEDIUM, 2, 40, mask, false);
    }

    /** Whether a plain reader reads the address, however near it is held. */
    static boolean isRead(QrCode code, String address) {
        return Arrays.stream(SHARPNESS).allMatch(dots -> isRead(code, address, dots));
    }

    private static boolean isRead(QrCode code, String address, int dots) {
        int side = (code.size + 2 * QUIET) * dots;
        byte[] picture = new byte[side * side];
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                boolean dark = code.getModule(x / dots - QUIET, y / dots - QUIET);
                picture[y * side + x] = (byte) (dark ? 0 : 0xFF);
            }
        }
        LuminanceSource source =
                new PlanarYUVLuminanceSource(picture, side, side, 0, 0, side, side, false);
        try {
            return new QRCodeReader()
                    .decode(new BinaryBitmap(new HybridBinarizer(source)))
                    .getText()
                    .equals(address);
        } catch (ReaderException unread) {
            return false;
        }
    }
}
