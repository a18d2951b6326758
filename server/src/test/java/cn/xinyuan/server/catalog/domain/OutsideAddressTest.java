package cn.xinyuan.server.catalog.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutsideAddressTest {

    @ParameterizedTest
    @CsvSource({
        "https://shop.example.com, https://shop.example.com/",
        "' HTTPS://Shop.Example.COM/A?b=c#d ', https://shop.example.com/A?b=c#d",
        "https://shop.example.com:443/a, https://shop.example.com/a",
        "https://shop.example.com/荔枝, https://shop.example.com/%E8%8D%94%E6%9E%9D",
    })
    void a_good_address_has_one_form(String typed, String kept) {
        assertThat(OutsideAddress.read(typed)).map(OutsideAddress::text).contains(kept);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "shop.example.com",
                "//shop.example.com/",
                "/catalog",
                "http://shop.example.com/",
                "javascript:alert(1)",
                "data:text/html,x",
                "ftp://shop.example.com/",
                "https://user@shop.example.com/",
                "https://shop.example.com@evil.example.org/",
                "https://shop.example.com:8443/",
                "https://192.0.2.1/",
                "https://3221225985/",
                "https://[2001:db8::1]/",
                "https://localhost/",
                "https://shop.example.com\\@evil.example.org/",
                "https:\\\\shop.example.com/",
                "https:///shop.example.com/",
                "https://shop.example.com/ x",
                "https://shop.example.com/\r\nSet-Cookie: a=b",
                "https://shop.example.com/{lot}",
                "https://shop．example．com/",
                "https://例子.example.com/",
                "https://shop.example.com./",
                "https://-.example.com/",
            })
    void what_browsers_might_read_otherwise_is_no_address(String typed) {
        assertThat(OutsideAddress.read(typed)).as(typed).isEmpty();
    }

    @Test
    void an_address_is_at_most_500_characters_long() {
        String start = "https://shop.example.com/";
        assertThat(OutsideAddress.read(start + "a".repeat(475))).isPresent();
        assertThat(OutsideAddress.read(start + "a".repeat(476))).isEmpty();
        assertThat(OutsideAddress.read(start + "荔".repeat(100))).isEmpty();
    }

    @Test
    void a_host_is_allowed_by_its_name_or_by_what_it_lies_below() {
        var hosts = new AllowedHosts(List.of("shop.example.com", " *.Farm.example.org ", ""));
        assertThat(hosts.names()).containsExactly("shop.example.com", "*.farm.example.org");
        assertThat(hosts.allow("shop.example.com")).isTrue();
        assertThat(hosts.allow("a.farm.example.org")).isTrue();
        assertThat(hosts.allow("a.b.farm.example.org")).isTrue();
        for (String other :
                List.of(
                        "farm.example.org",
                        "x.shop.example.com",
                        "shop.example.com.evil.org",
                        "evilshop.example.com",
                        "evilfarm.example.org",
                        ".farm.example.org")) {
            assertThat(hosts.allow(other)).as(other).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "*.com.", "https://a.b", "a b", "192.0.2.1", "localhost", "a/b.c"})
    void a_wrong_setting_stops_the_start_and_says_why(String name) {
        assertThatThrownBy(() -> new AllowedHosts(List.of(name)))
                .hasMessageContaining("xinyuan.links.allowed-hosts");
    }
}
