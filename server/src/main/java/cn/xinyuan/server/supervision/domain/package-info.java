/** The rules of alerts: levels, deadlines, states. */
@NullMarked
package cn.xinyuan.server.supervision.domain;

import org.jspecify.annotations.NullMarked;
