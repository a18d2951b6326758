/** What trace tells those above it. */
@NamedInterface("events")
@NullMarked
package cn.xinyuan.server.trace.events;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
