/** What people do with goods. */
@NullMarked
package cn.xinyuan.server.trace.usecase;

import org.jspecify.annotations.NullMarked;
