/** Consulting, loading and announcing. */
@NullMarked
package cn.xinyuan.server.standards.usecase;

import org.jspecify.annotations.NullMarked;
