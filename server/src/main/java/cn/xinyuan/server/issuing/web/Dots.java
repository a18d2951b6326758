package cn.xinyuan.server.issuing.web;

import java.awt.image.BufferedImage;
import java.util.Arrays;

/**
 * A label in dots, a bit each, the leftmost dot of a row in the highest bit of its first byte; 1 is
 * black.
 *
 * @param rowBytes bytes of a row; the bits behind the last dot are white
 */
record Dots(int width, int height, int rowBytes, byte[] bits) {

    private static final int MIDDLE = 128;

    /** Whatever is darker than half is black. */
    static Dots of(BufferedImage grey) {
        int rowBytes = (grey.getWidth() + 7) / 8;
        int[] row = new int[grey.getWidth()];
        byte[] bits = new byte[rowBytes * grey.getHeight()];
        for (int y = 0; y < grey.getHeight(); y++) {
            grey.getRGB(0, y, row.length, 1, row, 0, row.length);
            for (int x = 0; x < row.length; x++) {
                if (brightness(row[x]) < MIDDLE) {
                    bits[y * rowBytes + x / 8] |= (byte) (0x80 >> x % 8);
                }
            }
        }
        return new Dots(grey.getWidth(), grey.getHeight(), rowBytes, bits);
    }

    private static int brightness(int rgb) {
        return ((rgb >> 16 & 0xFF) * 299 + (rgb >> 8 & 0xFF) * 587 + (rgb & 0xFF) * 114) / 1000;
    }

    byte[] row(int y) {
        return Arrays.copyOfRange(bits, y * rowBytes, (y + 1) * rowBytes);
    }
}
