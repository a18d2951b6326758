/** What scan tells those above it. */
@NamedInterface("events")
@NullMarked
package cn.xinyuan.server.scan.events;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
