package cn.xinyuan.server.issuing.domain;

import java.util.Arrays;
import java.util.Optional;

/**
 * The labels that can be printed: self-adhesive A4 sheets, and rolls for thermal printers. All
 * lengths are millimetres, measured from the upper left corner of the paper or of the label. The
 * table in {@code docs/labels.md} says the same; a test compares them.
 *
 * <p>The QR stands at the left within a square of {@link #qr} that includes its quiet zone of four
 * modules (ISO/IEC 18004, 9.1); text stands to its right.
 */
public enum LabelTemplate {
    A4_24(Kind.SHEET, "a4-24", 3, 8, 0, 0.5, 70, 37, 70, 37, 26, 3, 1.0),
    A4_12(Kind.SHEET, "a4-12", 2, 6, 4.65, 21.6, 99.1, 42.3, 101.6, 42.3, 32, 4, 1.2),
    A4_21(Kind.SHEET, "a4-21", 3, 7, 7.25, 15.15, 63.5, 38.1, 66, 38.1, 26, 2.5, 1.0),
    A4_40(Kind.SHEET, "a4-40", 4, 10, 0, 0, 52.5, 29.7, 52.5, 29.7, 20, 4.5, 0.8),
    A4_65(Kind.SHEET, "a4-65", 5, 13, 4.75, 10.7, 38.1, 21.2, 40.6, 21.2, 19.4, 0.8, 0.65),
    ROLL_40X30(Kind.ROLL, "roll-40x30", 1, 1, 0, 0, 40, 30, 40, 30, 20, 1, 0.75),
    ROLL_60X40(Kind.ROLL, "roll-60x40", 1, 1, 0, 0, 60, 40, 60, 40, 28, 1.5, 1.0);

    /** The smallest module of a QR that phones read off a label at arm's length, in millimetres. */
    public static final double SMALLEST_MODULE = 0.5;

    /** Modules of quiet zone on each side of a QR. */
    public static final int QUIET = 4;

    private static final double A4_WIDTH = 210;
    private static final double A4_HEIGHT = 297;

    private final Kind kind;
    private final String key;
    private final int columns;
    private final int rows;
    private final double left;
    private final double top;
    private final double width;
    private final double height;
    private final double pitchAcross;
    private final double pitchDown;
    private final double qr;
    private final double qrLeft;
    private final double type;

    /** What the labels lie on. */
    public enum Kind {
        /** A4 sheets, for office printers. */
        SHEET,
        /** One label behind the other, for thermal printers. */
        ROLL
    }

    LabelTemplate(
            Kind kind,
            String key,
            int columns,
            int rows,
            double left,
            double top,
            double width,
            double height,
            double pitchAcross,
            double pitchDown,
            double qr,
            double qrLeft,
            double type) {
        this.kind = kind;
        this.key = key;
        this.columns = columns;
        this.rows = rows;
        this.left = left;
        this.top = top;
        this.width = width;
        this.height = height;
        this.pitchAcross = pitchAcross;
        this.pitchDown = pitchDown;
        this.qr = qr;
        this.qrLeft = qrLeft;
        this.type = type;
    }

    /** The template of a key, such as {@code a4-24}; empty when there is none. */
    public static Optional<LabelTemplate> read(String key) {
        return Arrays.stream(values()).filter(t -> t.key.equals(key.strip())).findFirst();
    }

    /** What addresses, forms and the API call it. */
    public String key() {
        return key;
    }

    public boolean isRoll() {
        return kind == Kind.ROLL;
    }

    /** In words: {@code A4，24 枚，70 × 37 mm}. */
    public String words() {
        String size = plain(width) + " × " + plain(height) + " mm";
        return isRoll() ? "卷标，" + size : "A4，" + perSheet() + " 枚，" + size;
    }

    /** Labels on one sheet; 1 on a roll. */
    public int perSheet() {
        return columns * rows;
    }

    public int columns() {
        return columns;
    }

    public int rows() {
        return rows;
    }

    public double paperWidth() {
        return isRoll() ? width : A4_WIDTH;
    }

    public double paperHeight() {
        return isRoll() ? height : A4_HEIGHT;
    }

    public double width() {
        return width;
    }

    public double height() {
        return height;
    }

    /** How far the left edge of a place is from the left edge of the paper. */
    public double left(int place) {
        return left + place % columns * pitchAcross;
    }

    /** How far the upper edge of a place is from the upper edge of the paper. */
    public double top(int place) {
        return top + place / columns * pitchDown;
    }

    /** From one label to the next in a row. */
    public double pitchAcross() {
        return pitchAcross;
    }

    /** From one row to the next. */
    public double pitchDown() {
        return pitchDown;
    }

    /** The side of the square for the QR with its quiet zone. */
    public double qr() {
        return qr;
    }

    /** Where that square begins on the label. */
    public double qrLeft() {
        return qrLeft;
    }

    /** The size of type in relation to that of {@link #A4_24}. */
    public double type() {
        return type;
    }

    /**
     * How large a module of a QR comes out, in millimetres: at the smaller of the two scales, and
     * on a thermal printer in whole dots.
     *
     * @param modules on a side, without quiet zone
     */
    public double module(int modules, PrintSetting.Scale scale, LabelFormat format) {
        double side = qr * scale.smaller();
        int across = modules + 2 * QUIET;
        return format.isDots()
                ? Math.floor(side * format.dotsPerMm() / across + 1e-9) / format.dotsPerMm()
                : side / across;
    }

    private static String plain(double length) {
        return length == Math.rint(length) ? String.valueOf((long) length) : String.valueOf(length);
    }
}
