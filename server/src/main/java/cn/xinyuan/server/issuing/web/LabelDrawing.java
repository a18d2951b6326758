package cn.xinyuan.server.issuing.web;

import cn.xinyuan.server.issuing.domain.LabelTemplate;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Draws one label, the same on a PDF and in dots: the QR at the left, beside it the marks, what it
 * is, 承诺达标合格证 where the code serves as one, the lot, and last what a person can type.
 */
final class LabelDrawing {

    private static final double POINT = 25.4 / 72;
    private static final double LINE = 1.3;
    private static final double MARGIN = 1;
    private static final double GAP = 0.8;
    private static final double SCRATCH_HEIGHT = 5.5;

    private final LabelTemplate template;
    private final Marks marks;

    LabelDrawing(LabelTemplate template, Marks marks) {
        this.template = template;
        this.marks = marks;
    }

    /**
     * One label.
     *
     * @param address what the QR says, in capitals
     * @param brand the mark in words
     * @param origin whether the product has a geographical indication
     * @param product its name
     * @param pack in words, such as 2.5 kg 礼盒
     * @param certificate 承诺达标合格证 once the lot has one; empty for none
     * @param lot the lot's number; another hint before activation
     * @param code in groups of four
     * @param scratch the hidden code, for under the scratch panel; empty for none
     */
    record Label(
            String address,
            String brand,
            boolean origin,
            String product,
            String pack,
            String certificate,
            String lot,
            String code,
            String scratch) {}

    /** Draws it; lengths count from the label's upper left corner. */
    void draw(Surface on, Label label) throws IOException {
        double side = template.qr();
        on.qr(
                ReadableQr.of(label.address()),
                template.qrLeft(),
                (template.height() - side) / 2,
                side);
        double left = template.qrLeft() + side + GAP;
        double most = template.width() - left - MARGIN - (template.isRoll() ? 0.5 : 1);
        double room = template.height() - 2 * MARGIN;
        double type = template.type();
        List<Line> lines = lines(on, label, most, type);
        while (height(lines, label, type) > room && type > 0.45) {
            type -= 0.025;
            lines = lines(on, label, most, type);
        }
        double y = (template.height() - height(lines, label, type)) / 2;
        double mark = 4.2 * type;
        double x = left;
        marks.brand().draw(on, x, y, mark);
        x += mark * marks.brand().proportion() + 0.7;
        if (label.origin()) {
            marks.origin().draw(on, x, y, mark);
            x += mark * marks.origin().proportion() + 0.7;
        }
        // without room for the words the marks speak for themselves
        double size = shrunk(on, label.brand(), 8.5 * type, left + most - x);
        if (on.width(label.brand(), size) <= left + most - x) {
            on.text(label.brand(), size, x, y + mark / 2 + size * POINT * 0.36, false);
        }
        y += mark + 0.6;
        for (Line line : lines) {
            y += line.size() * POINT * LINE;
            on.text(line.text(), line.size(), left, y - line.size() * POINT * 0.28, line.bold());
        }
        if (!label.scratch().isEmpty()) {
            scratch(on, label.scratch(), left, y + 0.6, Math.min(most, 24), type);
        }
    }

    private record Line(String text, double size, boolean bold) {}

    private static double height(List<Line> lines, Label label, double type) {
        return 4.2 * type
                + 0.6
                + lines.stream().mapToDouble(l -> l.size() * POINT * LINE).sum()
                + (label.scratch().isEmpty() ? 0 : 0.6 + SCRATCH_HEIGHT * Math.max(0.75, type));
    }

    private static List<Line> lines(Surface on, Label label, double most, double type) {
        var lines = new ArrayList<Line>();
        String both = (label.product() + " " + label.pack()).strip();
        if (label.pack().isEmpty() || on.width(both, 10.5 * type) <= most) {
            line(on, both, 10.5 * type, most, true, lines);
        } else {
            line(on, label.product(), 10.5 * type, most, true, lines);
            line(on, label.pack(), 9.5 * type, most, true, lines);
        }
        if (!label.certificate().isEmpty()) {
            // the words that let a code serve as the certificate must be prominent
            double size = 10.5 * type;
            while (on.width(label.certificate(), size) > most) {
                size -= 0.25;
            }
            lines.add(new Line(label.certificate(), size, true));
        }
        if (!label.lot().isEmpty()) {
            line(on, label.lot(), 8 * type, most, false, lines);
        }
        double size = 8.5 * type;
        if (on.width(label.code(), size) <= most) {
            lines.add(new Line(label.code(), size, true));
        } else {
            int half = label.code().length() / 2;
            lines.add(new Line(label.code().substring(0, half).strip(), size, true));
            lines.add(new Line(label.code().substring(half).strip(), size, true));
        }
        return lines;
    }

