/**
 * Samples, reports, verdicts by the edition in force on the sampling day, and the gap between what
 * was used and what was tested. A failed report holds its lot through {@code trace} in the same
 * transaction.
 */
@ApplicationModule(
        allowedDependencies = {
            "pages",
            "access",
            "journal",
            "parties",
            "standards",
            "catalog",
            "farming",
            "trace",
            "standards :: events"
        })
@NullMarked
package cn.xinyuan.server.laboratory;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
