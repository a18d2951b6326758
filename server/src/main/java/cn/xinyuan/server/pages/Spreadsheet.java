package cn.xinyuan.server.pages;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/**
 * A table as a file that opens in a spreadsheet program: sortable, its header frozen. It is written
 * row by row, so that its length costs no memory. Text that such a program would take for a formula
 * is disarmed.
 */
public final class Spreadsheet {

    /** The kinds of file. */
    public enum Format {
        /** UTF-8 with a byte order mark, commas, CRLF (RFC 4180). */
        CSV("text/csv;charset=UTF-8"),
        /** Office Open XML (ISO/IEC 29500). */
        XLSX("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");

        private final String mediaType;

        Format(String mediaType) {
            this.mediaType = mediaType;
        }

        public String mediaType() {
            return mediaType;
        }

        /** What the file's name ends with. */
        public String extension() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** Takes the cells of a row from left to right; {@link #end} ends the row. */
    public interface Cells {
        Cells text(String text) throws IOException;

        Cells number(BigDecimal number) throws IOException;

        Cells number(long number) throws IOException;

        void end() throws IOException;
    }

    /** Tells all rows. */
    @FunctionalInterface
    public interface Rows {
        void tell(Cells cells) throws IOException;
    }

    /** Where a spreadsheet program ends. */
    private static final int MOST_ROWS = 1_048_576;

    private static final int LONGEST_TEXT = 32_767;
    private static final int FLUSH = 2_000;

    /** Characters that begin a formula, in their narrow and wide forms (OWASP, CSV injection). */
    private static final String DANGEROUS = "=+-@\t\r\n＝＋－＠";

    private Spreadsheet() {}

    /** Writes a table; the stream stays open. */
    public static void write(
            Format format, OutputStream to, String name, List<String> header, Rows rows)
            throws IOException {
        switch (format) {
            case CSV -> {
                Writer out =
                        new BufferedWriter(
                                new OutputStreamWriter(to, StandardCharsets.UTF_8), 1 << 16);
                out.write('\uFEFF');
                Csv cells = new Csv(out);
                for (String title : header) {
                    cells.text(title);
                }
                cells.end();
                rows.tell(cells);
                out.flush();
            }
            case XLSX -> {
                Workbook book = new Workbook(to, "Xinyuan", "1.0");
                book.setCompressionLevel(1);
                Xlsx cells = new Xlsx(book, name, header);
                rows.tell(cells);
                cells.finish();
                book.finish();
            }
        }
    }

    private static final class Csv implements Cells {
        private final Writer out;
        private boolean begun;

        Csv(Writer out) {
            this.out = out;
        }

        private void next() throws IOException {
            if (begun) {
                out.write(',');
            }
            begun = true;
        }

        @Override
        public Cells text(String text) throws IOException {
            next();
            boolean disarm = !text.isEmpty() && DANGEROUS.indexOf(text.charAt(0)) >= 0;
            boolean quote = false;
            for (int i = 0; i < text.length() && !quote; i++) {
                char c = text.charAt(i);
                quote = c == ',' || c == '"' || c == '\n' || c == '\r';
            }
            if (quote) {
                out.write('"');
            }
            if (disarm) {
                out.write('\'');
            }
            out.write(quote ? text.replace("\"", "\"\"") : text);
            if (quote) {
                out.write('"');
            }
            return this;
        }

        @Override
        public Cells number(BigDecimal number) throws IOException {
            next();
            out.write(number.toPlainString());
            return this;
        }

        @Override
        public Cells number(long number) throws IOException {
            next();
            out.write(Long.toString(number));
            return this;
        }

        @Override
        public void end() throws IOException {
            out.write("\r\n");
            begun = false;
        }
    }

    /** Text is written as text, never as a formula; too long a table goes on in another sheet. */
    private static final class Xlsx implements Cells {
        private final Workbook book;
        private final String name;
        private final List<String> header;
        private int sheets;
        private Worksheet sheet;
        private int row;
        private int column;

        Xlsx(Workbook book, String name, List<String> header) {
            this.book = book;
            this.name = name;
            this.header = header;
            this.sheet = sheet();
        }

        private Worksheet sheet() {
            sheets++;
            Worksheet fresh = book.newWorksheet(sheets == 1 ? name : name + " " + sheets);
            fresh.freezePane(0, 1);
            for (int i = 0; i < header.size(); i++) {
                fresh.inlineString(0, i, header.get(i));
                fresh.width(i, 18);
            }
            fresh.range(0, 0, 0, Math.max(0, header.size() - 1)).style().bold().set();
            row = 1;
            column = 0;
            return fresh;
        }

        @Override
        public Cells text(String text) {
            sheet.inlineString(
                    row,
                    column++,
                    text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text);
            return this;
        }

        @Override
        public Cells number(BigDecimal number) {
            sheet.value(row, column++, number);
            return this;
        }

        @Override
        public Cells number(long number) {
            sheet.value(row, column++, number);
            return this;
        }

        @Override
        public void end() throws IOException {
            row++;
            column = 0;
            if (row == MOST_ROWS) {
                finish();
                sheet = sheet();
            } else if (row % FLUSH == 0) {
                sheet.flush();
            }
        }

        void finish() throws IOException {
            sheet.setAutoFilter(0, 0, row - 1, Math.max(0, header.size() - 1));
            sheet.finish();
        }
    }
}
