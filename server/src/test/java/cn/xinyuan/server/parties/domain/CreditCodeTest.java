package cn.xinyuan.server.parties.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CreditCodeTest {

    /** The published code of a well-known firm, so that the check is not only our own opinion. */
    private static final String ALIBABA = "91330100799655058B";

    @ParameterizedTest
    @ValueSource(
            strings = {
                ALIBABA,
                "91330100799655058b",
                " 9133 0100 7996 5505 8B ",
                "９１３３０１００７９９６５５０５８Ｂ"
            })
    void a_code_is_read_whatever_its_case_width_and_spaces(String typed) {
        assertThat(CreditCode.read(typed)).contains(new CreditCode(ALIBABA));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "91330100799655058A",
                "91330100799655085B",
                "9133010079965505",
                "",
                "9133010079965505IB",
                "🍒"
            })
    void a_slip_of_the_finger_is_noticed(String typed) {
        assertThat(CreditCode.read(typed)).isEmpty();
    }

    @Test
    void a_location_number_bears_the_prefix_and_a_check_digit() {
        assertThat(LocationNumber.of("952", 1)).isEqualTo("9520000000011");
        assertThat(LocationNumber.of("0614141", 0)).isEqualTo("0614141000005");
    }
}
