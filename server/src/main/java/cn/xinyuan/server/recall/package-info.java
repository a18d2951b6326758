/**
 * From a lot to every code and holder it reached: holds lots, takes certificates back, lists whom
 * to notify, counts kilograms recovered.
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
            "laboratory",
            "licensing",
            "certificates",
            "issuing",
            "laboratory :: events"
        })
@NullMarked
package cn.xinyuan.server.recall;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
