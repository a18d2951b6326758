package cn.xinyuan.server.scan.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegionsTest {

    private static final Regions TABLE =
            Regions.read(
                    List.of(
                            "# 演示",
                            "net 203.0.113.0/24 440300  # all of it",
                            "net 203.0.113.128/25 440100",
                            "net 2001:db8::/32 北京",
                            "net 2001:db8:7::/48 天津",
                            "",
                            "place 440300 22.54 114.06",
                            "place 北京 39.90 116.40"));

    @Test
    void of_nets_that_hold_an_address_the_narrowest_counts() {
        assertThat(TABLE.of("203.0.113.5")).contains("440300");
        assertThat(TABLE.of("203.0.113.200")).contains("440100");
        assertThat(TABLE.of("203.0.114.1")).isEmpty();
        assertThat(TABLE.of("2001:db8:1::1")).contains("北京");
        assertThat(TABLE.of("2001:db8:7:ffff::1")).contains("天津");
        assertThat(TABLE.of("::ffff:203.0.113.5")).contains("440300");
        for (String junk :
                List.of("", "localhost", "example.com", "1.2.3", "203.0.113.5.6", "::g")) {
            assertThat(TABLE.of(junk)).as(junk).isEmpty();
        }
        assertThat(Regions.NONE.of("203.0.113.5")).isEmpty();
    }

    @Test
    void distances_are_those_of_the_globe() {
        assertThat(
                        TABLE.place("440300")
                                .orElseThrow()
                                .kilometresTo(TABLE.place("北京").orElseThrow()))
                .isBetween(1930.0, 1960.0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "net 203.0.113.0/33 a",
                "net example.com/8 a",
                "net 203.0.113.0/24",
                "place a 91 0",
                "place a NaN 0",
                "nets 203.0.113.0/24 a"
            })
    void a_line_that_cannot_be_read_is_named(String line) {
        assertThatThrownBy(() -> Regions.read(List.of("# one", line)))
                .hasMessageContaining("line 2: " + line);
    }
}
