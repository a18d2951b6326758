/** Quantities, detection limits, rounding, the strictest of several limits, verdicts. */
@NullMarked
package cn.xinyuan.limits;

import org.jspecify.annotations.NullMarked;
