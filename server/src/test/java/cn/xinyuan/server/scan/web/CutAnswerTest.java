package cn.xinyuan.server.scan.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.xinyuan.server.scan.web.CutAnswer.Slot;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class CutAnswerTest {

    private static final String WHOLE =
            "<p>"
                    + Slot.CODE.mark()
                    + "</p>"
                    + Slot.FIRST_GROUP.mark()
                    + " "
                    + Slot.SECOND_GROUP.mark()
                    + " "
                    + Slot.THIRD_GROUP.mark()
                    + " "
                    + Slot.FOURTH_GROUP.mark()
                    + "荔枝 - \"x\" ".repeat(3000)
                    + Slot.COUNT.mark()
                    + Slot.ASKED.mark()
                    + "{\"count\":"
                    + Slot.SCANS.mark()
                    + ",\"first\":"
                    + Slot.FIRST.mark();

    private static Map<Slot, byte[]> words() {
        Map<Slot, byte[]> words = CutAnswer.words("7K3M9QD2X4RT8WZ5");
        words.put(Slot.COUNT, "第 12 次".getBytes(UTF_8));
        words.put(Slot.ASKED, new byte[0]);
        words.put(Slot.SCANS, "12".getBytes(UTF_8));
        words.put(Slot.FIRST, "null".getBytes(UTF_8));
        return words;
    }

    @Test
    void words_are_put_where_the_marks_were_plain_and_compressed() throws IOException {
        String expected =
                "<p>7K3M9QD2X4RT8WZ5</p>7K3M 9QD2 X4RT 8WZ5"
                        + "荔枝 - \"x\" ".repeat(3000)
                        + "第 12 次{\"count\":12,\"first\":null";
        CutAnswer cut = CutAnswer.of(WHOLE);
        assertThat(new String(cut.plain(words()), UTF_8)).isEqualTo(expected);
        byte[] squeezed = cut.gzip(words());
        assertThat(squeezed.length).isLessThan(1000);
        // checks the sum and the length at its end
        try (var in = new GZIPInputStream(new ByteArrayInputStream(squeezed))) {
            assertThat(new String(in.readAllBytes(), UTF_8)).isEqualTo(expected);
        }
    }

    @Test
    void an_answer_without_marks_stays_as_it_is() throws IOException {
        CutAnswer cut = CutAnswer.of("plain");
        assertThat(new String(cut.plain(Map.of()), UTF_8)).isEqualTo("plain");
        try (var in = new GZIPInputStream(new ByteArrayInputStream(cut.gzip(Map.of())))) {
            assertThat(new String(in.readAllBytes(), UTF_8)).isEqualTo("plain");
        }
    }

    @Test
    void a_mark_without_its_word_is_never_sent() {
        assertThatThrownBy(() -> CutAnswer.of(WHOLE).plain(CutAnswer.words("7K3M9QD2X4RT8WZ5")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
