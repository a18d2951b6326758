/** The rules of farm records and of the harvest gate, without Spring or database. */
@NullMarked
package cn.xinyuan.server.farming.domain;

import org.jspecify.annotations.NullMarked;
