/**
 * The command line: what was typed, which database it runs on, and the order of starting and
 * stopping. The database starts before Spring and stops after it, so that no bean ever meets a
 * closed database. Nothing of the business is decided here.
 */
@ApplicationModule(allowedDependencies = {"access", "trace"})
@NullMarked
package cn.xinyuan.server.launch;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
