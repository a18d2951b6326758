/** Benchmarks of the built program, run from outside. */
@NullMarked
package cn.xinyuan.bench;

import org.jspecify.annotations.NullMarked;
