package cn.xinyuan.server.issuing.web;

import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;

/** A mark as it is printed on labels: outlines of an SVG, or the dots of a PNG. */
sealed interface MarkImage {

    /** The largest file that is read; a mark is a few kilobytes. */
    int LARGEST = 1 << 20;

    /**
     * Reads a mark.
     *
     * @param name of the file; its end tells SVG from PNG
     * @throws IllegalArgumentException with what is wrong and what to do, in Chinese
     */
    static MarkImage read(String name, byte[] bytes) {
        if (bytes.length > LARGEST) {
            throw new IllegalArgumentException(
                    "文件有 " + bytes.length / 1024 + " KB，标志图片最多 1,024 KB，请缩小后再配置");
        }
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".svg")) {
            return SvgOutlines.read(bytes);
        }
        if (!lower.endsWith(".png")) {
            throw new IllegalArgumentException("只接受 .svg 或 .png 文件");
        }
        try {
            BufferedImage picture = ImageIO.read(new ByteArrayInputStream(bytes));
            if (picture == null || picture.getWidth() < 16 || picture.getHeight() < 16) {
                throw new IllegalArgumentException("不是 PNG 图片，或不足 16 × 16 像素");
            }
            return new Picture(picture);
        } catch (IOException e) {
            throw new IllegalArgumentException("PNG 图片已损坏：" + e.getMessage(), e);
        }
    }

    /** Width by height. */
    double proportion();

    /** Draws it into a box of a height; the width follows. */
    void draw(Surface on, double left, double top, double height) throws IOException;

    /** Filled outlines, one over the other. */
    record Outlines(double width, double height, List<Filled> filled) implements MarkImage {

        /** An outline and its colour. */
        record Filled(Shape outline, Color colour) {}

        public Outlines {
            filled = List.copyOf(filled);
        }

        @Override
        public double proportion() {
            return width / height;
        }

        @Override
        public void draw(Surface on, double left, double top, double boxHeight) throws IOException {
            double factor = boxHeight / height;
            var place = new AffineTransform(factor, 0, 0, factor, left, top);
            for (Filled each : filled) {
                on.fill(place.createTransformedShape(each.outline()), each.colour());
            }
        }
    }

    /** A picture of dots. */
    record Picture(BufferedImage image) implements MarkImage {

        @Override
        public double proportion() {
            return (double) image.getWidth() / image.getHeight();
        }

        @Override
        public void draw(Surface on, double left, double top, double boxHeight) throws IOException {
            on.picture(image, left, top, boxHeight * proportion(), boxHeight);
        }
    }
}
