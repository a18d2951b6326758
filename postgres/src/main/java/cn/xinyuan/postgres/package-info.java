/** A PostgreSQL server that starts and stops with the program. */
@NullMarked
package cn.xinyuan.postgres;

import org.jspecify.annotations.NullMarked;
