package cn.xinyuan.server.pages;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;

/**
 * The one font of everything we print: Noto Sans SC, TrueType, the characters of GB/T 2312 and of
 * many personal names. Each document embeds only the characters it uses. A character that the font
 * has not is printed as 〓, so that a rare name never stops a label.
 *
 * <p>One object belongs to one document and one thread.
 */
public final class PrintFont {

    private static final String FILE = "/fonts/noto-sans-sc-gb2312.ttf";
    private static final int MISSING = '〓';

    private final PDFont font;

    private PrintFont(PDFont font) {
        this.font = font;
    }

    /** Puts the font into a document. */
    public static PrintFont in(PDDocument document) {
        try {
            return new PrintFont(
                    PDType0Font.load(document, new ByteArrayInputStream(File.BYTES), true));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The font for {@code PDPageContentStream.setFont}. */
    public PDFont font() {
        return font;
    }

    /** The text with what cannot be printed replaced; line ends become spaces. */
    public String printable(String text) {
        var kept = new StringBuilder(text.length());
        text.codePoints().forEach(c -> kept.appendCodePoint(c < ' ' ? ' ' : has(c) ? c : MISSING));
        return kept.toString();
    }

    /** How wide a printable text is at a size, in points. */
    public float width(String printable, float size) {
        try {
            return font.getStringWidth(printable) / 1000 * size;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The text, cut with … if it is wider than {@code most} points. */
    public String fit(String text, float size, float most) {
        String whole = printable(text);
        if (width(whole, size) <= most) {
            return whole;
        }
        for (int kept = whole.codePointCount(0, whole.length()) - 1; kept > 0; kept--) {
            String cut = whole.substring(0, whole.offsetByCodePoints(0, kept)) + "…";
            if (width(cut, size) <= most) {
                return cut;
            }
        }
        return "…";
    }

    /** The text in lines not wider than {@code most} points; breaks between any two characters. */
    public List<String> lines(String text, float size, float most) {
        var lines = new ArrayList<String>();
        var line = new StringBuilder();
        for (int c : printable(text).codePoints().toArray()) {
            String next = line + Character.toString(c);
            if (!line.isEmpty() && width(next, size) > most) {
                lines.add(line.toString().strip());
                line.setLength(0);
            }
            line.appendCodePoint(c);
        }
        if (!line.isEmpty()) {
            lines.add(line.toString().strip());
        }
        return lines;
    }

    private boolean has(int c) {
        try {
            font.encode(Character.toString(c));
            return true;
        } catch (IllegalArgumentException missing) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The font file; not to be changed. */
    static byte[] bytes() {
        return File.BYTES;
    }

    /** Read once, when something is printed for the first time. */
    private static final class File {

        static final byte[] BYTES = read();

        private static byte[] read() {
            try (InputStream in = PrintFont.class.getResourceAsStream(FILE)) {
                if (in == null) {
                    throw new IllegalStateException("the program has lost " + FILE);
                }
                return in.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
