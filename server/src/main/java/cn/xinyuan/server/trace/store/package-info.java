/** The tables of the schema trace. */
@NullMarked
package cn.xinyuan.server.trace.store;

import org.jspecify.annotations.NullMarked;
