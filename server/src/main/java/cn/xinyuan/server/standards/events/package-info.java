/** What standards tells those above it. */
@NamedInterface("events")
@NullMarked
package cn.xinyuan.server.standards.events;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
