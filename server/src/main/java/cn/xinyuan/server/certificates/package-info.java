/**
 * 承诺达标合格证: the producer's commitment certificate under order 4/2025 of the agriculture ministry, by
 * lot. A legal duty of its own: a suspended mark does not stop it.
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
            "standards :: events",
            "laboratory :: events"
        })
@NullMarked
package cn.xinyuan.server.certificates;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
