package cn.xinyuan.server.issuing.web;

import cn.xinyuan.server.pages.PrintFont;
import io.nayuki.qrcodegen.QrCode;
import io.nayuki.qrcodegen.QrSegment;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Iterator;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.graphics.state.RenderingMode;

/**
 * A4 sheets of 24 labels, 3 × 8 of 70 × 37 mm. The QR is drawn as squares, not as a picture, with 4
 * modules of quiet zone within 26 mm; its address is in capitals, so that it stays at version 2 or
 * 3 with error correction M (ISO/IEC 18004) and a module is at least 0.7 mm.
 */
final class LabelSheet {

    private static final float MM = 72 / 25.4f;
    private static final int COLUMNS = 3;
    private static final int ROWS = 8;
    private static final float WIDTH = 70;
    private static final float HEIGHT = 37;

    /** Eight rows are 296 mm: half a millimetre stays free above and below. */
    private static final float TOP = 0.5f;

    private static final float QR = 26;
    private static final float QR_LEFT = 3;
    private static final int QUIET = 4;
    private static final float TEXT_LEFT = 30.5f;
    private static final float TEXT_WIDTH = 36.5f;

    private final PDDocument document;
    private final PrintFont font;

    private LabelSheet(PDDocument document) {
        this.document = document;
        this.font = PrintFont.in(document);
    }

    /**
     * One label.
     *
     * @param address what the QR says, in capitals
     * @param brand the mark in words
     * @param product name and pack
     * @param second a line below: 承诺达标合格证 once the lot has one; empty for none
     * @param third the lot's number; empty before activation
     * @param code in groups of four
     */
    record Label(
            String address,
            String brand,
            String product,
            String second,
            String third,
            String code) {}

    /**
     * @param position where to begin on the first sheet, 1 to 24, row by row
     * @param rightMm how far the print is moved to the right
     */
    record Layout(int position, float rightMm, float downMm) {}

    /** Writes the labels as PDF. */
    static void write(OutputStream to, List<Label> labels, Layout layout) throws IOException {
        try (var document = new PDDocument()) {
            new LabelSheet(document).draw(labels, layout);
            document.getDocumentInformation().setTitle("信源标签");
            document.save(to);
        }
    }

    private void draw(List<Label> labels, Layout layout) throws IOException {
        Iterator<Label> rest = labels.iterator();
        int place = layout.position() - 1;
        while (rest.hasNext()) {
            var page = new PDPage(PDRectangle.A4);
            document.addPage(page);
            try (var content = new PDPageContentStream(document, page)) {
                for (; place < COLUMNS * ROWS && rest.hasNext(); place++) {
                    float left = place % COLUMNS * WIDTH + layout.rightMm();
                    int row = place / COLUMNS;
                    float top = TOP + row * HEIGHT + layout.downMm();
                    draw(content, rest.next(), left, top);
                }
            }
            place = 0;
        }
    }

    private void draw(PDPageContentStream content, Label label, float left, float top)
            throws IOException {
        qr(content, label.address(), left + QR_LEFT, top + (HEIGHT - QR) / 2);
        float x = left + TEXT_LEFT;
        content.setNonStrokingColor(0.624f, 0.078f, 0.133f);
        content.addRect(x * MM, y(top + 9.3f), 4 * MM, 4 * MM);
        content.fill();
        content.setNonStrokingColor(1f, 1f, 1f);
        text(content, "信", 9, x + 0.42f, top + 8.4f, false, TEXT_WIDTH);
        content.setNonStrokingColor(0f, 0f, 0f);
        text(content, label.brand(), 8.5f, x + 5, top + 8.4f, false, TEXT_WIDTH - 5);
        text(content, label.product(), 10.5f, x, top + 14.2f, true, TEXT_WIDTH);
        text(content, label.second(), 8.5f, x, top + 19.2f, true, TEXT_WIDTH);
        text(content, label.third(), 8, x, top + 23.8f, false, TEXT_WIDTH);
        text(content, label.code(), 8.5f, x, top + 29, true, TEXT_WIDTH);
    }

    private void text(
            PDPageContentStream content,
            String text,
            float size,
            float leftMm,
            float baseMm,
            boolean bold,
            float mostMm)
            throws IOException {
        if (text.isEmpty()) {
            return;
        }
        content.beginText();
        content.setRenderingMode(bold ? RenderingMode.FILL_STROKE : RenderingMode.FILL);
        content.setLineWidth(bold ? size / 40 : 0);
        content.setFont(font.font(), size);
        content.newLineAtOffset(leftMm * MM, y(baseMm));
        content.showText(font.fit(text, size, mostMm * MM));
        content.endText();
    }

    /** Dark modules, neighbours in a row as one rectangle. */
    private static void qr(PDPageContentStream content, String address, float left, float top)
            throws IOException {
        QrCode code = code(address);
        float module = QR / (code.size + 2 * QUIET);
        content.setNonStrokingColor(0f, 0f, 0f);
        for (int row = 0; row < code.size; row++) {
            for (int column = 0; column < code.size; column++) {
                int from = column;
                while (column < code.size && code.getModule(column, row)) {
                    column++;
                }
                if (column > from) {
                    content.addRect(
                            (left + (QUIET + from) * module) * MM,
                            y(top + (QUIET + row + 1) * module),
                            (column - from) * module * MM,
                            module * MM);
                }
            }
        }
        content.fill();
    }

    /**
     * The QR of an address: in the alphanumeric mode when the address allows it.
     *
     * @throws IllegalArgumentException if the address is too long for any QR
     */
    static QrCode code(String address) {
        return QrCode.encodeSegments(
                QrSegment.makeSegments(address), QrCode.Ecc.MEDIUM, 2, 40, -1, false);
    }

    private static float y(float fromTopMm) {
        return PDRectangle.A4.getHeight() - fromTopMm * MM;
    }
}
