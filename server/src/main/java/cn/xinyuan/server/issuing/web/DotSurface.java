package cn.xinyuan.server.issuing.web;

import static cn.xinyuan.server.issuing.domain.LabelTemplate.QUIET;

import cn.xinyuan.server.issuing.domain.PrintSetting;
import cn.xinyuan.server.pages.FontOutlines;
import io.nayuki.qrcodegen.QrCode;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;

/**
 * Draws with the dots of a thermal printer, black or white and nothing between. The modules of a QR
 * are whole dots, each as large as the other, so that no edge is blurred.
 */
final class DotSurface implements Surface {

    private static final double MM_PER_POINT = 25.4 / 72;

    private final BufferedImage image;
    private final Graphics2D graphics;
    private final FontOutlines font;
    private final AffineTransform mm;

    /**
     * @param width of the label, in millimetres
     */
    DotSurface(FontOutlines font, double width, double height, PrintSetting setting) {
        this.font = font;
        double dots = setting.format().dotsPerMm();
        image =
                new BufferedImage(
                        setting.format().dots(width),
                        setting.format().dots(height),
                        BufferedImage.TYPE_INT_RGB);
        graphics = image.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
        graphics.setRenderingHint(
                RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_OFF);
        graphics.setRenderingHint(
                RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        mm =
                new AffineTransform(
                        dots * setting.scale().across().doubleValue() / 100,
                        0,
                        0,
                        dots * setting.scale().down().doubleValue() / 100,
                        dots * setting.rightMm().doubleValue(),
                        dots * setting.downMm().doubleValue());
    }

    /** The label as it will be printed. */
    Dots dots() {
        graphics.dispose();
        return Dots.of(image);
    }

    @Override
    public double width(String text, double size) {
        return font.width(font.printable(text), size * MM_PER_POINT);
    }

    @Override
    public void text(String text, double size, double left, double base, boolean bold) {
        Shape line = font.line(font.printable(text), size * MM_PER_POINT, left, base);
        Shape placed = mm.createTransformedShape(line);
        graphics.setColor(Color.BLACK);
        graphics.fill(placed);
        if (bold) {
            graphics.setStroke(
                    new BasicStroke((float) (size / 40 * MM_PER_POINT * mm.getScaleX())));
            graphics.draw(placed);
        }
    }

    @Override
    public void fill(Shape outline, Color colour) {
        graphics.setColor(isDark(colour) ? Color.BLACK : Color.WHITE);
        graphics.fill(mm.createTransformedShape(outline));
    }

    private static boolean isDark(Color colour) {
        return colour.getRed() * 299 + colour.getGreen() * 587 + colour.getBlue() * 114 < 160_000;
    }

    @Override
    public void stroke(Shape outline, double width) {
        graphics.setColor(Color.BLACK);
        graphics.setStroke(new BasicStroke((float) (width * mm.getScaleX())));
        graphics.draw(mm.createTransformedShape(outline));
    }

    @Override
    public void picture(
            BufferedImage picture, double left, double top, double width, double height) {
        var place = new AffineTransform(mm);
        place.translate(left, top);
        place.scale(width / picture.getWidth(), height / picture.getHeight());
        graphics.drawImage(picture, place, null);
    }

    @Override
    public double snapped(double left) {
        return Math.round(left * mm.getScaleX()) / mm.getScaleX();
    }

    @Override
    public void qr(QrCode code, double left, double top, double side) {
        int across = code.size + 2 * QUIET;
        double smaller = Math.min(mm.getScaleX(), mm.getScaleY());
        int module = (int) Math.floor(side * smaller / across + 1e-9);
        double[] middle = {left + side / 2, top + side / 2};
        mm.transform(middle, 0, middle, 0, 1);
        int x = (int) Math.round(middle[0] - code.size * module / 2.0);
        int y = (int) Math.round(middle[1] - code.size * module / 2.0);
        graphics.setColor(Color.BLACK);
        for (int row = 0; row < code.size; row++) {
            for (int column = 0; column < code.size; column++) {
                if (code.getModule(column, row)) {
                    graphics.fillRect(x + column * module, y + row * module, module, module);
                }
            }
        }
    }
}
