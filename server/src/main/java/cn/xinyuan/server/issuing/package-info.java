/**
 * 一码: code batches against licence and balance, activation, voiding, labels and printing. The
 * balance itself is trace's.
 */
@ApplicationModule(
        allowedDependencies = {
            "pages",
            "access",
            "journal",
            "parties",
            "standards",
            "catalog",
            "trace",
            "licensing",
            "certificates",
            "licensing :: events"
        })
@NullMarked
package cn.xinyuan.server.issuing;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
