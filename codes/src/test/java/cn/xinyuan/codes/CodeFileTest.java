package cn.xinyuan.codes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.xinyuan.codes.CodeFile.Format;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CodeFileTest {

    private static final CodeEngine ENGINE =
            new CodeEngine(new CodeKey(new UUID(1, 2), 4, CodeCipher.AES, new byte[32]));

    private static CodeFile file(long count, Format format) {
        return new CodeFile(ENGINE, 4, 77, count, format, "HTTPS://XIN.EXAMPLE/T/", "序号,编码,地址\r\n");
    }

    private static byte[] bytes(CodeFile file, long from, long to) throws IOException {
        var out = new ByteArrayOutputStream();
        file.write(from, to, out);
        return out.toByteArray();
    }

    @Test
    void the_lines_are_what_the_formats_say() throws IOException {
        String code = ENGINE.code(4, 77 + 9_999).text();
        assertThat(new String(bytes(file(10_000, Format.TXT), 0, 170_000), UTF_8))
                .hasLineCount(10_000)
                .endsWith("\n" + code + "\n");
        CodeFile csv = file(10_000, Format.CSV);
        assertThat(new String(bytes(csv, 0, csv.bytes()), UTF_8))
                .startsWith("序号,编码,地址\r\n1," + ENGINE.code(4, 77) + ",HTTPS://XIN.EXAMPLE/T/")
                .endsWith("\r\n10000," + code + ",HTTPS://XIN.EXAMPLE/T/" + code + "\r\n");
        CodeFile addresses = file(3, Format.ADDRESSES);
        assertThat(new String(bytes(addresses, 0, addresses.bytes()), UTF_8).lines())
                .hasSize(3)
                .last()
                .isEqualTo("HTTPS://XIN.EXAMPLE/T/" + ENGINE.code(4, 79));
    }

    @Test
    void any_part_written_again_is_that_part_byte_for_byte() throws Exception {
        var random = new Random(5);
        for (Format format : Format.values()) {
            CodeFile file = file(12_345, format);
            byte[] whole = bytes(file, 0, file.bytes());
            assertThat(whole).hasSize((int) file.bytes());
            for (int i = 0; i < 300; i++) {
                int from = random.nextInt(whole.length + 1);
                int to = random.nextInt(from, whole.length + 1);
                assertThat(bytes(file, from, to)).isEqualTo(Arrays.copyOfRange(whole, from, to));
            }
            for (int serial : new int[] {0, 1, 9, 10, 99, 4_096, 9_999, 12_344}) {
                int at = (int) file.offset(serial);
                assertThat(at == 0 || whole[at - 1] == '\n').isTrue();
            }
            assertThat(file.sha256())
                    .isEqualTo(
                            HexFormat.of()
                                    .formatHex(MessageDigest.getInstance("SHA-256").digest(whole)));
            assertThatThrownBy(() -> bytes(file, 5, file.bytes() + 1))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
