package cn.xinyuan.server.issuing.web;

import cn.xinyuan.server.issuing.web.MarkImage.Outlines;
import cn.xinyuan.server.issuing.web.MarkImage.Outlines.Filled;
import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Arc2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * Reads what a printed mark needs of SVG (SVG 2, W3C): {@code svg}, {@code g}, {@code path}, {@code
 * rect}, {@code circle}, {@code ellipse}, {@code polygon} with {@code fill}, {@code fill-rule} and
 * {@code transform}. Whatever else would change the picture (text, strokes, gradients, style
 * sheets, pictures, scripts, entities) is refused by name, so that no mark is printed half.
 */
final class SvgOutlines {

    private static final Set<String> WITHOUT_PICTURE = Set.of("title", "desc", "metadata");
    private static final Set<String> WITHOUT_EFFECT =
            Set.of(
                    "id",
                    "viewBox",
                    "width",
                    "height",
                    "version",
                    "role",
                    "d",
                    "points",
                    "x",
                    "y",
                    "rx",
                    "ry",
                    "cx",
                    "cy",
                    "r",
                    "fill",
                    "fill-rule",
                    "transform",
                    "stroke",
                    "aria-hidden",
                    "aria-label",
                    "preserveAspectRatio");
    private static final Pattern NUMBER =
            Pattern.compile("[-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d{1,3})?");
    private static final Pattern STEP =
            Pattern.compile("\\s*(translate|scale|rotate|matrix)\\s*\\(([^)]*)\\)[\\s,]*");
    private static final int MOST_SHAPES = 2_000;

    private final List<Filled> filled = new ArrayList<>();

    private SvgOutlines() {}

    static Outlines read(byte[] bytes) {
        Element root = root(bytes);
        if (!root.getLocalName().equals("svg")) {
            throw new IllegalArgumentException("不是 SVG 图片");
        }
        double[] box = numbers(root.getAttribute("viewBox"));
        if (box.length != 4) {
            box = new double[] {0, 0, size(root, "width"), size(root, "height")};
        }
        if (!(box[2] > 0) || !(box[3] > 0) || box[2] / box[3] > 8 || box[3] / box[2] > 8) {
            throw new IllegalArgumentException("SVG 的 viewBox 缺失，或长宽相差过大（最多 8 倍）");
        }
        var reader = new SvgOutlines();
        reader.children(root, AffineTransform.getTranslateInstance(-box[0], -box[1]), "#000000");
        if (reader.filled.isEmpty()) {
            throw new IllegalArgumentException("SVG 里没有可印的图形");
        }
        return new Outlines(box[2], box[3], reader.filled);
    }

    private static Element root(byte[] bytes) {
        try {
            var factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setNamespaceAware(true);
            factory.setXIncludeAware(false);
            factory.setExpandEntityReferences(false);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            return builder.parse(new ByteArrayInputStream(bytes)).getDocumentElement();
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new IllegalArgumentException("SVG 读不懂：" + e.getMessage(), e);
        }
    }

    private static double size(Element root, String name) {
        double[] found = numbers(root.getAttribute(name).replaceAll("(px|mm)$", ""));
        return found.length == 1 ? found[0] : 0;
    }

