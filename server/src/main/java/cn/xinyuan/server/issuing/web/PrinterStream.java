package cn.xinyuan.server.issuing.web;

import static java.nio.charset.StandardCharsets.US_ASCII;

import cn.xinyuan.server.issuing.domain.LabelFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Locale;

/**
 * The language of a thermal printer. Each label is one picture and whole in itself: it needs no
 * font of the printer, nothing that an earlier command stored, and its QR is the one that we have
 * checked, not what some firmware makes of a command. Density, speed and the gap between labels
 * stay as they are set on the printer.
 */
sealed interface PrinterStream {

    static PrinterStream of(LabelFormat format) {
        return switch (format) {
            case ZPL_203, ZPL_300 -> new Zpl();
            case TSPL_203, TSPL_300 -> new Tspl();
            case PDF -> throw new IllegalArgumentException("PDF is no printer language");
        };
    }

    /** What comes before the first label. */
    void begin(OutputStream to, double widthMm, double heightMm) throws IOException;

    /** One label. */
    void label(OutputStream to, Dots dots) throws IOException;

    /** ZPL II: {@code ^GFA} with the run lengths of Zebra's alternative compression. */
    record Zpl() implements PrinterStream {

        private static final String HEX = "0123456789ABCDEF";

        @Override
        public void begin(OutputStream to, double widthMm, double heightMm) {
            // a label says all
        }

        @Override
        public void label(OutputStream to, Dots dots) throws IOException {
            to.write(
                    String.format(
                                    Locale.ROOT,
                                    "^XA^PW%d^LL%d^LH0,0^LT0^LS0^PON^FO0,0^GFA,%d,%d,%d,",
                                    dots.width(),
                                    dots.height(),
                                    dots.bits().length,
                                    dots.bits().length,
                                    dots.rowBytes())
                            .getBytes(US_ASCII));
            to.write(packed(dots).getBytes(US_ASCII));
            to.write("^FS^PQ1^XZ\n".getBytes(US_ASCII));
        }

        /** A colon repeats the row above, a comma fills the row with white. */
        private static String packed(Dots dots) {
            var text = new StringBuilder(dots.bits().length);
            byte[] before = null;
            for (int y = 0; y < dots.height(); y++) {
                byte[] row = dots.row(y);
                if (Arrays.equals(row, before)) {
                    text.append(':');
                } else {
                    row(row, text);
                }
                before = row;
            }
            return text.toString();
        }

        private static void row(byte[] row, StringBuilder text) {
            char[] digits = new char[row.length * 2];
            for (int i = 0; i < row.length; i++) {
                digits[2 * i] = HEX.charAt(row[i] >> 4 & 15);
                digits[2 * i + 1] = HEX.charAt(row[i] & 15);
            }
            int end = digits.length;
            while (end > 0 && digits[end - 1] == '0') {
                end--;
            }
            for (int i = 0; i < end; ) {
                int from = i;
                while (i < end && digits[i] == digits[from]) {
                    i++;
                }
                times(i - from, text);
                text.append(digits[from]);
            }
            if (end < digits.length) {
                text.append(',');
            }
        }

        /** G to Y are 1 to 19, g to z are 20 to 400 in twenties. */
        private static void times(int count, StringBuilder text) {
            if (count == 1) {
                return;
            }
            int rest = count;
            for (; rest >= 400; rest -= 400) {
                text.append('z');
            }
            if (rest >= 20) {
                text.append((char) ('g' + rest / 20 - 1));
            }
            if (rest % 20 > 0) {
                text.append((char) ('G' + rest % 20 - 1));
            }
        }
    }

    /** TSPL: {@code BITMAP}, where a 0 bit is a black dot. */
    record Tspl() implements PrinterStream {

        @Override
        public void begin(OutputStream to, double widthMm, double heightMm) throws IOException {
            to.write(
                    String.format(
                                    Locale.ROOT,
                                    "SIZE %.1f mm,%.1f mm\r\nREFERENCE 0,0\r\n",
                                    widthMm,
                                    heightMm)
                            .getBytes(US_ASCII));
        }

        @Override
        public void label(OutputStream to, Dots dots) throws IOException {
            to.write(
                    ("CLS\r\nBITMAP 0,0," + dots.rowBytes() + "," + dots.height() + ",0,")
                            .getBytes(US_ASCII));
            byte[] inverted = new byte[dots.bits().length];
            for (int i = 0; i < inverted.length; i++) {
                inverted[i] = (byte) ~dots.bits()[i];
            }
            to.write(inverted);
            to.write("\r\nPRINT 1,1\r\n".getBytes(US_ASCII));
        }
    }
}
