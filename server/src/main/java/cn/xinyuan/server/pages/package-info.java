/**
 * What every page needs: the shell, the words for dates and amounts, form problems, error pages,
 * the JTE views, and the small question "who is signed in", which {@code access} answers.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package cn.xinyuan.server.pages;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
