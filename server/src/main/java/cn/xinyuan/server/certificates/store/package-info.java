/** The tables of the schema certificates. */
@NullMarked
package cn.xinyuan.server.certificates.store;

import org.jspecify.annotations.NullMarked;
