package cn.xinyuan.server.standards.domain;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The brand's own standard for a category: the strictest of the sources that it adopts (取严取全).
 *
 * @param adopts series whose edition in force counts, such as {@code GB 2763}
 */
public record BrandStandard(
        String number,
        String title,
        String category,
        int version,
        LocalDate effectiveFrom,
        @Nullable LocalDate effectiveTo,
        List<String> adopts) {

    /** The series under which bans by announcement are adopted. */
    public static final String BANS = "农药禁用公告";

    public BrandStandard {
        adopts = List.copyOf(adopts);
    }

    boolean holdsOn(LocalDate day) {
        return !day.isBefore(effectiveFrom) && (effectiveTo == null || !day.isAfter(effectiveTo));
    }
}
