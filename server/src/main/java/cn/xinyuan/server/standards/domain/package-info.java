/** What the editions say, without a database: one immutable library answers every question. */
@NullMarked
package cn.xinyuan.server.standards.domain;

import org.jspecify.annotations.NullMarked;
