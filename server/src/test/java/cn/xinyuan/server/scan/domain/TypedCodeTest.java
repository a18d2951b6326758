package cn.xinyuan.server.scan.domain;

import static org.assertj.core.api.Assertions.assertThat;

import cn.xinyuan.server.scan.domain.TypedCode.Fault;
import org.junit.jupiter.api.Test;

class TypedCodeTest {

    @Test
    void spaces_dashes_and_lower_case_do_not_matter_and_o_is_read_as_0() {
        assertThat(TypedCode.of(" 4409 81q7-m3k2 9fOt ").text()).isEqualTo("440981Q7M3K29F0T");
        assertThat(TypedCode.of("４４０９８１Q7M3K29F0T").text()).isEqualTo("440981Q7M3K29F0T");
        assertThat(TypedCode.of("iL09").text()).isEqualTo("1109");
    }

    @Test
    void of_a_pasted_address_the_code_is_taken() {
        assertThat(TypedCode.of("HTTPS://T.EXAMPLE.CN/T/440981Q7M3K29F0T?lang=en").text())
                .isEqualTo("440981Q7M3K29F0T");
    }

    @Test
    void a_code_of_the_wrong_length_says_so() {
        assertThat(TypedCode.of("").fault()).isEqualTo(Fault.EMPTY);
        assertThat(TypedCode.of("4409 81Q7 M3K2").fault()).isEqualTo(Fault.TOO_SHORT);
        assertThat(TypedCode.of("4409 81Q7 M3K2 9F0T 1").fault()).isEqualTo(Fault.TOO_LONG);
        assertThat(TypedCode.of("440981Q7M3K29F0T").fault()).isEqualTo(Fault.NOT_ISSUED);
    }

    @Test
    void a_character_that_no_label_bears_is_named() {
        TypedCode emoji = TypedCode.of("荔枝😀");
        assertThat(emoji.fault()).isEqualTo(Fault.STRANGE_CHARACTER);
        assertThat(emoji.strange()).isEqualTo("荔");
    }

    @Test
    void a_very_long_text_is_cut() {
        assertThat(TypedCode.of("A".repeat(100_000)).length()).isEqualTo(40);
    }
}
