package cn.xinyuan.server.farming.domain;

import static org.assertj.core.api.Assertions.assertThat;

import cn.xinyuan.server.standards.Standards.PublishedYield;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlausibleTest {

    private final Plausible litchi =
            new Plausible(List.of(published("453"), published("357"), published("475")));

    @Test
    void ten_times_the_highest_is_absurd_and_above_twice_is_unusual() {
        assertThat(litchi.absurd(new BigDecimal("4749.999"))).isFalse();
        assertThat(litchi.absurd(new BigDecimal("4750"))).isTrue();
        assertThat(litchi.unusual(new BigDecimal("950"))).isFalse();
        assertThat(litchi.unusual(new BigDecimal("950.001"))).isTrue();
    }

    @Test
    void the_range_is_said_as_published_and_nothing_is_said_without_figures() {
        assertThat(litchi.words()).contains("357–475 kg/亩");
        assertThat(new Plausible(List.of(published("1470"))).words()).contains("1470 kg/亩");
        var unknown = new Plausible(List.of());
        assertThat(unknown.words()).isEmpty();
        assertThat(unknown.absurd(new BigDecimal("9999"))).isFalse();
        assertThat(unknown.unusual(new BigDecimal("9999"))).isFalse();
    }

    private static PublishedYield published(String kgPerMu) {
        return new PublishedYield("litchi", "茂名", 2024, new BigDecimal(kgPerMu), "press");
    }
}
