/** What officers do about alerts, and where alerts come from. */
@NullMarked
package cn.xinyuan.server.supervision.usecase;

import org.jspecify.annotations.NullMarked;
