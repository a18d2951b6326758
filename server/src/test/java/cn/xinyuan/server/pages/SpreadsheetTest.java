package cn.xinyuan.server.pages;

import static org.assertj.core.api.Assertions.assertThat;

import cn.xinyuan.server.pages.Spreadsheet.Format;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

class SpreadsheetTest {

    private static byte[] file(Format format, Spreadsheet.Rows rows) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Spreadsheet.write(format, out, "批次", List.of("批次", "公斤", "箱"), rows);
        return out.toByteArray();
    }

    private static String part(byte[] book, String name) throws IOException {
        Path file = Files.createTempFile("book", ".xlsx");
        try {
            Files.write(file, book);
            try (ZipFile zip = new ZipFile(file.toFile())) {
                return new String(
                        zip.getInputStream(zip.getEntry(name)).readAllBytes(),
                        StandardCharsets.UTF_8);
            }
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void a_csv_begins_with_a_mark_and_disarms_what_looks_like_a_formula() throws IOException {
        String csv =
                new String(
                        file(
                                Format.CSV,
                                cells -> {
                                    cells.text("=cmd|' /C calc'!A0")
                                            .number(new BigDecimal("-1.500"))
                                            .number(7)
                                            .end();
                                    cells.text("say \"hi\", then\nleave").text("＝1").text("").end();
                                    cells.text("@x").text("+1").text("a-b").end();
                                }),
                        StandardCharsets.UTF_8);
        assertThat(csv)
                .isEqualTo(
                        "\uFEFF批次,公斤,箱\r\n'=cmd|' /C calc'!A0,-1.500,7\r\n"
                                + "\"say \"\"hi\"\", then\nleave\",'＝1,\r\n'@x,'+1,a-b\r\n");
    }

    @Test
    void a_workbook_is_sortable_its_header_stays_and_text_is_never_a_formula() throws IOException {
        byte[] book =
                file(
                        Format.XLSX,
                        cells -> {
                            for (int i = 0; i < 4_500; i++) {
                                cells.text("=1+1").number(new BigDecimal("2.25")).number(i).end();
                            }
                        });
        String sheet = part(book, "xl/worksheets/sheet1.xml");
        assertThat(sheet)
                .contains("state=\"frozen\"")
                .contains("<autoFilter ref=\"A1:C4501\"")
                .contains("=1+1")
                .contains("<v>2.25</v>")
                .contains("r=\"A4501\"")
                .doesNotContain("<f>");
        assertThat(part(book, "xl/workbook.xml")).contains("name=\"&#x6279;&#x6b21;\"");
    }

    @Test
    void a_table_longer_than_a_sheet_goes_on_in_another_one() throws IOException {
        byte[] book =
                file(
                        Format.XLSX,
                        cells -> {
                            for (int i = 0; i < 1_048_580; i++) {
                                cells.number(1).end();
                            }
                        });
        assertThat(part(book, "xl/workbook.xml")).contains("name=\"&#x6279;&#x6b21; 2\"");
        assertThat(part(book, "xl/worksheets/sheet2.xml")).contains("<autoFilter ref=\"A1:C6\"");
    }
}
