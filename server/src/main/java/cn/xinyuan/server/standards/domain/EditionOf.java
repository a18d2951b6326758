package cn.xinyuan.server.standards.domain;

import cn.xinyuan.server.standards.Standards.Edition;
import java.time.LocalDate;

/** An edition of a series, such as GB 2763-2021 of GB 2763. */
public record EditionOf(String series, Edition edition) {

    boolean holdsOn(LocalDate day) {
        return !day.isBefore(edition.effectiveFrom())
                && (edition.effectiveTo() == null || !day.isAfter(edition.effectiveTo()));
    }
}
