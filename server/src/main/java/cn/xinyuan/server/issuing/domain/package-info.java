/** Which codes of a batch are free, used or void; what the stores must do. */
@NullMarked
package cn.xinyuan.server.issuing.domain;

import org.jspecify.annotations.NullMarked;
