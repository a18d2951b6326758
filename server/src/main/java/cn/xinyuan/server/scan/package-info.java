/**
 * What a shopper sees: the verdict first, a source on every claim, a count without following
 * anyone, and a place to complain.
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
            "laboratory",
            "licensing",
            "certificates",
            "issuing",
            "recall"
        })
@NullMarked
package cn.xinyuan.server.scan;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
