/** What laboratory tells those above it. */
@NamedInterface("events")
@NullMarked
package cn.xinyuan.server.laboratory.events;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
