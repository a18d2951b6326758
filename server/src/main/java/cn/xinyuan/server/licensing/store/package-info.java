/** The tables of the schema licensing. */
@NullMarked
package cn.xinyuan.server.licensing.store;

import org.jspecify.annotations.NullMarked;
