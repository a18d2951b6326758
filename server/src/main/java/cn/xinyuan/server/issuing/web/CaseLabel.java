package cn.xinyuan.server.issuing.web;

import cn.xinyuan.codes.Sscc;
import cn.xinyuan.server.issuing.domain.LabelFormat;
import cn.xinyuan.server.issuing.domain.LabelTemplate;
import cn.xinyuan.server.issuing.domain.PrintSetting;
import cn.xinyuan.server.pages.FontOutlines;
import cn.xinyuan.server.pages.PrintFont;
import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;

/**
 * The label of a case or pallet (GS1 Logistic Label Guideline 1.3): what is in it in words, a QR
 * with its address, and last the SSCC as GS1-128 with modules of half a millimetre and bars of 32
 * mm. A6 as PDF, 100 × 150 mm as ZPL or TSPL.
 */
final class CaseLabel {

    private static final double WIDTH = 105;
    private static final double HEIGHT = 148;
    private static final double ROLL_WIDTH = 100;
    private static final double ROLL_HEIGHT = 150;
    private static final double LEFT = 6;
    private static final double MODULE = 0.5;
    private static final double BAR_HEIGHT = 32;
    private static final double QR = 30;

    private CaseLabel() {}

    /**
     * What stands on it.
     *
     * @param address of the page that its QR opens
     * @param kind 箱 or 托盘
     * @param sender who packed it
     * @param lines product, boxes, lots
     * @param demo whether the SSCC bears the prefix for demonstrations
     */
    record Content(
            Sscc sscc,
            String address,
            String kind,
            String sender,
            List<String> lines,
            boolean demo) {}

    static void write(OutputStream to, Content content, LabelFormat format) throws IOException {
        if (format.isDots()) {
            var surface =
                    new DotSurface(
                            FontOutlines.read(),
                            ROLL_WIDTH,
                            ROLL_HEIGHT,
                            PrintSetting.plain(LabelTemplate.ROLL_60X40, format));
            // whole dots for a module, and never less than half a millimetre
            double module = Math.ceil(MODULE * format.dotsPerMm() - 0.01) / format.dotsPerMm();
            draw(surface, content, ROLL_WIDTH, module);
            PrinterStream printer = PrinterStream.of(format);
            printer.begin(to, ROLL_WIDTH, ROLL_HEIGHT);
            printer.label(to, surface.dots());
            return;
        }
        try (var document = new PDDocument()) {
            document.getDocumentInformation().setTitle("物流标签 " + content.sscc());
            var page =
                    new PDPage(
                            new PDRectangle(
                                    (float) (WIDTH * PdfSurface.MM),
                                    (float) (HEIGHT * PdfSurface.MM)));
            document.addPage(page);
            try (var stream = new PDPageContentStream(document, page)) {
                draw(
                        new PdfSurface(
                                document,
                                PrintFont.in(document),
                                stream,
                                HEIGHT,
                                PdfSurface.noPictures()),
                        content,
                        WIDTH,
                        MODULE);
            }
            document.save(to);
        }
    }

    private static void draw(Surface on, Content content, double width, double module)
            throws IOException {
        double most = width - 2 * LEFT;
        line(on, content.sender(), 13, LEFT, 12, most, true);
        on.fill(new Rectangle2D.Double(LEFT, 15.5, most, 0.4), Color.BLACK);
        on.text(content.kind(), 22, LEFT, 27, true);
        if (content.demo()) {
            on.text("演示", 22, width - LEFT - on.width("演示", 22), 27, true);
        }
        double y = 36;
        for (String each : content.lines()) {
            line(on, each, 12, LEFT, y, most - QR - 2, false);
            y += 6.5;
        }
        on.qr(ReadableQr.of(content.address()), width - LEFT - QR, 31, QR);
        on.fill(new Rectangle2D.Double(LEFT, 88, most, 0.4), Color.BLACK);
        on.text("SSCC", 9, LEFT, 94, false);
        String digits = content.sscc().digits();
        String readable = "(00) " + digits;
        double wide = Gs1Code128.MODULES * module;
        double x = (width - wide) / 2;
        bars(on, Gs1Code128.widths(content.sscc()), x, 98, module);
        on.text(readable, 13, (width - on.width(readable, 13)) / 2, 98 + BAR_HEIGHT + 6.5, true);
    }

    private static void bars(Surface on, int[] widths, double left, double top, double module)
            throws IOException {
        int at = 0;
        double begin = on.snapped(left);
        for (int i = 0; i < widths.length; i++) {
            if (i % 2 == 0) {
                on.fill(
                        new Rectangle2D.Double(
                                begin + at * module, top, widths[i] * module, BAR_HEIGHT),
                        Color.BLACK);
            }
            at += widths[i];
        }
    }

    private static void line(
            Surface on, String text, double size, double x, double base, double most, boolean bold)
            throws IOException {
        double set = size;
        while (set > size * 0.6 && on.width(text, set) > most) {
            set -= 0.5;
        }
        int kept = text.length();
        while (kept > 0 && on.width(text.substring(0, kept), set) > most) {
            kept = text.offsetByCodePoints(kept, -1);
        }
        on.text(text.substring(0, kept), set, x, base, bold);
    }
}
