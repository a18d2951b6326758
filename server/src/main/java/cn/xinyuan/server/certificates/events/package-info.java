/** What certificates tells those above it. */
@NamedInterface("events")
@NullMarked
package cn.xinyuan.server.certificates.events;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
