/** What licensing tells those above it. */
@NamedInterface("events")
@NullMarked
package cn.xinyuan.server.licensing.events;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
