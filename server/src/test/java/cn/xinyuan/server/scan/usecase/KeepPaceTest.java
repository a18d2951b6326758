package cn.xinyuan.server.scan.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import cn.xinyuan.server.scan.events.CodesGuessed;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;

class KeepPaceTest {

    private final List<Object> told = new CopyOnWriteArrayList<>();
    private Instant now = Instant.parse("2025-06-14T04:00:00Z");
    private final KeepPace pace =
            new KeepPace(told::add, new NoDatabase(), Clock.systemUTC(), () -> now);

    private void later(Duration time) {
        now = now.plus(time);
    }

    @Test
    void a_village_behind_one_address_is_never_slowed() {
        // 20 a second for half an hour, and everyone at once when the market opens
        for (int n = 0; n < 400; n++) {
            assertThat(pace.allows("203.0.113.7")).isTrue();
        }
        for (int second = 0; second < 1800; second++) {
            for (int n = 0; n < 20; n++) {
                assertThat(pace.allows("203.0.113.7")).isTrue();
            }
            later(Duration.ofSeconds(1));
        }
    }

    @Test
    void a_machine_waits_and_its_neighbours_do_not() {
        int let = 0;
        for (int n = 0; n < 10_000; n++) {
            let += pace.allows("2001:db8:1:2::" + Integer.toHexString(n)) ? 1 : 0;
            later(Duration.ofMillis(1));
        }
        assertThat(let).isBetween(950, 1010);
        assertThat(pace.allows("2001:db8:1:3::1")).isTrue();
        later(Duration.ofSeconds(1));
        assertThat(pace.allows("2001:db8:1:2::1")).isTrue();
    }

    @Test
    void the_machine_itself_is_the_proxy_of_all_and_is_not_slowed() {
        for (int n = 0; n < 10_000; n++) {
            assertThat(pace.allows("127.0.0.1")).isTrue();
        }
    }

    @Test
    void who_guesses_a_thousand_a_second_is_told_of_once() throws InterruptedException {
        for (int n = 0; n < 60_000; n++) {
            pace.guessed("203.0.113." + n % 4);
            later(Duration.ofMillis(1));
        }
        for (int n = 0; n < 100 && told.isEmpty(); n++) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        TimeUnit.MILLISECONDS.sleep(100);
        assertThat(told)
                .singleElement()
                .isInstanceOfSatisfying(
                        CodesGuessed.class,
                        g -> {
                            assertThat(g.network()).isEqualTo("203.0.113.0/24");
                            assertThat(g.guesses()).isEqualTo(KeepPace.GUESSES);
                        });
    }

    @Test
    void mistyped_codes_of_a_village_are_told_to_nobody() throws InterruptedException {
        for (int n = 0; n < 2_000; n++) {
            pace.guessed("203.0.113.7");
            later(Duration.ofSeconds(3));
        }
        TimeUnit.MILLISECONDS.sleep(100);
        assertThat(told).isEmpty();
    }

    @Test
    void from_however_many_networks_the_alerts_of_a_day_are_few() throws InterruptedException {
        for (int network = 0; network < 100; network++) {
            for (int n = 0; n < KeepPace.GUESSES; n++) {
                pace.guessed("10." + network + ".0.1");
            }
        }
        TimeUnit.MILLISECONDS.sleep(300);
        assertThat(told).hasSizeBetween(1, KeepPace.ALERTS_A_DAY);
    }

    /** Begins and commits nothing. */
    private static final class NoDatabase extends AbstractPlatformTransactionManager {
        @Override
        protected Object doGetTransaction() {
            return this;
        }

        @Override
        protected void doBegin(Object transaction, TransactionDefinition definition) {}

        @Override
        protected void doCommit(DefaultTransactionStatus status) {}

        @Override
        protected void doRollback(DefaultTransactionStatus status) {}
    }
}
