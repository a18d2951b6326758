package cn.xinyuan.server.issuing.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The two marks on a label: the 信 mark, and the geographical-indication mark for products that have
 * one. The operator names a picture for each ({@code xinyuan.labels.mark}, {@code
 * xinyuan.labels.gi-mark}); a picture that cannot be printed stops the start. Until then
 * placeholders are printed that are nobody's registered mark.
 */
@Component
class Marks {

    private final MarkImage brand;
    private final MarkImage origin;

    Marks(
            @Value("${xinyuan.labels.mark:}") String brand,
            @Value("${xinyuan.labels.gi-mark:}") String origin) {
        this.brand = read("xinyuan.labels.mark", brand, "/static/img/seal.svg");
        this.origin =
                read(
                        "xinyuan.labels.gi-mark",
                        origin,
                        "/cn/xinyuan/server/issuing/web/gi-placeholder.svg");
    }

    /** The 信 mark. */
    MarkImage brand() {
        return brand;
    }

    /** 地理标志. */
    MarkImage origin() {
        return origin;
    }

    private static MarkImage read(String property, String file, String placeholder) {
        if (file.isBlank()) {
            return MarkImage.read(placeholder, own(placeholder));
        }
        try {
            Path path = Path.of(file.strip());
            if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
                throw new IllegalArgumentException("没有这个文件，或不能读");
            }
            if (Files.size(path) > MarkImage.LARGEST) {
                throw new IllegalArgumentException("标志图片最多 1,024 KB，请缩小后再配置");
            }
            return MarkImage.read(file.strip(), Files.readAllBytes(path));
        } catch (IllegalArgumentException | IOException e) {
            String why = e instanceof InvalidPathException ? "不是文件名" : e.getMessage();
            throw new IllegalStateException(
                    "%s=%s：%s。改好配置再启动；不配置则印占位图。".formatted(property, file, why), e);
        }
    }

    private static byte[] own(String name) {
        try (InputStream in = Marks.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the program has lost " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
