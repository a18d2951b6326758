/** The tables of the schema access. */
@NullMarked
package cn.xinyuan.server.access.store;

import org.jspecify.annotations.NullMarked;
