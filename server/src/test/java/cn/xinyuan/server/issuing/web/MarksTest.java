package cn.xinyuan.server.issuing.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarksTest {

    @TempDir Path folder;

    @Test
    void placeholders_are_printed_until_the_operator_names_pictures() throws IOException {
        var marks = new Marks("", " ");
        assertThat(marks.brand().proportion()).isEqualTo(1);
        assertThat(marks.origin().proportion()).isEqualTo(1);

        Path svg = folder.resolve("mark.SVG");
        Files.writeString(svg, svg("<rect width='20' height='10' fill='#A3142B'/>"));
        Path png = folder.resolve("gi.png");
        ImageIO.write(new BufferedImage(40, 20, BufferedImage.TYPE_INT_ARGB), "png", png.toFile());
        var own = new Marks(svg.toString(), png.toString());
        assertThat(own.brand().proportion()).isEqualTo(2);
        assertThat(own.origin().proportion()).isEqualTo(2);
    }

    @Test
    void a_picture_that_cannot_be_printed_stops_the_start_and_says_why() throws IOException {
        assertThatThrownBy(() -> new Marks("/nowhere/mark.svg", ""))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("xinyuan.labels.mark=/nowhere/mark.svg")
                .hasMessageContaining("没有这个文件");
        Path gif = Files.writeString(folder.resolve("mark.gif"), "GIF89a");
        assertThatThrownBy(() -> new Marks("", gif.toString()))
                .hasMessageContaining("xinyuan.labels.gi-mark")
                .hasMessageContaining(".svg 或 .png");
        Path broken = Files.writeString(folder.resolve("broken.png"), "no picture");
        assertThatThrownBy(() -> new Marks(broken.toString(), "")).hasMessageContaining("PNG");
        Path huge = Files.write(folder.resolve("huge.png"), new byte[2 << 20]);
        assertThatThrownBy(() -> new Marks(huge.toString(), "")).hasMessageContaining("1,024 KB");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<text>信</text>",
                "<path d='M0 0H10V10Z' stroke='#000000'/>",
                "<path d='M0 0H10V10Z' style='fill:red'/>",
                "<image href='http://example.com/x.png'/>",
                "<rect width='5' height='5' fill='url(#g)'/>",
                "<path d='M0 0 L5'/>",
                "<path d='L5 5'/>",
                "<g transform='skewX(3)'/>",
                "<script>alert(1)</script>",
                ""
            })
    void svg_that_would_be_printed_otherwise_than_drawn_is_refused(String inside) {
        assertThatThrownBy(() -> MarkImage.read("x.svg", svg(inside).getBytes(UTF_8)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("SVG");
    }

    @Test
    void entities_are_not_followed() {
        String evil =
                "<!DOCTYPE svg [<!ENTITY f SYSTEM 'file:///etc/hostname'>]>"
                        + svg("<title>&f;</title><rect width='5' height='5'/>");
        assertThatThrownBy(() -> MarkImage.read("x.svg", evil.getBytes(UTF_8)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("DOCTYPE");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // a circle of radius 4 about (10, 5), each in another manner of writing
                "<circle cx='10' cy='5' r='4'/>",
                "<ellipse cx='10' cy='5' rx='4' ry='4' fill='#000'/>",
                "<path d='M6 5A4 4 0 1 1 14 5A4 4 0 1 1 6 5Z'/>",
                "<path d='m6,5a4,4 0 0 1 8,0a4 4 0 01-8 0z'/>",
                "<path d='M14 5A4 4 0 0 0 6 5A4 4 0 0 0 14 5Z'/>",
                "<path d='M6 5C6 2.79 7.79 1 10 1S14 2.79 14 5S12.21 9 10 9S6 7.21 6 5'/>",
                "<g transform='translate(10 5) scale(2)'><circle r='2'/></g>"
            })
    void curves_come_out_where_they_were_drawn(String circle) {
        var read = (MarkImage.Outlines) MarkImage.read("x.svg", svg(circle).getBytes(UTF_8));
        Rectangle2D box = read.filled().getFirst().outline().getBounds2D();
        Offset<Double> near = Offset.offset(0.05);
        assertThat(box.getMinX()).isCloseTo(6, near);
        assertThat(box.getMaxX()).isCloseTo(14, near);
        assertThat(box.getMinY()).isCloseTo(1, near);
        assertThat(box.getMaxY()).isCloseTo(9, near);
        assertThat(read.filled().getFirst().outline().contains(10, 5)).isTrue();
        assertThat(read.filled().getFirst().outline().contains(6.5, 1.5)).isFalse();
    }

    private static String svg(String inside) {
        return "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 20 10'>" + inside + "</svg>";
    }
}
