/** The schema issuing, and the key store beside the database. */
@NullMarked
package cn.xinyuan.server.issuing.store;

import org.jspecify.annotations.NullMarked;
