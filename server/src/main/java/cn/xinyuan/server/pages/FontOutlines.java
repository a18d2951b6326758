package cn.xinyuan.server.pages;

import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.GeneralPath;
import java.awt.geom.Path2D;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.GlyphData;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;

/**
 * The characters of {@link PrintFont} as outlines, for printers that take dots and know no Chinese
 * themselves. What the font has not is 〓, as there. One object belongs to one thread.
 */
public final class FontOutlines {

    private static final int MISSING = '〓';

    private final TrueTypeFont font;
    private final CmapLookup glyphs;
    private final double unit;
    private final Map<Integer, GeneralPath> known = new HashMap<>();

    private FontOutlines(TrueTypeFont font) throws IOException {
        this.font = font;
        this.glyphs = font.getUnicodeCmapLookup();
        this.unit = 1.0 / font.getUnitsPerEm();
    }

    /** Reads the font. */
    public static FontOutlines read() {
        try {
            return new FontOutlines(
                    new TTFParser().parse(new RandomAccessReadBuffer(PrintFont.bytes())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The text with what cannot be printed replaced; line ends become spaces. */
    public String printable(String text) {
        var kept = new StringBuilder(text.length());
        text.codePoints()
                .forEach(
                        c ->
                                kept.appendCodePoint(
                                        c < ' ' ? ' ' : glyphs.getGlyphId(c) > 0 ? c : MISSING));
        return kept.toString();
    }

    /** How wide a text is when an em has a size, in the unit of the size. */
    public double width(String text, double size) {
        return text.codePoints().mapToDouble(c -> advance(c) * size).sum();
    }

    /** A line of text as one outline; y grows downwards. */
    public Shape line(String text, double size, double left, double base) {
        var line = new Path2D.Double(Path2D.WIND_NON_ZERO);
        double x = left;
        for (int c : text.codePoints().toArray()) {
            line.append(
                    new AffineTransform(size * unit, 0, 0, -size * unit, x, base)
                            .createTransformedShape(outline(glyphs.getGlyphId(c))),
                    false);
            x += advance(c) * size;
        }
        return line;
    }

    private double advance(int character) {
        try {
            return font.getAdvanceWidth(glyphs.getGlyphId(character)) * unit;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private GeneralPath outline(int glyph) {
        return known.computeIfAbsent(
                glyph,
                g -> {
                    try {
                        GlyphData data = font.getGlyph().getGlyph(g);
                        return data == null ? new GeneralPath() : data.getPath();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }
}
