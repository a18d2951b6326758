package cn.xinyuan.server.issuing.web;

import static org.assertj.core.api.Assertions.assertThat;

import cn.xinyuan.codes.Sscc;
import cn.xinyuan.server.issuing.domain.LabelFormat;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.Result;
import com.google.zxing.client.j2se.BufferedImageLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.oned.Code128Reader;
import com.google.zxing.qrcode.QRCodeReader;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CaseLabelTest {

    private static final Sscc SSCC = Sscc.withCheckDigit("09521234000000042");
    private static final CaseLabel.Content CONTENT =
            new CaseLabel.Content(
                    SSCC,
                    "HTTPS://XIN.MAOMING.GOV.CN/00/" + SSCC,
                    "箱",
                    "根子示例荔枝合作社（演示）",
                    List.of("桂味荔枝 2.5 kg 礼盒", "24 件", "批 P250611-0003", "2025-06-11 装"),
                    true);

    @ParameterizedTest
    @EnumSource
    void a_scanner_reads_the_sscc_as_gs1_128_and_a_phone_the_address(LabelFormat format)
            throws Exception {
        var bytes = new ByteArrayOutputStream();
        CaseLabel.write(bytes, CONTENT, format);
        BufferedImage label =
                switch (format) {
                    case PDF -> {
                        try (var document = Loader.loadPDF(bytes.toByteArray())) {
                            yield new PDFRenderer(document).renderImageWithDPI(0, 200);
                        }
                    }
                    case ZPL_203, ZPL_300 -> PrinterReader.zpl(bytes.toByteArray()).getFirst();
                    case TSPL_203, TSPL_300 -> PrinterReader.tspl(bytes.toByteArray()).getFirst();
                };
        Path folder = Files.createDirectories(Path.of("target/labels"));
        ImageIO.write(label, "png", folder.resolve("case-" + format + ".png").toFile());

        Result bars =
                new Code128Reader()
                        .decode(
                                bitmap(label, 0.6, 0.9),
                                Map.of(
                                        DecodeHintType.ASSUME_GS1, true,
                                        DecodeHintType.TRY_HARDER, true));
        // ]C1 says that FNC1 stands in the first place: GS1-128 and no other Code 128
        assertThat(bars.getText()).isEqualTo("]C100" + SSCC.digits());
        Result qr =
                new QRCodeReader()
                        .decode(bitmap(label, 0, 0.6), Map.of(DecodeHintType.TRY_HARDER, true));
        assertThat(qr.getText()).isEqualTo(CONTENT.address());
    }

    @Test
    void a_person_reads_what_is_in_it_and_that_the_number_is_a_demonstration() throws Exception {
        var bytes = new ByteArrayOutputStream();
        CaseLabel.write(bytes, CONTENT, LabelFormat.PDF);
        try (var document = Loader.loadPDF(bytes.toByteArray())) {
            assertThat(new PDFTextStripper().getText(document))
                    .contains("箱", "演示", "24 件", "批 P250611-0003", "(00) " + SSCC.digits());
            var page = document.getPage(0).getMediaBox();
            assertThat(page.getWidth() * 25.4 / 72).isBetween(104.9, 105.1);
            assertThat(page.getHeight() * 25.4 / 72).isBetween(147.9, 148.1);
        }
    }

    @Test
    void the_bars_are_those_of_the_standard() {
        int[] widths = Gs1Code128.widths(SSCC);
        assertThat(java.util.Arrays.stream(widths).sum()).isEqualTo(Gs1Code128.MODULES);
        // start C and FNC1
        assertThat(java.util.Arrays.copyOf(widths, 12))
                .containsExactly(2, 1, 1, 2, 3, 2, 4, 1, 1, 1, 3, 1);
    }

    private static BinaryBitmap bitmap(BufferedImage label, double from, double to) {
        int top = (int) (label.getHeight() * from);
        int height = (int) (label.getHeight() * (to - from));
        return new BinaryBitmap(
                new HybridBinarizer(
                        new BufferedImageLuminanceSource(
                                label.getSubimage(0, top, label.getWidth(), height))));
    }
}
