package cn.xinyuan.server.catalog;

import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;

/** Whether a product may carry the mark today; {@code licensing}, which lies above, knows. */
public interface MarkStandings {

    /** The newest licence of the product; empty when it never had one. */
    Optional<MarkStanding> standing(UUID product);

    /** A licence as the catalogue shows it; {@code word} is such as IN_FORCE or SUSPENDED. */
    record MarkStanding(String licence, LocalDate until, boolean inForce, String word) {}
}
