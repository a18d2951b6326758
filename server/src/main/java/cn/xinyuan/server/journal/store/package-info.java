/** The table of the schema journal. */
@NullMarked
package cn.xinyuan.server.journal.store;

import org.jspecify.annotations.NullMarked;
