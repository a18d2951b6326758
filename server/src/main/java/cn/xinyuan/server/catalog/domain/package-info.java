/** The rules of products, without Spring or database. */
@NullMarked
package cn.xinyuan.server.catalog.domain;

import org.jspecify.annotations.NullMarked;
