/** Stages, standings, deadlines and the pinned bytes of a licence act. */
@NullMarked
package cn.xinyuan.server.licensing.domain;

import org.jspecify.annotations.NullMarked;
