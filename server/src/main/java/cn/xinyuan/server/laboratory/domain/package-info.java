/** Reports, their stages, what covers a lot, and the pinned bytes of a verdict. */
@NullMarked
package cn.xinyuan.server.laboratory.domain;

import org.jspecify.annotations.NullMarked;
