/** The tables of the schema farming. */
@NullMarked
package cn.xinyuan.server.farming.store;

import org.jspecify.annotations.NullMarked;
