/** The rules of parties, without Spring or database. */
@NullMarked
package cn.xinyuan.server.parties.domain;

import org.jspecify.annotations.NullMarked;
