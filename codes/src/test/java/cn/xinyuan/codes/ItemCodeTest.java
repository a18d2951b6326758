package cn.xinyuan.codes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.xinyuan.codes.ItemCode.Reading;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ItemCodeTest {

    private static final ItemCode CODE = ItemCode.ofBits(0x5AA50F0F12L, 0x123456789L);

    static Stream<ItemCode> someCodes(long seed, int count) {
        var random = new Random(seed);
        return Stream.generate(
                        () ->
                                ItemCode.ofBits(
                                        random.nextLong() >>> 24, random.nextLong() >>> 64 - 35))
                .limit(count);
    }

    @Test
    void the_bits_come_back() {
        assertThat(CODE.high()).isEqualTo(0x5AA50F0F12L);
        assertThat(CODE.low()).isEqualTo(0x123456789L);
        assertThat(ItemCode.ofBits(0, 0).text()).isEqualTo("0000000000000000");
    }

    @Test
    void a_code_is_read_however_it_was_typed() {
        String text = CODE.text();
        assertThat(ItemCode.read(CODE.grouped())).contains(CODE);
        assertThat(ItemCode.read(text.toLowerCase(java.util.Locale.ROOT))).contains(CODE);
        assertThat(ItemCode.read(" " + text.substring(0, 8) + "－" + text.substring(8) + "　"))
                .contains(CODE);
        var fullWidth = new StringBuilder();
        text.chars().forEach(c -> fullWidth.append((char) (c + 0xFEE0)));
        assertThat(ItemCode.read(fullWidth.toString())).contains(CODE);
    }

    @Test
    void letters_that_look_like_digits_are_the_digits() {
        var zerosAndOnes = ItemCode.ofBits(1, 32);
        String mistaken = zerosAndOnes.text().replace('0', 'O').replace('1', 'l');
        assertThat(ItemCode.read(mistaken)).contains(zerosAndOnes);
        assertThat(ItemCode.read(mistaken.replace('l', 'I'))).contains(zerosAndOnes);
    }

    @Test
    void what_is_wrong_is_said() {
        assertThat(ItemCode.examine(CODE.text().substring(4)).problem())
                .isEqualTo("少了 4 位：已输入 12 位，应为 16 位");
        assertThat(ItemCode.examine(CODE.text() + "AB").problem())
                .isEqualTo("多了 2 位：已输入 18 位，应为 16 位");
        assertThat(ItemCode.examine("ABCU" + CODE.text().substring(4)))
                .isEqualTo(new Reading.StrangeCharacter("U", 4));
        assertThat(ItemCode.examine("荔枝🍒").problem()).contains("第 1 位“荔”");
        assertThat(ItemCode.examine(" ").problem()).isEqualTo("请输入 16 位信源码");
        assertThat(ItemCode.examine("A".repeat(100_000))).isInstanceOf(Reading.WrongLength.class);
        String last = CODE.text().substring(0, 15) + (CODE.text().endsWith("2") ? '3' : '2');
        assertThat(ItemCode.examine(last).problem()).startsWith("校验不符");
        assertThat(ItemCode.examine(last).problemInEnglish()).contains("check character");
        assertThatThrownBy(() -> new ItemCode(last)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_whole_label_address_is_known_by_its_code() {
        String text = CODE.text();
        for (String scanned :
                new String[] {
                    text,
                    "HTTPS://XIN.EXAMPLE/T/" + text,
                    "https://xin.example/t/" + text.toLowerCase(java.util.Locale.ROOT) + "?lang=en",
                    "xin.example/T/" + text + "#top",
                    "/t/" + text,
                    "https://xin.example/01/09521234567899/10/L1/21/" + text + "?17=250612"
                }) {
            assertThat(ItemCode.read(ItemCode.onLabel(scanned))).as(scanned).contains(CODE);
        }
        assertThat(ItemCode.read(ItemCode.onLabel("https://xin.example/" + text))).isEmpty();
        assertThat(ItemCode.onLabel("荔枝")).isEqualTo("荔枝");
        assertThat(ItemCode.onLabel("/T/")).isEmpty();
    }

    @Test
    void every_single_wrong_character_is_found() {
        someCodes(1, 300)
                .forEach(
                        code -> {
                            for (int i = 0; i < ItemCode.LENGTH; i++) {
                                for (char c : ItemCode.ALPHABET.toCharArray()) {
                                    if (c != code.text().charAt(i)) {
                                        var wrong = new StringBuilder(code.text());
                                        wrong.setCharAt(i, c);
                                        assertThat(ItemCode.read(wrong.toString())).isEmpty();
                                    }
                                }
                            }
                        });
    }

    @Test
    void any_two_exchanged_characters_are_found_neighbours_or_not() {
        someCodes(2, 500)
                .forEach(
                        code -> {
                            for (int i = 0; i < ItemCode.LENGTH; i++) {
                                for (int j = i + 1; j < ItemCode.LENGTH; j++) {
                                    char a = code.text().charAt(i);
                                    char b = code.text().charAt(j);
                                    if (a != b) {
                                        var wrong = new StringBuilder(code.text());
                                        wrong.setCharAt(i, b);
                                        wrong.setCharAt(j, a);
                                        assertThat(ItemCode.read(wrong.toString())).isEmpty();
                                    }
                                }
                            }
                        });
    }
}
