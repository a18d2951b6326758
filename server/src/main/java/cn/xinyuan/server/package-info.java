/** The server: one program whose rooms are the packages below this one. */
@NullMarked
package cn.xinyuan.server;

import org.jspecify.annotations.NullMarked;
