package cn.xinyuan.server.standards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.xinyuan.server.TestDatabase;
import cn.xinyuan.server.standards.events.BanStarted;
import cn.xinyuan.server.standards.events.EditionInForce;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.modulith.test.ApplicationModuleTest;
import org.springframework.modulith.test.ApplicationModuleTest.BootstrapMode;
import org.springframework.modulith.test.AssertablePublishedEvents;
import org.springframework.test.context.TestPropertySource;

/** The room on a real database, with a clock that the test turns. */
@ApplicationModuleTest(mode = BootstrapMode.ALL_DEPENDENCIES)
@TestPropertySource(properties = "xinyuan.demo=true")
@Import({TestDatabase.class, StandardsRoomTest.Season.class})
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StandardsRoomTest {

    @TestConfiguration(proxyBeanMethods = false)
    static class Season {
        static volatile Instant now = Instant.parse("2025-06-11T01:00:00Z");

        @Bean
        @Primary
        Clock seasonClock() {
            return new Clock() {
                private final InstantSource source = () -> now;

                @Override
                public ZoneId getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(ZoneId zone) {
                    return source.withZone(zone);
                }

                @Override
                public Instant instant() {
                    return now;
                }
            };
        }
    }

    @Autowired Standards standards;
    @Autowired JdbcClient db;

    @Test
    @Order(1)
    void loading_twice_changes_nothing_and_what_holds_already_is_no_news(
            AssertablePublishedEvents events) {
        standards.loadReference();
        long clauses = count("standards.clause");
        standards.loadReference();
        standards.announceDue();

        assertThat(count("standards.clause")).isEqualTo(clauses).isPositive();
        assertThat(standards.editions()).hasSize(2);
        assertThat(standards.pesticideProducts()).hasSize(17);
        assertThat(standards.pesticideProduct("40%除虫脲")).isPresent();
        assertThat(standards.publishedYields("litchi")).hasSize(4);
        assertThat(standards.publishedYields("sanhua-plum"))
                .singleElement()
                .satisfies(y -> assertThat(y.kgPerMu()).isEqualByComparingTo("1470"));
        assertThat(standards.publishedYields("mooncake")).isEmpty();
        assertThat(events.ofType(EditionInForce.class)).isEmpty();
        assertThat(events.ofType(BanStarted.class)).isEmpty();
    }

    @Test
    @Order(2)
    void on_their_day_an_edition_and_a_ban_are_told_once(AssertablePublishedEvents events) {
        Season.now = Instant.parse("2026-05-31T16:30:00Z");
        standards.announceDue();
        standards.announceDue();

        assertThat(events.ofType(EditionInForce.class)).hasSize(1);
        assertThat(events.ofType(BanStarted.class)).hasSize(4);
        assertThat(events.ofType(BanStarted.class).matching(b -> b.substance().equals("克百威")))
                .hasSize(1);
    }

    @Test
    @Order(3)
    void a_limit_once_written_cannot_be_changed_not_even_in_the_database() {
        assertThatThrownBy(() -> db.sql("update standards.clause set high = 100").update())
                .hasMessageContaining("not changed");
        assertThat(standards.limits("litchi", LocalDate.of(2025, 6, 11)))
                .anySatisfy(
                        l -> {
                            assertThat(l.substance()).isEqualTo("氯氟氰菊酯和高效氯氟氰菊酯");
                            assertThat(l.atMost()).isEqualByComparingTo("0.1");
                            assertThat(l.verified()).isTrue();
                            assertThat(l.edition()).isEqualTo("GB 2763-2021");
                        });
    }

    private long count(String table) {
        return db.sql("select count(*) from " + table).query(Long.class).single();
    }
}
