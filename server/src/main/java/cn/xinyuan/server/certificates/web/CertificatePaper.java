package cn.xinyuan.server.certificates.web;

import cn.xinyuan.server.pages.PrintFont;
import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;

/**
 * 承诺达标合格证 on paper: A5, with the commitment, its grounds, the fields of order 4/2025 and a QR that
 * opens the public page. A certificate that was taken back says so across the sheet.
 */
final class CertificatePaper {

    private static final float MARGIN = 36;
    private static final float QR = 96;
    private static final Color RED = new Color(0xA3, 0x14, 0x2B);
    private static final List<String> COMMITMENT =
            List.of("不使用禁用农药兽药、停用兽药和非法添加物", "常规农药兽药残留不超标", "对承诺的真实性负责");

    private CertificatePaper() {}

    /** The PDF of a certificate. */
    static byte[] of(CertificatePage certificate) {
        try (var document = new PDDocument()) {
            document.getDocumentInformation().setTitle("承诺达标合格证 " + certificate.number());
            var page = new PDPage(PDRectangle.A5);
            document.addPage(page);
            try (var content = new PDPageContentStream(document, page)) {
                new Sheet(content, PrintFont.in(document), page.getMediaBox()).draw(certificate);
            }
            var bytes = new ByteArrayOutputStream();
            document.save(bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Sheet {

        private final PDPageContentStream content;
        private final PrintFont font;
        private final float width;
        private final float height;
        private float y;

        Sheet(PDPageContentStream content, PrintFont font, PDRectangle box) {
            this.content = content;
            this.font = font;
            this.width = box.getWidth();
            this.height = box.getHeight();
            this.y = height - MARGIN;
        }

        void draw(CertificatePage c) throws IOException {
            y -= 26;
            centred("承诺达标合格证", 26);
            y -= 22;
            centred("编号 " + c.number(), 11);
            y -= 30;
            text(MARGIN, "我承诺对生产销售的食用农产品：", 12);
            for (String line : COMMITMENT) {
                y -= 21;
                box(MARGIN, true);
                text(MARGIN + 18, line, 12);
            }
            y -= 26;
            text(MARGIN, "承诺依据：", 12);
            float x = MARGIN + 64;
            for (var basis : c.basis()) {
                box(x, basis.ticked());
                text(x + 16, basis.word(), 11);
                x += 26 + font.width(font.printable(basis.word()), 11);
            }
            y -= 14;
            rule();
            field("产品名称", c.product());
            field("数量（重量）", c.kilograms());
            field("产地", c.origin());
            field("生产批次", c.lot());
            field("生产者", c.committer());
            field("联系方式", c.phone());
            field("开具日期", c.day());
            y -= 6;
            rule();
            qr(c);
            float under = y;
            y -= 24;
            text(MARGIN + QR + 14, "扫码核对本证", 12);
            y -= 18;
            lines(MARGIN + QR + 14, c.address(), 8);
            y -= 16;
            lines(MARGIN + QR + 14, c.edition(), 8);
            y = under - QR - 8;
            if (c.revokedBecause() != null) {
                content.setNonStrokingColor(RED);
                y = height / 2;
                centred("已收回，不再有效", 34);
                y -= 22;
                centred(font.fit(c.revokedBecause(), 11, width - 2 * MARGIN), 11);
            }
        }

        private void field(String name, String value) throws IOException {
            y -= 21;
            text(MARGIN, name, 11);
            text(MARGIN + 84, font.fit(value, 12, width - 2 * MARGIN - 84), 12);
        }

        private void qr(CertificatePage c) throws IOException {
            var qr = Qr.of(c.address());
            float module = QR / qr.size();
            float top = y - 6;
            for (int row = 0; row < qr.code().size; row++) {
                for (int col = 0; col < qr.code().size; col++) {
                    if (qr.code().getModule(col, row)) {
                        content.addRect(
                                MARGIN + (col + Qr.QUIET) * module,
                                top - (row + Qr.QUIET + 1) * module,
                                module,
                                module);
                    }
                }
            }
            content.fill();
        }

        private void box(float x, boolean ticked) throws IOException {
            content.setLineWidth(1);
            content.addRect(x, y - 1, 10, 10);
            content.stroke();
            if (ticked) {
                content.setLineWidth(1.6f);
                content.moveTo(x + 2, y + 4);
                content.lineTo(x + 4.5f, y + 1.5f);
                content.lineTo(x + 9, y + 8);
                content.stroke();
            }
        }

        private void rule() throws IOException {
            content.setLineWidth(0.6f);
            content.moveTo(MARGIN, y);
            content.lineTo(width - MARGIN, y);
            content.stroke();
        }

        private void lines(float x, String text, float size) throws IOException {
            boolean first = true;
            for (String line : font.lines(text, size, width - MARGIN - x)) {
                if (!first) {
                    y -= size + 3;
                }
                first = false;
                text(x, line, size);
            }
        }

        private void centred(String text, float size) throws IOException {
            text((width - font.width(font.printable(text), size)) / 2, text, size);
        }

        private void text(float x, String text, float size) throws IOException {
            content.beginText();
            content.setFont(font.font(), size);
            content.newLineAtOffset(x, y);
            content.showText(font.printable(text));
            content.endText();
        }
    }
}
