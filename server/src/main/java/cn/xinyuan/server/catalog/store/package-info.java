/** The tables of the schema catalog. */
@NullMarked
package cn.xinyuan.server.catalog.store;

import org.jspecify.annotations.NullMarked;
