/** What recall tells those above it. */
@NamedInterface("events")
@NullMarked
package cn.xinyuan.server.recall.events;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
