/** Pages and API of lots and goods. */
@NullMarked
package cn.xinyuan.server.trace.web;

import org.jspecify.annotations.NullMarked;
