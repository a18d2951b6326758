package cn.xinyuan.server.issuing.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import cn.xinyuan.codes.CodeEngine;
import cn.xinyuan.codes.CodeKey;
import cn.xinyuan.codes.ItemCode;
import cn.xinyuan.server.issuing.domain.LabelFormat;
import cn.xinyuan.server.issuing.domain.LabelTemplate;
import cn.xinyuan.server.issuing.domain.PrintSetting;
import cn.xinyuan.server.issuing.domain.PrintSetting.Scale;
import cn.xinyuan.server.issuing.web.LabelDrawing.Label;
import com.google.zxing.BarcodeFormat;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.ChecksumException;
import com.google.zxing.DecodeHintType;
import com.google.zxing.FormatException;
import com.google.zxing.LuminanceSource;
import com.google.zxing.NotFoundException;
import com.google.zxing.client.j2se.BufferedImageLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import io.nayuki.qrcodegen.QrCode;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LabelFileTest {

    private static final int DPI = 200;
    private static final CodeEngine ENGINE =
            new CodeEngine(new CodeKey(new UUID(1, 2), 0, new byte[32]));
    private static final String SHORT = "HTTPS://T.MMXIN.CN/T/";
    private static final String LONG = "HTTPS://XIN.MAOMING.GOV.CN/T/";
    private static final LabelFile FILE = new LabelFile(new Marks("", ""));

    @ParameterizedTest
    @EnumSource
    void a_camera_reads_every_label_of_a_sheet_of_each_template_and_nothing_where_none_was_printed(
            LabelTemplate template) throws Exception {
        int begin = template.isRoll() ? 1 : 4;
        int count = template.perSheet() + 2;
        List<Label> labels = labels(count, LONG);
        var setting =
                new PrintSetting(
                        template,
                        LabelFormat.PDF,
                        begin,
                        new BigDecimal("0.2"),
                        new BigDecimal("-0.2"),
                        new Scale(new BigDecimal("99.8"), new BigDecimal("100.1")),
                        "");
        int sheets = (count + begin - 1 + template.perSheet() - 1) / template.perSheet();

        var read = new ArrayList<String>();
        try (PDDocument document = Loader.loadPDF(written(labels, setting))) {
            assertThat(document.getNumberOfPages()).isEqualTo(sheets);
            var renderer = new PDFRenderer(document);
            for (int page = 0; page < sheets; page++) {
                BufferedImage sheet = renderer.renderImageWithDPI(page, DPI);
                if (page == 0) {
                    picture(sheet, template.key());
                }
                for (int place = 0; place < template.perSheet(); place++) {
                    read.add(decode(cut(sheet, template, place)));
                }
            }
        }
        var expected = new ArrayList<>(Collections.nCopies(begin - 1, ""));
        labels.forEach(label -> expected.add(label.address()));
        expected.addAll(Collections.nCopies(read.size() - expected.size(), ""));
        assertThat(read).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "ROLL_40X30, ZPL_203",
        "ROLL_40X30, ZPL_300",
        "ROLL_40X30, TSPL_203",
        "ROLL_40X30, TSPL_300",
        "ROLL_60X40, ZPL_203",
        "ROLL_60X40, ZPL_300",
        "ROLL_60X40, TSPL_203",
        "ROLL_60X40, TSPL_300"
    })
    void the_very_dots_that_are_sent_to_a_thermal_printer_are_read_again(
            LabelTemplate template, LabelFormat format) throws Exception {
        List<Label> labels = labels(5, LONG);
        byte[] stream = written(labels, PrintSetting.plain(template, format));

        List<BufferedImage> seen =
                format.suffix().equals("zpl")
                        ? PrinterReader.zpl(stream)
                        : PrinterReader.tspl(stream);
        picture(seen.getFirst(), template.key() + "-" + format);
        assertThat(seen).hasSize(5);
        assertThat(seen.getFirst().getWidth())
                .isBetween(format.dots(template.width()), format.dots(template.width()) + 7);
        assertThat(seen.getFirst().getHeight()).isEqualTo(format.dots(template.height()));
        for (int i = 0; i < 5; i++) {
            assertThat(decode(seen.get(i))).isEqualTo(labels.get(i).address());
        }
        if (format.suffix().equals("tspl")) {
            assertThat(new String(stream, ISO_8859_1))
                    .startsWith(
                            "SIZE %.1f mm,%.1f mm\r\n"
                                    .formatted(template.width(), template.height()));
        }
    }

    @Test
    void dots_follow_offset_and_scale() throws Exception {
        var moved =
                new PrintSetting(
                        LabelTemplate.ROLL_60X40,
                        LabelFormat.ZPL_203,
                        1,
                        BigDecimal.ONE,
                        new BigDecimal("-0.5"),
                        Scale.NONE,
                        "");
        List<Label> one = labels(1, SHORT);
        BufferedImage plain =
                PrinterReader.zpl(
                                written(
                                        one,
                                        PrintSetting.plain(
                                                LabelTemplate.ROLL_60X40, LabelFormat.ZPL_203)))
                        .getFirst();
        BufferedImage there = PrinterReader.zpl(written(one, moved)).getFirst();
        int same = 0;
        int dots = 0;
        for (int y = 40; y < 280; y++) {
            for (int x = 20; x < 440; x++) {
                dots++;
                same += plain.getRGB(x, y) == there.getRGB(x + 8, y - 4) ? 1 : 0;
            }
        }
        assertThat(same).isGreaterThan(dots * 98 / 100);
    }

    @ParameterizedTest
    @EnumSource
    void a_module_is_half_a_millimetre_or_more_on_every_template(LabelTemplate template) {
        int modules = ReadableQr.of(LONG + ENGINE.code(0, 0)).size;
        assertThat(modules).isEqualTo(29);
        for (LabelFormat format : LabelFormat.values()) {
            if (template.isRoll() || !format.isDots()) {
                assertThat(template.module(modules, Scale.NONE, format))
                        .isGreaterThanOrEqualTo(0.5);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void places_lie_on_the_paper_and_none_over_another(LabelTemplate template) {
        int last = template.perSheet() - 1;
        assertThat(template.left(0)).isGreaterThanOrEqualTo(0);
        assertThat(template.left(last) + template.width())
                .isLessThanOrEqualTo(template.paperWidth() + 1e-9);
        assertThat(template.top(last) + template.height())
                .isLessThanOrEqualTo(template.paperHeight() + 1e-9);
        assertThat(template.pitchAcross()).isGreaterThanOrEqualTo(template.width());
        assertThat(template.pitchDown()).isGreaterThanOrEqualTo(template.height());
        // what lies left and right of the labels is the same width, so the sheet is told right
        assertThat(template.paperWidth() - template.left(last) - template.width())
                .isCloseTo(template.left(0), org.assertj.core.data.Offset.offset(0.1));
    }

    @ParameterizedTest
    @EnumSource
    void what_a_person_reads_stands_beside_it_in_chinese_in_an_embedded_font(LabelTemplate template)
            throws IOException {
        byte[] pdf = written(labels(1, SHORT), PrintSetting.plain(template, LabelFormat.PDF));
        try (PDDocument document = Loader.loadPDF(pdf)) {
            String text = new PDFTextStripper().getText(document).replaceAll("\\s", "");
            assertThat(text)
                    .contains("承诺达标合格证")
                    .contains("桂味荔枝")
                    .contains("2.5kg礼盒")
                    .contains("批L250611-GW-03")
                    .contains(ENGINE.code(0, 0).text());
            for (var name : document.getPage(0).getResources().getFontNames()) {
                PDFont font = document.getPage(0).getResources().getFont(name);
                assertThat(font.isEmbedded()).isTrue();
                assertThat(font.getName()).as("a subset").matches("[A-Z]{6}\\+.*");
            }
        }
        assertThat(pdf.length).isLessThan(60_000);
    }

    @ParameterizedTest
    @EnumSource
    void the_calibration_page_has_rulers_of_the_length_they_say(LabelTemplate template)
            throws IOException {
        var bytes = new ByteArrayOutputStream();
        FILE.calibration(bytes, PrintSetting.plain(template, LabelFormat.PDF));
        try (PDDocument document = Loader.loadPDF(bytes.toByteArray())) {
            assertThat(document.getNumberOfPages()).isEqualTo(1);
            BufferedImage page = new PDFRenderer(document).renderImageWithDPI(0, DPI);
            picture(page, "calibration-" + template.key());
            double dots = DPI / 25.4;
            double top = template.isRoll() ? 5 : 60;
            double left = template.isRoll() ? 5 : 30;
            int row = (int) Math.round(top * dots);
            double length = new LabelDrawing(template, new Marks("", "")).ruler()[0];
            assertThat(isDark(page, (int) ((left + 0.5) * dots), row)).isTrue();
            assertThat(isDark(page, (int) ((left + length - 0.5) * dots), row)).isTrue();
        }
    }

    /** Three in a hundred of them are lost when the mask is chosen by the penalty alone. */
    @Test
    void the_simplest_reader_reads_the_qr_of_every_one_of_three_thousand_codes() throws Exception {
        var lost = new ArrayList<String>();
        for (long i = 0; i < 3_000; i++) {
            String address = (i % 2 == 0 ? SHORT : LONG) + ENGINE.code(0, i);
            QrCode code = ReadableQr.of(address);
            int module = 4 + (int) (i % 3);
            int side = (code.size + 12) * module;
            var image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
            for (int y = 0; y < side; y++) {
                for (int x = 0; x < side; x++) {
                    boolean dark = code.getModule(x / module - 6, y / module - 6);
                    image.setRGB(x, y, dark ? 0 : 0xFFFFFF);
                }
            }
            if (!decode(image).equals(address)) {
                lost.add(address + " mask " + code.mask);
            }
        }
        assertThat(lost).isEmpty();
    }

    @Test
    void a_short_host_keeps_the_qr_at_version_2_and_a_longer_one_at_version_3() {
        String code = ENGINE.code(0, 0).text();
        assertThat(ReadableQr.of(SHORT + code).version).isEqualTo(2);
        assertThat(ReadableQr.of(LONG + code).version).isEqualTo(3);
    }

    @Test
    void the_table_in_the_docs_is_the_one_that_is_printed_by() throws IOException {
        String docs = Files.readString(Path.of("../docs/labels.md"));
        for (LabelTemplate t : LabelTemplate.values()) {
            assertThat(docs)
                    .contains(
                            String.format(
                                    Locale.ROOT,
                                    "| `%s` | %d × %d | %s × %s | %s, %s | %s, %s | %s |",
                                    t.key(),
                                    t.columns(),
                                    t.rows(),
                                    plain(t.width()),
                                    plain(t.height()),
                                    plain(t.left(0)),
                                    plain(t.top(0)),
                                    plain(t.pitchAcross()),
                                    plain(t.pitchDown()),
                                    plain(t.qr())));
        }
    }

    private static String plain(double length) {
        return BigDecimal.valueOf(length).stripTrailingZeros().toPlainString();
    }

    private static List<Label> labels(int count, String base) {
        return LongStream.range(0, count)
                .mapToObj(
                        serial -> {
                            ItemCode code = ENGINE.code(0, serial);
                            return new Label(
                                    base + code,
                                    "茂名“信”字号",
                                    true,
                                    "桂味荔枝",
                                    "2.5 kg 礼盒",
                                    "承诺达标合格证",
                                    "批 L250611-GW-03",
                                    code.grouped(),
                                    serial % 2 == 0 ? "" : "7K3 M9Q");
                        })
                .toList();
    }

    private static byte[] written(List<Label> labels, PrintSetting setting) throws IOException {
        var bytes = new ByteArrayOutputStream();
        FILE.write(bytes, labels.iterator(), setting);
        return bytes.toByteArray();
    }

    private static boolean isDark(BufferedImage page, int x, int y) {
        return new Color(page.getRGB(x, y)).getRed() < 128
                || new Color(page.getRGB(x, y - 1)).getRed() < 128
                || new Color(page.getRGB(x, y + 1)).getRed() < 128;
    }

    /** Kept beside the test's output, for whoever wants to look at a label. */
    private static void picture(BufferedImage image, String name) throws IOException {
        Path folder = Files.createDirectories(Path.of("target/labels"));
        ImageIO.write(image, "png", folder.resolve(name + ".png").toFile());
    }

    private static BufferedImage cut(BufferedImage sheet, LabelTemplate template, int place) {
        double dots = DPI / 25.4;
        int x = (int) (template.left(place) * dots);
        int y = (int) (template.top(place) * dots);
        return sheet.getSubimage(
                x,
                y,
                Math.min((int) (template.width() * dots), sheet.getWidth() - x),
                Math.min((int) (template.height() * dots), sheet.getHeight() - y));
    }

    /** What a reader sees; empty when there is no QR. */
    private static String decode(BufferedImage label) throws Exception {
        LuminanceSource source = new BufferedImageLuminanceSource(label);
        try {
            return new QRCodeReader()
                    .decode(
                            new BinaryBitmap(new HybridBinarizer(source)),
                            Map.of(
                                    DecodeHintType.TRY_HARDER,
                                    true,
                                    DecodeHintType.POSSIBLE_FORMATS,
                                    List.of(BarcodeFormat.QR_CODE)))
                    .getText();
        } catch (NotFoundException nothing) {
            return "";
        } catch (ChecksumException | FormatException unreadable) {
            return unreadable.toString();
        }
    }
}
