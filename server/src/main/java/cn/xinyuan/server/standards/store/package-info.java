/** The tables of the schema standards, and the reference files that come with the program. */
@NullMarked
package cn.xinyuan.server.standards.store;

import org.jspecify.annotations.NullMarked;
