package cn.xinyuan.server.access.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordRuleTest {

    private static final LoginName LI = new LoginName("li.shifan");

    @ParameterizedTest
    @ValueSource(strings = {"short", "1234567890", "aaaaaaaaaaaa", "li.shifan1", "Qwertyuiop"})
    void what_everyone_tries_first_is_refused(String password) {
        assertThat(PasswordRule.problem("password", password, LI)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"荔枝六月才会红起来的呀", "four words are enough", "k7wq-29xz-hhpd-v3mn"})
    void a_sentence_or_something_random_is_welcome(String password) {
        assertThat(PasswordRule.problem("password", password, LI)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"LI.Shifan", " li.shifan ", "ｌｉ.shifan"})
    void a_name_is_read_whatever_its_case_and_width(String typed) {
        assertThat(LoginName.read(typed)).contains(LI);
    }
}
