package cn.xinyuan.server.issuing.web;

import static cn.xinyuan.server.issuing.domain.LabelTemplate.QUIET;

import cn.xinyuan.server.pages.PrintFont;
import io.nayuki.qrcodegen.QrCode;
import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.PathIterator;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.IdentityHashMap;
import java.util.Map;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.graphics.image.LosslessFactory;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
import org.apache.pdfbox.pdmodel.graphics.state.RenderingMode;

/** Draws on a page of a PDF: the QR as squares, text as text in the embedded font. */
final class PdfSurface implements Surface {

    static final double MM = 72 / 25.4;

    private final PDDocument document;
    private final PrintFont font;
    private final Map<BufferedImage, PDImageXObject> pictures;
    private final PDPageContentStream content;
    private final double pageHeight;
    private double originX;
    private double originY;

    /**
     * @param pageHeight in millimetres
     * @param pictures those that the document holds already; grows
     */
    PdfSurface(
            PDDocument document,
            PrintFont font,
            PDPageContentStream content,
            double pageHeight,
            Map<BufferedImage, PDImageXObject> pictures) {
        this.document = document;
        this.font = font;
        this.content = content;
        this.pageHeight = pageHeight;
        this.pictures = pictures;
    }

    static Map<BufferedImage, PDImageXObject> noPictures() {
        return new IdentityHashMap<>();
    }

    /** From now on lengths count from this point of the page. */
    PdfSurface at(double left, double top) {
        originX = left;
        originY = top;
        return this;
    }

    @Override
    public double width(String text, double size) {
        return font.width(font.printable(text), (float) size) / MM;
    }

    @Override
    public void text(String text, double size, double left, double base, boolean bold)
            throws IOException {
        content.setNonStrokingColor(Color.BLACK);
        content.setStrokingColor(Color.BLACK);
        content.beginText();
        content.setRenderingMode(bold ? RenderingMode.FILL_STROKE : RenderingMode.FILL);
        content.setLineWidth(bold ? (float) (size / 40) : 0);
        content.setFont(font.font(), (float) size);
        content.newLineAtOffset(x(left), y(base));
        content.showText(font.printable(text));
        content.endText();
    }

    @Override
    public void fill(Shape outline, Color colour) throws IOException {
        content.setNonStrokingColor(colour);
        PathIterator path = outline.getPathIterator(null);
        trace(path);
        if (path.getWindingRule() == PathIterator.WIND_EVEN_ODD) {
            content.fillEvenOdd();
        } else {
            content.fill();
        }
    }

    @Override
    public void stroke(Shape outline, double width) throws IOException {
        content.setStrokingColor(Color.BLACK);
        content.setLineWidth((float) (width * MM));
        trace(outline.getPathIterator(null));
        content.stroke();
    }

    private void trace(PathIterator path) throws IOException {
        double[] p = new double[6];
        double atX = 0;
        double atY = 0;
        for (; !path.isDone(); path.next()) {
            switch (path.currentSegment(p)) {
                case PathIterator.SEG_MOVETO -> {
                    content.moveTo(x(p[0]), y(p[1]));
                    atX = p[0];
                    atY = p[1];
                }
                case PathIterator.SEG_LINETO -> {
                    content.lineTo(x(p[0]), y(p[1]));
                    atX = p[0];
                    atY = p[1];
                }
                case PathIterator.SEG_QUADTO -> {
                    // a quadratic curve as a cubic one
                    content.curveTo(
                            x(atX + 2 / 3.0 * (p[0] - atX)),
                            y(atY + 2 / 3.0 * (p[1] - atY)),
                            x(p[2] + 2 / 3.0 * (p[0] - p[2])),
                            y(p[3] + 2 / 3.0 * (p[1] - p[3])),
                            x(p[2]),
                            y(p[3]));
                    atX = p[2];
                    atY = p[3];
                }
                case PathIterator.SEG_CUBICTO -> {
                    content.curveTo(x(p[0]), y(p[1]), x(p[2]), y(p[3]), x(p[4]), y(p[5]));
                    atX = p[4];
                    atY = p[5];
                }
                default -> content.closePath();
            }
        }
    }

    @Override
    public void picture(BufferedImage picture, double left, double top, double width, double height)
            throws IOException {
        PDImageXObject embedded = pictures.get(picture);
        if (embedded == null) {
            embedded = LosslessFactory.createFromImage(document, picture);
            pictures.put(picture, embedded);
        }
        content.drawImage(
                embedded, x(left), y(top + height), (float) (width * MM), (float) (height * MM));
    }

    @Override
    public double snapped(double left) {
        return left;
    }

    /** Dark modules, neighbours in a row as one rectangle. */
    @Override
    public void qr(QrCode code, double left, double top, double side) throws IOException {
        double module = side / (code.size + 2 * QUIET);
        content.setNonStrokingColor(Color.BLACK);
        for (int row = 0; row < code.size; row++) {
            for (int column = 0; column < code.size; column++) {
                int from = column;
                while (column < code.size && code.getModule(column, row)) {
                    column++;
                }
                if (column > from) {
                    content.addRect(
                            x(left + (QUIET + from) * module),
                            y(top + (QUIET + row + 1) * module),
                            (float) ((column - from) * module * MM),
                            (float) (module * MM));
                }
            }
        }
        content.fill();
    }

    private float x(double mm) {
        return (float) ((originX + mm) * MM);
    }

    private float y(double mm) {
        return (float) ((pageHeight - originY - mm) * MM);
    }
}
