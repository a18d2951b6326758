/** What a recall is, without Spring or database. */
@NullMarked
package cn.xinyuan.server.recall.domain;

import org.jspecify.annotations.NullMarked;
