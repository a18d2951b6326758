package cn.xinyuan.server.issuing.web;

import cn.xinyuan.server.issuing.domain.LabelTemplate;
import cn.xinyuan.server.issuing.domain.PrintSetting;
import cn.xinyuan.server.issuing.web.LabelDrawing.Label;
import cn.xinyuan.server.pages.FontOutlines;
import cn.xinyuan.server.pages.PrintFont;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Iterator;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.util.Matrix;
import org.springframework.stereotype.Component;

/** Writes labels as the file that is printed. */
@Component
class LabelFile {

    private final Marks marks;

    LabelFile(Marks marks) {
        this.marks = marks;
    }

    /** The labels, from the position that the setting names. */
    void write(OutputStream to, Iterator<Label> labels, PrintSetting setting) throws IOException {
        if (setting.format().isDots()) {
            var font = FontOutlines.read();
            var drawing = new LabelDrawing(setting.template(), marks);
            PrinterStream printer = PrinterStream.of(setting.format());
            printer.begin(to, setting.template().width(), setting.template().height());
            while (labels.hasNext()) {
                DotSurface surface = dots(font, setting);
                drawing.draw(surface, labels.next());
                printer.label(to, surface.dots());
            }
        } else {
            try (var document = new PDDocument()) {
                document.getDocumentInformation().setTitle("信源标签");
                sheets(document, labels, setting);
                document.save(to);
            }
        }
    }

    /** A page to lay over label paper: where each label falls, and rulers to measure the scale. */
    void calibration(OutputStream to, PrintSetting setting) throws IOException {
        LabelTemplate template = setting.template();
        var drawing = new LabelDrawing(template, marks);
        if (setting.format().isDots()) {
            DotSurface surface = dots(FontOutlines.read(), setting);
            drawing.calibration(surface, 0, true);
            drawing.rulers(surface);
            PrinterStream printer = PrinterStream.of(setting.format());
            printer.begin(to, template.width(), template.height());
            printer.label(to, surface.dots());
            return;
        }
        try (var document = new PDDocument()) {
            document.getDocumentInformation().setTitle("标签校准页");
            PDPage page = page(template);
            document.addPage(page);
            try (var content = new PDPageContentStream(document, page)) {
                adjust(content, setting);
                var surface =
                        new PdfSurface(
                                document,
                                PrintFont.in(document),
                                content,
                                template.paperHeight(),
                                PdfSurface.noPictures());
                for (int place = 0; place < template.perSheet(); place++) {
                    drawing.calibration(
                            surface.at(template.left(place), template.top(place)),
                            place,
                            place == 0);
                }
                surface.at(0, 0);
                drawing.rulers(surface);
                if (!template.isRoll()) {
                    List<String> how =
                            List.of(
                                    "1. 按“实际大小”打印，叠在标签纸上对光看：框线应与标签边缘重合。",
                                    "2. 框线偏左 1 mm，就在“右移”填 1；偏上 1 mm，就在“下移”填 1。",
                                    "3. 量两条标尺：横尺应为 150 mm，竖尺应为 200 mm。",
                                    "    缩放填 150 ÷ 量得的长度 × 100，或 200 ÷ 量得的长度 × 100。",
                                    "已按右移 %s mm、下移 %s mm、横 %s%%、竖 %s%% 打印。"
                                            .formatted(
                                                    setting.rightMm().toPlainString(),
                                                    setting.downMm().toPlainString(),
                                                    setting.scale().across().toPlainString(),
                                                    setting.scale().down().toPlainString()));
                    for (int i = 0; i < how.size(); i++) {
                        surface.text(how.get(i), 9, 45, 80 + i * 6, false);
                    }
                }
            }
            document.save(to);
        }
    }

    private static DotSurface dots(FontOutlines font, PrintSetting setting) {
        return new DotSurface(
                font, setting.template().width(), setting.template().height(), setting);
    }

    private void sheets(PDDocument document, Iterator<Label> labels, PrintSetting setting)
            throws IOException {
        LabelTemplate template = setting.template();
        PrintFont font = PrintFont.in(document);
        var drawing = new LabelDrawing(template, marks);
        var pictures = PdfSurface.noPictures();
        int place = setting.position() - 1;
        while (labels.hasNext()) {
            PDPage page = page(template);
            document.addPage(page);
            try (var content = new PDPageContentStream(document, page)) {
                adjust(content, setting);
                var surface =
                        new PdfSurface(document, font, content, template.paperHeight(), pictures);
                for (; place < template.perSheet() && labels.hasNext(); place++) {
                    drawing.draw(
                            surface.at(template.left(place), template.top(place)), labels.next());
                }
            }
            place = 0;
        }
    }

    private static PDPage page(LabelTemplate template) {
        return new PDPage(
                new PDRectangle(
                        (float) (template.paperWidth() * PdfSurface.MM),
                        (float) (template.paperHeight() * PdfSurface.MM)));
    }

    /** Scales from the upper left corner of the paper, then moves. */
    private static void adjust(PDPageContentStream content, PrintSetting setting)
            throws IOException {
        double across = setting.scale().across().doubleValue() / 100;
        double down = setting.scale().down().doubleValue() / 100;
        double height = setting.template().paperHeight() * PdfSurface.MM;
        content.transform(
                new Matrix(
                        (float) across,
                        0,
                        0,
                        (float) down,
                        (float) (setting.rightMm().doubleValue() * PdfSurface.MM),
                        (float)
                                (height * (1 - down)
                                        - setting.downMm().doubleValue() * PdfSurface.MM)));
    }
}