    /** A line that is set smaller, down to seven tenths, before it is cut. */
    private static void line(
            Surface on, String text, double size, double most, boolean bold, List<Line> lines) {
        double set = shrunk(on, text, size, most);
        lines.add(new Line(fit(on, text, set, most), set, bold));
    }

    private static double shrunk(Surface on, String text, double size, double most) {
        double set = size;
        while (set > size * 0.7 && on.width(text, set) > most) {
            set -= size / 40;
        }
        return set;
    }

    private static String fit(Surface on, String text, double size, double most) {
        if (on.width(text, size) <= most) {
            return text;
        }
        int kept = text.length();
        while (kept > 0 && on.width(text.substring(0, kept) + "…", size) > most) {
            kept = text.offsetByCodePoints(kept, -1);
        }
        return text.substring(0, kept) + "…";
    }

    /** The hidden code in its frame: the printing house puts the scratch layer over it. */
    private static void scratch(
            Surface on, String code, double left, double top, double width, double type)
            throws IOException {
        double height = SCRATCH_HEIGHT * Math.max(0.75, type);
        on.stroke(new Rectangle2D.Double(left, top, width, height), 0.2);
        double size = height * 0.42 / POINT;
        while (on.width("刮开 " + code, size) > width - 1) {
            size -= 0.25;
        }
        on.text(
                "刮开 " + code,
                size,
                left + (width - on.width("刮开 " + code, size)) / 2,
                top + height / 2 + size * POINT * 0.36,
                true);
    }

    /**
     * The calibration page: the edge of every label, a cross in the middle of each, and two rulers
     * of {@link #ruler} whose length shows how a printer stretches.
     */
    void calibration(Surface on, int place, boolean rulers) throws IOException {
        double width = template.width();
        double height = template.height();
        double inset = 0.1;
        on.stroke(
                new Rectangle2D.Double(inset, inset, width - 2 * inset, height - 2 * inset), 0.15);
        on.stroke(new Rectangle2D.Double(width / 2 - 2, height / 2, 4, 0.001), 0.15);
        on.stroke(new Rectangle2D.Double(width / 2, height / 2 - 2, 0.001, 4), 0.15);
        on.text(String.valueOf(place + 1), 7, 1.2, 3.6, false);
        if (rulers) {
            on.text(template.words(), 6, 6, 3.6, false);
        }
    }

    /**
     * The rulers of a whole sheet, or of one roll label: how long they are, in millimetres, across
     * and down.
     */
    double[] ruler() {
        return template.isRoll()
                ? new double[] {template.width() - 10, template.height() - 10}
                : new double[] {150, 200};
    }

    /** Draws both rulers, with a tick each 5 mm, and what to do with them. */
    void rulers(Surface on) throws IOException {
        double[] length = ruler();
        double left = template.isRoll() ? 5 : 30;
        double top = template.isRoll() ? 5 : 60;
        for (int mm = 0; mm <= length[0]; mm += 5) {
            on.fill(
                    new Rectangle2D.Double(left + mm - 0.05, top, 0.1, mm % 10 == 0 ? 2.4 : 1.4),
                    java.awt.Color.BLACK);
        }
        for (int mm = 0; mm <= length[1]; mm += 5) {
            on.fill(
                    new Rectangle2D.Double(left, top + mm - 0.05, mm % 10 == 0 ? 2.4 : 1.4, 0.1),
                    java.awt.Color.BLACK);
        }
        on.fill(new Rectangle2D.Double(left, top - 0.1, length[0], 0.2), java.awt.Color.BLACK);
        on.fill(new Rectangle2D.Double(left - 0.1, top, 0.2, length[1]), java.awt.Color.BLACK);
        on.text(whole(length[0]) + " mm", 6, left + length[0] - 9, top + 5.2, false);
        on.text(whole(length[1]) + " mm", 6, left + 3.2, top + length[1], false);
    }

    private static String whole(double length) {
        return String.valueOf(Math.round(length));
    }
}
