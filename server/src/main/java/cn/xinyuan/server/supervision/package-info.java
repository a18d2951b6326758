/**
 * Alerts with one person and one deadline each, from refusals, failed reports, suspicious codes,
 * complaints and recalls.
 */
@ApplicationModule(
        allowedDependencies = {
            "pages",
            "access",
            "journal",
            "parties",
            "catalog",
            "trace",
            "laboratory",
            "licensing",
            "recall",
            "scan",
            "farming :: events",
            "trace :: events",
            "laboratory :: events",
            "certificates :: events",
            "licensing :: events",
            "recall :: events",
            "scan :: events"
        })
@NullMarked
package cn.xinyuan.server.supervision;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
