/** Season caps, farm records, pre-harvest intervals and the harvest gate. */
@ApplicationModule(
        allowedDependencies = {
            "pages",
            "access",
            "journal",
            "parties",
            "standards",
            "catalog",
            "standards :: events"
        })
@NullMarked
package cn.xinyuan.server.farming;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
