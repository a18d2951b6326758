package cn.xinyuan.codes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class Gs1KeysTest {

    @Test
    void a_thirteen_digit_label_is_the_same_item_as_its_fourteen_digits() {
        // the examples of GS1 General Specifications, section 7.9
        assertThat(Gtin.read("6291041500213")).contains(new Gtin("06291041500213"));
        assertThat(Gtin.read(" 06291041500213 ")).contains(new Gtin("06291041500213"));
        assertThat(new Gtin("06291041500213").printed()).isEqualTo("6291041500213");
    }

    @Test
    void a_wrong_check_digit_is_no_number() {
        assertThat(Gtin.read("6291041500214")).isEmpty();
        assertThat(Gln.read("6291041500214")).isEmpty();
        assertThat(Sscc.read("376104250021234568")).isEmpty();
        assertThatThrownBy(() -> new Gtin("06291041500214")).hasMessageContaining("end in 3");
    }

    @Test
    void digits_of_other_scripts_and_other_lengths_are_no_number() {
        assertThat(Gtin.read("٦٢٩١٠٤١٥٠٠٢١٣")).isEmpty();
        assertThat(Gtin.read("629104150021")).isEmpty();
        assertThat(Gln.read("06291041500213")).isEmpty();
        assertThat(Gtin.read("")).isEmpty();
    }

    @Test
    void the_check_digit_is_put_behind_a_body() {
        assertThat(Sscc.withCheckDigit("37610425002123456"))
                .isEqualTo(new Sscc("376104250021234569"));
        assertThat(Gln.withCheckDigit("629104150021").digits()).isEqualTo("6291041500213");
        assertThat(Gtin.withCheckDigit("952123456789").digits()).hasSize(14).startsWith("09521");
    }

    @Test
    void a_digital_link_is_read_and_printed() {
        var link = DigitalLink.read("/01/06291041500213/10/L250611-GW-03/21/ABCD").orElseThrow();
        assertThat(link.lot()).contains("L250611-GW-03");
        assertThat(link.serial()).contains("ABCD");
        assertThat(link.path()).isEqualTo("/01/06291041500213/10/L250611-GW-03/21/ABCD");
        assertThat(DigitalLink.read("/01/6291041500213").orElseThrow().path())
                .isEqualTo("/01/06291041500213");
        assertThat(DigitalLink.read("/01/06291041500213/21/A%2FB").orElseThrow())
                .isEqualTo(DigitalLink.of(new Gtin("06291041500213"), null, "A/B"));
    }

    @Test
    void what_is_no_digital_link_is_not_read_as_one() {
        assertThat(DigitalLink.read("/01/06291041500214")).isEmpty();
        assertThat(DigitalLink.read("/01/06291041500213/21/A/10/B")).isEmpty();
        assertThat(DigitalLink.read("/01/06291041500213/10/" + "A".repeat(21))).isEmpty();
        assertThat(DigitalLink.read("/01/06291041500213/10/%E8%8D%94")).isEmpty();
        assertThat(DigitalLink.read("/01/06291041500213/10/%zz")).isEmpty();
        assertThat(DigitalLink.read("/t/ABC")).isEmpty();
    }
}
