/** The tables of the schema scan. */
@NullMarked
package cn.xinyuan.server.scan.store;

import org.jspecify.annotations.NullMarked;
