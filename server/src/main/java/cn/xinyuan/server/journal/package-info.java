/**
 * The append-only record of official acts. What is appended joins the caller's transaction; nothing
 * is ever changed or removed, in the database too.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package cn.xinyuan.server.journal;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
