/**
 * Who may carry the mark, on what, and until when: application, review, grant, suspension,
 * reinstatement, revocation. Standing is asked for, never cached.
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
            "standards :: events",
            "laboratory :: events"
        })
@NullMarked
package cn.xinyuan.server.licensing;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
