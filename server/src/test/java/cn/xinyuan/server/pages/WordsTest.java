package cn.xinyuan.server.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class WordsTest {

    @Test
    void kilograms_have_a_comma_between_thousands_and_a_space_before_the_unit() {
        assertThat(Words.kg(new BigDecimal("1240.500"))).isEqualTo("1,240.5 kg");
        assertThat(Words.kg(new BigDecimal("12000000"))).isEqualTo("12,000,000 kg");
        assertThat(Words.kg(null)).isEqualTo("—");
    }

    @Test
    void a_measured_value_keeps_the_digits_of_the_laboratory() {
        assertThat(Words.measured(new BigDecimal("0.050"), "mg/kg")).isEqualTo("0.050 mg/kg");
    }

    @Test
    void the_middle_of_a_telephone_number_is_hidden() {
        assertThat(Words.maskedPhone("13800000001")).isEqualTo("138****0001");
        assertThat(Words.maskedPhone("12345")).doesNotContain("12345");
        assertThat(Words.maskedPhone(null)).isEqualTo("—");
    }

    @Test
    void a_code_is_shown_in_groups_of_four() {
        assertThat(Words.groups("7K3M9QD2X4RT8WZ5")).isEqualTo("7K3M 9QD2 X4RT 8WZ5");
    }

    @Test
    void a_mu_is_two_thirds_of_a_thousand_square_metres() {
        assertThat(Words.mu(new BigDecimal("12.6"))).isEqualTo("12.6 亩（8,400 m²）");
    }

    @Test
    void a_deadline_says_how_late_it_is() {
        LocalDate today = LocalDate.of(2025, 6, 14);
        assertThat(Words.until(today, today)).isEqualTo("今天");
        assertThat(Words.until(today.minusDays(2), today)).isEqualTo("超 2 天");
        assertThat(Words.until(today.plusDays(3), today)).isEqualTo("还有 3 天");
    }

    @Test
    void a_day_in_china_begins_eight_hours_before_greenwich() {
        var clock = Clock.fixed(Instant.parse("2025-06-10T16:00:00Z"), ZoneOffset.UTC);
        assertThat(ChinaTime.today(clock)).isEqualTo("2025-06-11");
        assertThat(ChinaTime.minute(clock.instant())).isEqualTo("2025-06-11 00:00");
    }

    @Test
    void the_width_of_a_bar_never_leaves_its_track() {
        assertThat(Words.width(new BigDecimal("3"), new BigDecimal("2"))).isEqualTo("100.0%");
        assertThat(Words.width(BigDecimal.ONE, BigDecimal.ZERO)).isEqualTo("0%");
    }
}
