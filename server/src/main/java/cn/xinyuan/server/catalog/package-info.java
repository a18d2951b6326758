/** The brand, its two marks (两标), products and packs, and which standard governs which product. */
@ApplicationModule(allowedDependencies = {"pages", "access", "journal", "parties", "standards"})
@NullMarked
package cn.xinyuan.server.catalog;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
