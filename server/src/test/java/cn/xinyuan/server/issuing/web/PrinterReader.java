package cn.xinyuan.server.issuing.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Understands the command streams as a printer does, command by command; what it does not know, or
 * what is cut short, it refuses. It shares nothing with the program that writes them.
 */
final class PrinterReader {

    private static final Pattern GRAPHIC =
            Pattern.compile("GFA,(\\d+),(\\d+),(\\d+),(.*)", Pattern.DOTALL);
    private static final Pattern BITMAP =
            Pattern.compile("BITMAP (\\d+),(\\d+),(\\d+),(\\d+),(\\d),");

    private PrinterReader() {}

    /** The labels of a ZPL stream. */
    static List<BufferedImage> zpl(byte[] stream) {
        var labels = new ArrayList<BufferedImage>();
        int width = 0;
        int height = 0;
        BufferedImage label = null;
        for (String command : new String(stream, ISO_8859_1).split("\\^")) {
            String c = command.strip();
            if (c.startsWith("PW")) {
                width = Integer.parseInt(c.substring(2));
            } else if (c.startsWith("LL")) {
                height = Integer.parseInt(c.substring(2));
            } else if (c.startsWith("GFA")) {
                label = white(width, height);
                graphic(c, label);
            } else if (c.equals("XZ")) {
                labels.add(label);
                label = null;
            } else if (!c.isEmpty() && !c.matches("XA|LH0,0|LT0|LS0|PON|FO0,0|FS|PQ1")) {
                throw new IllegalArgumentException("an unknown command " + c);
            }
        }
        return labels;
    }

    private static void graphic(String command, BufferedImage on) {
        Matcher parts = GRAPHIC.matcher(command);
        if (!parts.matches() || !parts.group(1).equals(parts.group(2))) {
            throw new IllegalArgumentException("a broken ^GFA");
        }
        int rowDigits = Integer.parseInt(parts.group(3)) * 2;
        int total = Integer.parseInt(parts.group(1)) * 2;
        var digits = new StringBuilder();
        int times = 0;
        for (char c : parts.group(4).toCharArray()) {
            if (c >= 'G' && c <= 'Y') {
                times += c - 'G' + 1;
            } else if (c >= 'g' && c <= 'z') {
                times += (c - 'g' + 1) * 20;
            } else if (c == ',') {
                do {
                    digits.append('0');
                } while (digits.length() % rowDigits != 0);
            } else if (c == ':') {
                digits.append(digits, digits.length() - rowDigits, digits.length());
            } else if (Character.digit(c, 16) >= 0) {
                digits.repeat(c, Math.max(1, times));
                times = 0;
            } else {
                throw new IllegalArgumentException("an unknown character " + c);
            }
        }
        if (digits.length() != total) {
            throw new IllegalArgumentException(digits.length() + " digits and not " + total);
        }
        for (int i = 0; i < total; i++) {
            int four = Character.digit(digits.charAt(i), 16);
            for (int bit = 0; bit < 4; bit++) {
                ink(on, i % rowDigits * 4 + bit, i / rowDigits, (four >> 3 - bit & 1) == 1);
            }
        }
    }

    /** The labels of a TSPL stream. */
    static List<BufferedImage> tspl(byte[] stream) {
        var labels = new ArrayList<BufferedImage>();
        String text = new String(stream, ISO_8859_1);
        BufferedImage label = null;
        for (int at = 0; at < text.length(); ) {
            Matcher bitmap = BITMAP.matcher(text).region(at, text.length());
            if (bitmap.lookingAt()) {
                int rowBytes = Integer.parseInt(bitmap.group(3));
                int height = Integer.parseInt(bitmap.group(4));
                label = white(rowBytes * 8, height);
                byte[] data =
                        Arrays.copyOfRange(stream, bitmap.end(), bitmap.end() + rowBytes * height);
                for (int i = 0; i < data.length; i++) {
                    for (int bit = 0; bit < 8; bit++) {
                        boolean black = (data[i] >> 7 - bit & 1) == 0;
                        ink(label, i % rowBytes * 8 + bit, i / rowBytes, black);
                    }
                }
                at = bitmap.end() + data.length + 2;
            } else {
                int end = text.indexOf("\r\n", at);
                String line = text.substring(at, end);
                if (line.equals("PRINT 1,1")) {
                    labels.add(label);
                } else if (!line.matches("CLS|REFERENCE 0,0|SIZE [\\d.]+ mm,[\\d.]+ mm")) {
                    throw new IllegalArgumentException("an unknown command " + line);
                }
                at = end + 2;
            }
        }
        return labels;
    }

    private static BufferedImage white(int width, int height) {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        var graphics = image.createGraphics();
        graphics.setColor(java.awt.Color.WHITE);
        graphics.fillRect(0, 0, width, height);
        graphics.dispose();
        return image;
    }

    private static void ink(BufferedImage on, int x, int y, boolean black) {
        if (black) {
            on.setRGB(x, y, 0);
        }
    }
}