    private void children(Element parent, AffineTransform place, String fill) {
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                element(element, place, fill);
            }
        }
    }

    private void element(Element element, AffineTransform outer, String outerFill) {
        String name = element.getLocalName();
        if (WITHOUT_PICTURE.contains(name)) {
            return;
        }
        demandKnown(element);
        var place = new AffineTransform(outer);
        place.concatenate(transform(element.getAttribute("transform")));
        String fill =
                element.getAttribute("fill").isEmpty() ? outerFill : element.getAttribute("fill");
        if (name.equals("g")) {
            children(element, place, fill);
            return;
        }
        Shape shape = shape(name, element);
        if (!fill.equals("none")) {
            if (filled.size() >= MOST_SHAPES) {
                throw new IllegalArgumentException("SVG 的图形超过 " + MOST_SHAPES + " 个，请简化");
            }
            filled.add(new Filled(place.createTransformedShape(shape), colour(fill)));
        }
    }

    private static void demandKnown(Element element) {
        var attributes = element.getAttributes();
        for (int i = 0; i < attributes.getLength(); i++) {
            String name = attributes.item(i).getNodeName();
            boolean draws =
                    name.equals("stroke") && !attributes.item(i).getNodeValue().equals("none");
            if (draws || !WITHOUT_EFFECT.contains(name) && !name.startsWith("xml")) {
                throw new IllegalArgumentException("SVG 用了不支持的属性 " + name + "：请把描边和样式转成填充的路径再导出");
            }
        }
    }

    private static Shape shape(String name, Element e) {
        return switch (name) {
            case "path" -> new Path(e.getAttribute("d"), rule(e)).outline();
            case "rect" -> {
                double rx = number(e, "rx");
                yield rx > 0
                        ? new RoundRectangle2D.Double(
                                number(e, "x"),
                                number(e, "y"),
                                number(e, "width"),
                                number(e, "height"),
                                2 * rx,
                                2 * rx)
                        : new Rectangle2D.Double(
                                number(e, "x"),
                                number(e, "y"),
                                number(e, "width"),
                                number(e, "height"));
            }
            case "circle" -> ellipse(e, number(e, "r"), number(e, "r"));
            case "ellipse" -> ellipse(e, number(e, "rx"), number(e, "ry"));
            case "polygon" -> new Path("M" + e.getAttribute("points") + "Z", rule(e)).outline();
            default ->
                    throw new IllegalArgumentException(
                            "SVG 用了不支持的元素 <" + name + ">：请把文字和描边转成填充的路径再导出");
        };
    }

    private static Shape ellipse(Element e, double rx, double ry) {
        return new Ellipse2D.Double(number(e, "cx") - rx, number(e, "cy") - ry, 2 * rx, 2 * ry);
    }

    private static int rule(Element element) {
        return element.getAttribute("fill-rule").equals("evenodd")
                ? Path2D.WIND_EVEN_ODD
                : Path2D.WIND_NON_ZERO;
    }

    private static Color colour(String fill) {
        String plain =
                switch (fill.strip().toLowerCase(Locale.ROOT)) {
                    case "black" -> "#000000";
                    case "white" -> "#ffffff";
                    case "red" -> "#ff0000";
                    default -> fill.strip();
                };
        if (plain.matches("#[0-9a-fA-F]{3}")) {
            plain = plain.replaceAll("([0-9a-fA-F])", "$1$1");
        }
        if (!plain.matches("#[0-9a-fA-F]{6}")) {
            throw new IllegalArgumentException("SVG 的颜色“" + fill + "”看不懂：请写成 #RRGGBB");
        }
        return Color.decode(plain);
    }

    private static AffineTransform transform(String text) {
        var whole = new AffineTransform();
        Matcher step = STEP.matcher(text);
        int at = 0;
        while (at < text.length()) {
            if (!step.find(at) || step.start() != at) {
                throw new IllegalArgumentException("SVG 的 transform“" + text + "”看不懂");
            }
            double[] n = numbers(step.group(2));
            whole.concatenate(
                    switch (step.group(1) + n.length) {
                        case "translate1" -> AffineTransform.getTranslateInstance(n[0], 0);
                        case "translate2" -> AffineTransform.getTranslateInstance(n[0], n[1]);
                        case "scale1" -> AffineTransform.getScaleInstance(n[0], n[0]);
                        case "scale2" -> AffineTransform.getScaleInstance(n[0], n[1]);
                        case "rotate1" -> AffineTransform.getRotateInstance(Math.toRadians(n[0]));
                        case "rotate3" ->
                                AffineTransform.getRotateInstance(Math.toRadians(n[0]), n[1], n[2]);
                        case "matrix6" -> new AffineTransform(n);
                        default ->
                                throw new IllegalArgumentException(
                                        "SVG 的 transform“" + text + "”看不懂");
                    });
            at = step.end();
        }
        return whole;
    }

    private static double number(Element element, String name) {
        double[] found = numbers(element.getAttribute(name));
        return found.length == 0 ? 0 : found[0];
    }

    private static double[] numbers(String text) {
        return NUMBER.matcher(text)
                .results()
                .mapToDouble(m -> Double.parseDouble(m.group()))
                .toArray();
    }

    /** The path data of SVG 2, section 9.3. */
    private static final class Path {

        private final String text;
        private final Path2D.Double outline;
        private int at;
        private double x;
        private double y;
        private double startX;
        private double startY;
        private double controlX;
        private double controlY;
        private char before = 'Z';

        Path(String text, int rule) {
            this.text = text;
            this.outline = new Path2D.Double(rule);
        }

        Shape outline() {
            char command = ' ';
            for (skip(); at < text.length(); skip()) {
                char c = text.charAt(at);
                if (Character.isLetter(c)) {
                    command = c;
                    at++;
                } else if (command == 'M') {
                    command = 'L';
                } else if (command == 'm') {
                    command = 'l';
                } else if (command == ' ' || command == 'Z' || command == 'z') {
                    throw wrong();
                }
                step(command);
                before = Character.toUpperCase(command);
            }
            return outline;
        }

        private void step(char command) {
            boolean relative = Character.isLowerCase(command);
            double fromX = relative ? x : 0;
            double fromY = relative ? y : 0;
            switch (Character.toUpperCase(command)) {
                case 'M' -> {
                    x = fromX + next();
                    y = fromY + next();
                    startX = x;
                    startY = y;
                    outline.moveTo(x, y);
                }
                case 'L' -> line(fromX + next(), fromY + next());
                case 'H' -> line(fromX + next(), y);
                case 'V' -> line(x, fromY + next());
                case 'C' ->
                        cubic(
                                fromX + next(),
                                fromY + next(),
                                fromX + next(),
                                fromY + next(),
                                fromX + next(),
                                fromY + next());
                case 'S' -> {
                    boolean smooth = before == 'C' || before == 'S';
                    double mirrorX = smooth ? 2 * x - controlX : x;
                    double mirrorY = smooth ? 2 * y - controlY : y;
                    cubic(
                            mirrorX,
                            mirrorY,
                            fromX + next(),
                            fromY + next(),
                            fromX + next(),
                            fromY + next());
                }
                case 'Q' ->
                        quadratic(fromX + next(), fromY + next(), fromX + next(), fromY + next());
                case 'T' -> {
                    boolean smooth = before == 'Q' || before == 'T';
                    quadratic(
                            smooth ? 2 * x - controlX : x,
                            smooth ? 2 * y - controlY : y,
                            fromX + next(),
                            fromY + next());
                }
                case 'A' -> {
                    double rx = Math.abs(next());
                    double ry = Math.abs(next());
                    double turned = Math.toRadians(next());
                    boolean large = flag();
                    boolean sweep = flag();
                    arc(rx, ry, turned, large, sweep, fromX + next(), fromY + next());
                }
                case 'Z' -> {
                    demandBegun();
                    outline.closePath();
                    x = startX;
                    y = startY;
                }
                default -> throw wrong();
            }
        }

        private void line(double toX, double toY) {
            demandBegun();
            outline.lineTo(toX, toY);
            x = toX;
            y = toY;
        }

        private void cubic(double x1, double y1, double x2, double y2, double toX, double toY) {
            demandBegun();
            outline.curveTo(x1, y1, x2, y2, toX, toY);
            controlX = x2;
            controlY = y2;
            x = toX;
            y = toY;
        }

        private void quadratic(double x1, double y1, double toX, double toY) {
            demandBegun();
            outline.quadTo(x1, y1, toX, toY);
            controlX = x1;
            controlY = y1;
            x = toX;
            y = toY;
        }

        /** From end points to a centre: SVG 2, appendix B.2.4. */
        private void arc(
                double givenRx,
                double givenRy,
                double turned,
                boolean large,
                boolean sweep,
                double toX,
                double toY) {
            demandBegun();
            if (givenRx == 0 || givenRy == 0 || x == toX && y == toY) {
                line(toX, toY);
                return;
            }
            double cos = Math.cos(turned);
            double sin = Math.sin(turned);
            double halfX = (x - toX) / 2;
            double halfY = (y - toY) / 2;
            double x1 = cos * halfX + sin * halfY;
            double y1 = -sin * halfX + cos * halfY;
            double rx = givenRx;
            double ry = givenRy;
            double reach = x1 * x1 / (rx * rx) + y1 * y1 / (ry * ry);
            if (reach > 1) {
                rx *= Math.sqrt(reach);
                ry *= Math.sqrt(reach);
            }
            double below = rx * rx * y1 * y1 + ry * ry * x1 * x1;
            double factor =
                    (large == sweep ? -1 : 1)
                            * Math.sqrt(Math.max(0, (rx * rx * ry * ry - below) / below));
            double cx = factor * rx * y1 / ry;
            double cy = -factor * ry * x1 / rx;
            double from = Math.toDegrees(Math.atan2((y1 - cy) / ry, (x1 - cx) / rx));
            double to = Math.toDegrees(Math.atan2((-y1 - cy) / ry, (-x1 - cx) / rx));
            double extent = to - from;
            if (sweep && extent < 0) {
                extent += 360;
            } else if (!sweep && extent > 0) {
                extent -= 360;
            }
            var place = new AffineTransform();
            place.translate(
                    cos * cx - sin * cy + (x + toX) / 2, sin * cx + cos * cy + (y + toY) / 2);
            place.rotate(turned);
            // Arc2D counts its angles against the clock in an upright picture
            outline.append(
                    place.createTransformedShape(
                            new Arc2D.Double(-rx, -ry, 2 * rx, 2 * ry, -from, -extent, Arc2D.OPEN)),
                    true);
            x = toX;
            y = toY;
        }

        private void demandBegun() {
            Point2D here = outline.getCurrentPoint();
            if (here == null) {
                throw wrong();
            }
        }

        private void skip() {
            while (at < text.length() && (text.charAt(at) <= ' ' || text.charAt(at) == ',')) {
                at++;
            }
        }

        private double next() {
            skip();
            Matcher number = NUMBER.matcher(text).region(at, text.length());
            if (!number.lookingAt()) {
                throw wrong();
            }
            at = number.end();
            return Double.parseDouble(number.group());
        }

        private boolean flag() {
            skip();
            if (at >= text.length() || text.charAt(at) != '0' && text.charAt(at) != '1') {
                throw wrong();
            }
            return text.charAt(at++) == '1';
        }

        private IllegalArgumentException wrong() {
            return new IllegalArgumentException("SVG 的路径在第 " + (at + 1) + " 个字符处看不懂");
        }
    }
}
