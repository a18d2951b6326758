package cn.xinyuan.server.issuing.web;

import static org.assertj.core.api.Assertions.assertThat;

import cn.xinyuan.codes.CodeEngine;
import cn.xinyuan.codes.CodeKey;
import cn.xinyuan.codes.ItemCode;
import cn.xinyuan.server.issuing.web.LabelSheet.Label;
import cn.xinyuan.server.issuing.web.LabelSheet.Layout;
import com.google.zxing.BarcodeFormat;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.LuminanceSource;
import com.google.zxing.NotFoundException;
import com.google.zxing.client.j2se.BufferedImageLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;

class LabelSheetTest {

    private static final int DPI = 200;
    private static final CodeEngine ENGINE =
            new CodeEngine(new CodeKey(new UUID(1, 2), 7, new byte[32]));

    @Test
    void a_camera_reads_every_label_of_a_printed_sheet_and_nothing_where_none_was_printed()
            throws Exception {
        List<Label> labels = labels(40);
        byte[] pdf = pdf(labels, new Layout(4, 0.5f, -0.3f));

        var read = new ArrayList<String>();
        try (PDDocument document = Loader.loadPDF(pdf)) {
            assertThat(document.getNumberOfPages()).isEqualTo(2);
            var renderer = new PDFRenderer(document);
            for (int page = 0; page < 2; page++) {
                BufferedImage sheet = renderer.renderImageWithDPI(page, DPI);
                for (int place = 0; place < 24; place++) {
                    read.add(decode(sheet, place));
                }
            }
        }
        var expected = new ArrayList<String>(List.of("", "", ""));
        labels.forEach(label -> expected.add(label.address()));
        expected.addAll(List.of("", "", "", "", ""));
        assertThat(read).isEqualTo(expected);
    }

    @Test
    void what_a_person_reads_stands_beside_it_in_chinese() throws IOException {
        try (PDDocument document = Loader.loadPDF(pdf(labels(1), new Layout(1, 0, 0)))) {
            assertThat(new PDFTextStripper().getText(document))
                    .contains("茂名“信”字号")
                    .contains("桂味荔枝 2.5 kg 礼盒")
                    .contains("承诺达标合格证")
                    .contains("批 L250611-GW-03")
                    .contains(ENGINE.code(7, 0).grouped());
        }
    }

    @Test
    void a_short_host_keeps_the_qr_at_version_2_and_a_longer_one_at_version_3() {
        String code = ENGINE.code(7, 0).text();
        assertThat(LabelSheet.code("HTTPS://T.MMXIN.CN/T/" + code).version).isEqualTo(2);
        assertThat(LabelSheet.code("HTTPS://XIN.MAOMING.GOV.CN/T/" + code).version).isEqualTo(3);
    }

    private static List<Label> labels(int count) {
        return LongStream.range(0, count)
                .mapToObj(
                        serial -> {
                            ItemCode code = ENGINE.code(7, serial);
                            return new Label(
                                    "HTTPS://T.MMXIN.CN/T/" + code,
                                    "茂名“信”字号",
                                    "桂味荔枝 2.5 kg 礼盒",
                                    "承诺达标合格证",
                                    "批 L250611-GW-03",
                                    code.grouped());
                        })
                .toList();
    }

    private static byte[] pdf(List<Label> labels, Layout layout) throws IOException {
        var bytes = new ByteArrayOutputStream();
        LabelSheet.write(bytes, labels, layout);
        return bytes.toByteArray();
    }

    /** What a reader sees in one of the 24 places; empty when there is no QR. */
    private static String decode(BufferedImage sheet, int place) throws Exception {
        double pixels = DPI / 25.4;
        int x = (int) (place % 3 * 70 * pixels);
        int y = (int) ((0.5 + place / 3 * 37) * pixels);
        BufferedImage label = sheet.getSubimage(x, y, (int) (69 * pixels), (int) (36.5 * pixels));
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
        }
    }
}
