package cn.xinyuan.server.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;

class PrintFontTest {

    @Test
    void chinese_is_printed_in_a_small_embedded_subset_and_can_be_copied_out_again()
            throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var document = new PDDocument()) {
            var font = PrintFont.in(document);
            var page = new PDPage();
            document.addPage(page);
            try (var content = new PDPageContentStream(document, page)) {
                content.beginText();
                content.setFont(font.font(), 12);
                content.newLineAtOffset(72, 700);
                content.showText(font.printable("桂味荔枝 2.5 kg 承诺达标合格证 Guiwei №"));
                content.endText();
            }
            document.save(bytes);
        }
        assertThat(bytes.size()).isLessThan(60_000);
        try (var document = Loader.loadPDF(bytes.toByteArray())) {
            assertThat(new PDFTextStripper().getText(document)).contains("桂味荔枝 2.5 kg 承诺达标合格证");
        }
    }

    @Test
    void a_character_that_the_font_has_not_does_not_stop_the_printing() throws IOException {
        try (var document = new PDDocument()) {
            var font = PrintFont.in(document);
            assertThat(font.printable("𠮷野家🍒\n荔枝")).isEqualTo("〓野家〓 荔枝");
            assertThat(font.fit("茂名市高州市根子镇荔枝专业合作社", 10, 60)).endsWith("…");
            assertThat(font.lines("茂名市高州市根子镇", 10, 40)).containsExactly("茂名市高", "州市根子", "镇");
        }
    }
}
