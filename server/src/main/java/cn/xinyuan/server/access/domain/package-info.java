/** The rules of accounts, secrets and guessing, without Spring or database. */
@NullMarked
package cn.xinyuan.server.access.domain;

import org.jspecify.annotations.NullMarked;
