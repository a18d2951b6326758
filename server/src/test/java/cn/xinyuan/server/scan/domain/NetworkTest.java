package cn.xinyuan.server.scan.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkTest {

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, 203.0.113.7, 203.0.113.0/24",
        "2001:db8:1:2:3:4:5:6, 2001:db8:1:2::/64, 2001:db8:1::/48",
        "2001:0db8:0001:0002::9, 2001:db8:1:2::/64, 2001:db8:1::/48",
        "2001:db8::1, 2001:db8:0:0::/64, 2001:db8:0::/48",
        "0:0:0:0:0:ffff:203.0.113.7, 203.0.113.7, 203.0.113.0/24",
        "::ffff:203.0.113.7, 203.0.113.7, 203.0.113.0/24",
        "fe80::1%eth0, fe80:0:0:0::/64, fe80:0:0::/48"
    })
    void one_address_of_ipv4_or_64_bits_of_ipv6(String address, String key, String coarse) {
        Network network = Network.of(address);
        assertThat(network.key()).isEqualTo(key);
        assertThat(network.coarse()).isEqualTo(coarse);
        assertThat(network.own()).isFalse();
    }

    @Test
    void the_machine_itself_is_known() {
        for (String own :
                new String[] {"127.0.0.1", "::1", "0:0:0:0:0:0:0:1", "::ffff:127.0.0.1"}) {
            assertThat(Network.of(own).own()).as(own).isTrue();
        }
    }
}
