/** Ordering, activating, voiding and printing codes. */
@NullMarked
package cn.xinyuan.server.issuing.usecase;

import org.jspecify.annotations.NullMarked;
