/** The tables of the schema laboratory. */
@NullMarked
package cn.xinyuan.server.laboratory.store;

import org.jspecify.annotations.NullMarked;
