/**
 * Producers, processors, shops, laboratories and authorities; their bases and plots, their members,
 * and who may act for whom. The tables are in the schema {@code parties}.
 */
@ApplicationModule(allowedDependencies = {"pages", "access", "journal"})
@NullMarked
package cn.xinyuan.server.parties;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
