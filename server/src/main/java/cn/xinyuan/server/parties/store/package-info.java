/** The tables of the schema parties. */
@NullMarked
package cn.xinyuan.server.parties.store;

import org.jspecify.annotations.NullMarked;
