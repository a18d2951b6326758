/** What farming tells those above it. */
@NamedInterface("events")
@NullMarked
package cn.xinyuan.server.farming.events;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
