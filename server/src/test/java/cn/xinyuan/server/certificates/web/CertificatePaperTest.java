package cn.xinyuan.server.certificates.web;

import static org.assertj.core.api.Assertions.assertThat;

import cn.xinyuan.server.pages.Badge;
import cn.xinyuan.server.pages.Form;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.client.j2se.BufferedImageLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.awt.image.BufferedImage;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CertificatePaperTest {

    private static final String ADDRESS = "https://xin.example/c/HGZ-2025-000017";

    @Test
    void the_paper_says_what_the_law_wants_in_text_that_can_be_copied() throws Exception {
        try (var pdf = Loader.loadPDF(CertificatePaper.of(certificate(null)))) {
            assertThat(pdf.getNumberOfPages()).isEqualTo(1);
            assertThat(new PDFTextStripper().getText(pdf))
                    .contains(
                            "承诺达标合格证",
                            "HGZ-2025-000017",
                            "不使用禁用农药兽药、停用兽药和非法添加物",
                            "质量安全控制",
                            "委托检测",
                            "桂味荔枝 2.5 kg 礼盒",
                            "1,240.5 kg",
                            "高州市根子镇",
                            "L250611-GW-03",
                            "根子荔枝专业合作社（演示）",
                            "138 0000 0001",
                            "2025-06-12",
                            "2026 年 2 月 1 日")
                    .doesNotContain("已收回");
        }
    }

    @Test
    void its_qr_opens_the_public_page() throws Exception {
        try (var pdf = Loader.loadPDF(CertificatePaper.of(certificate(null)))) {
            BufferedImage image = new PDFRenderer(pdf).renderImageWithDPI(0, 200);
            var read =
                    new QRCodeReader()
                            .decode(
                                    new BinaryBitmap(
                                            new HybridBinarizer(
                                                    new BufferedImageLuminanceSource(image))));
            assertThat(read.getText()).isEqualTo(ADDRESS);
        }
    }

    @Test
    void a_certificate_that_was_taken_back_says_so_on_paper() throws Exception {
        try (var pdf = Loader.loadPDF(CertificatePaper.of(certificate("批次召回 召-2025-0001")))) {
            assertThat(new PDFTextStripper().getText(pdf)).contains("已收回，不再有效", "召-2025-0001");
        }
    }

    private static CertificatePage certificate(@Nullable String revoked) {
        var qr = Qr.of(ADDRESS);
        return new CertificatePage(
                "7f8b7c1e-0000-4000-8000-000000000001",
                "HGZ-2025-000017",
                "7f8b7c1e-0000-4000-8000-000000000002",
                "L250611-GW-03",
                "桂味荔枝 2.5 kg 礼盒",
                "1,240.5 kg",
                "高州市根子镇",
                "根子荔枝专业合作社（演示）",
                "138 0000 0001",
                "2025-06-12",
                List.of(
                        new CertificatePage.Basis("质量安全控制", "quality control", true),
                        new CertificatePage.Basis("自检", "own test", false),
                        new CertificatePage.Basis("委托检测", "commissioned test", true)),
                revoked == null ? Badge.IN_FORCE : Badge.REVOKED,
                revoked,
                "格式按农业农村部令 2025 年第 4 号（2026 年 2 月 1 日起施行）",
                ADDRESS,
                qr.path(),
                qr.size(),
                false,
                Form.empty());
    }
}
