package cn.xinyuan.server.trace.usecase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where reports may go. */
class WebhookGateTest {

    @Test
    void only_the_open_internet_is_public() throws Exception {
        for (String inner :
                List.of(
                        "127.0.0.1",
                        "10.1.2.3",
                        "172.31.0.1",
                        "192.168.0.1",
                        "169.254.169.254",
                        "100.64.0.1",
                        "0.0.0.0",
                        "198.18.0.1",
                        "203.0.113.9",
                        "240.0.0.1",
                        "255.255.255.255",
                        "::1",
                        "::",
                        "fe80::1",
                        "fd00::1",
                        "ff02::1",
                        "64:ff9b::a00:1",
                        "2002:a00:1::1",
                        "2001:db8::1",
                        "::ffff:10.0.0.1")) {
            assertThat(WebhookGate.isPublic(InetAddress.getByName(inner))).as(inner).isFalse();
        }
        for (String open : List.of("8.8.8.8", "172.32.0.1", "100.128.0.1", "2400:3200::1")) {
            assertThat(WebhookGate.isPublic(InetAddress.getByName(open))).as(open).isTrue();
        }
    }

    @Test
    void the_operator_opens_single_hosts_and_networks() throws Exception {
        WebhookGate gate = gate("10.1.0.0/16", "192.168.7.7");
        assertThat(gate.resolve(URI.create("https://10.1.200.3/x")).getHostAddress())
                .isEqualTo("10.1.200.3");
        assertThat(gate.resolve(URI.create("http://192.168.7.7:8080/"))).isNotNull();
        for (String shut :
                List.of(
                        "http://10.2.0.1/",
                        "http://192.168.7.8/",
                        "http://[::1]/",
                        "gopher://x/")) {
            assertThatThrownBy(() -> gate.resolve(URI.create(shut)))
                    .as(shut)
                    .isInstanceOf(WebhookGate.Shut.class);
        }
        assertThatThrownBy(() -> gate().resolve(URI.create("http://10.1.200.3/")))
                .isInstanceOf(WebhookGate.Shut.class);
    }

    @Test
    void pauses_grow_up_to_an_hour() {
        assertThat(TellSubscribers.pause(0)).isEqualTo(Duration.ofSeconds(5));
        assertThat(TellSubscribers.pause(3)).isEqualTo(Duration.ofSeconds(40));
        assertThat(TellSubscribers.pause(100)).isEqualTo(Duration.ofHours(1));
    }

    private static WebhookGate gate(String... hosts) {
        return new WebhookGate(
                new EpcisSettings(
                        Map.of(), List.of(hosts), Duration.ofDays(1), Duration.ofSeconds(1)));
    }
}
