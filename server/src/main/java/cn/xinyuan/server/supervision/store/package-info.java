/** The tables of the schema supervision. */
@NullMarked
package cn.xinyuan.server.supervision.store;

import org.jspecify.annotations.NullMarked;
