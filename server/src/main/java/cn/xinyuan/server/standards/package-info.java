/**
 * Editions of standards with their limits, bans and registered products, each in force from and to
 * a day. Every judgement names the edition that it used.
 */
@ApplicationModule(allowedDependencies = {"pages", "access", "journal", "parties"})
@NullMarked
package cn.xinyuan.server.standards;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
