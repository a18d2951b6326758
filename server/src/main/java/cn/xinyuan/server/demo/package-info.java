/**
 * Plays the demo season of 2025 through the published interfaces of the other rooms, under a season
 * clock; it inserts nothing itself. All people, firms and phones are fictional and marked 演示. The
 * only room whose clock may lie in the past. It lives under the profile {@code demo} alone.
 */
@ApplicationModule(
        allowedDependencies = {
            "pages",
            "access",
            "parties",
            "standards",
            "catalog",
            "farming",
            "trace",
            "laboratory",
            "licensing",
            "certificates",
            "issuing",
            "recall",
            "scan",
            "supervision"
        })
@NullMarked
package cn.xinyuan.server.demo;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
