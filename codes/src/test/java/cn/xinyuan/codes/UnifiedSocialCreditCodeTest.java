package cn.xinyuan.codes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UnifiedSocialCreditCodeTest {

    @Test
    void the_example_of_the_standard_is_a_code() {
        assertThat(UnifiedSocialCreditCode.read("91350100M000100Y43")).isPresent();
        assertThat(UnifiedSocialCreditCode.read(" 9135 0100 m000 100y 43"))
                .contains(new UnifiedSocialCreditCode("91350100M000100Y43"));
    }

    @Test
    void a_wrong_check_character_is_told_with_the_right_one() {
        assertThat(UnifiedSocialCreditCode.problem("91350100M000100Y44"))
                .hasValueSatisfying(p -> assertThat(p).contains("应为 3").contains("输入的是 4"));
    }

    @Test
    void missing_and_strange_characters_are_told() {
        assertThat(UnifiedSocialCreditCode.problem("91350100M000"))
                .contains("少了 6 位：已输入 12 位，应为 18 位");
        assertThat(UnifiedSocialCreditCode.problem("91350100M000100Y435"))
                .contains("多了 1 位：已输入 19 位，应为 18 位");
        assertThat(UnifiedSocialCreditCode.problem("91350100I000100Y43"))
                .hasValueSatisfying(p -> assertThat(p).contains("第 9 位“I”"));
        assertThat(UnifiedSocialCreditCode.problem("9135A100M000100Y43"))
                .hasValueSatisfying(p -> assertThat(p).contains("行政区划"));
    }

    @Test
    void every_single_wrong_character_is_found() {
        String good = "91350100M000100Y43";
        for (int i = 0; i < good.length(); i++) {
            for (char c : "0123456789ABCDEFGHJKLMNPQRTUWXY".toCharArray()) {
                if (c != good.charAt(i)) {
                    String wrong = good.substring(0, i) + c + good.substring(i + 1);
                    assertThat(UnifiedSocialCreditCode.read(wrong)).as(wrong).isEmpty();
                }
            }
        }
    }
}
