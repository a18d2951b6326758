/** The tables of the schema recall. */
@NullMarked
package cn.xinyuan.server.recall.store;

import org.jspecify.annotations.NullMarked;
