/** What issuing tells those above it. */
@NamedInterface("events")
@NullMarked
package cn.xinyuan.server.issuing.events;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
