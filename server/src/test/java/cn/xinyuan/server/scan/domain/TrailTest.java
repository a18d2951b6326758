package cn.xinyuan.server.scan.domain;

import static org.assertj.core.api.Assertions.assertThat;

import cn.xinyuan.server.scan.domain.Trail.Sighting;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrailTest {

    @Test
    void what_is_written_is_read_again() {
        var random = new Random(4);
        for (int n = 0; n < 200; n++) {
            Trail trail =
                    Trail.EMPTY.with(
                            IntStream.range(0, random.nextInt(200))
                                    .mapToObj(
                                            i ->
                                                    new Sighting(
                                                            random.nextInt(86_400),
                                                            random.nextInt(3) == 0
                                                                    ? ""
                                                                    : "地区" + random.nextInt(40),
                                                            random.nextInt()))
                                    .toList());
            assertThat(Trail.read(trail.bytes())).isEqualTo(trail);
            assertThat(trail.sightings()).hasSizeLessThanOrEqualTo(Trail.MOST);
        }
        assertThat(Trail.read(new byte[0])).isEqualTo(Trail.EMPTY);
        assertThat(Trail.EMPTY.with(List.of(new Sighting(1, "440300", 7))).bytes()).hasSize(17);
    }

    @Test
    void of_one_reader_in_one_region_the_last_scan_is_kept() {
        Trail trail =
                Trail.EMPTY
                        .with(List.of(new Sighting(5, "a", 1), new Sighting(9, "a", 1)))
                        .with(List.of(new Sighting(7, "a", 1), new Sighting(7, "b", 1)));
        assertThat(trail.sightings())
                .containsExactlyInAnyOrder(new Sighting(9, "a", 1), new Sighting(7, "b", 1));
    }

    @Test
    void of_too_many_the_newest_are_kept() {
        Trail trail =
                Trail.EMPTY.with(
                        IntStream.range(0, 500).mapToObj(n -> new Sighting(n, "a", n)).toList());
        assertThat(trail.sightings()).hasSize(Trail.MOST);
        assertThat(trail.sightings()).allMatch(s -> s.second() >= 500 - Trail.MOST);
    }
}
