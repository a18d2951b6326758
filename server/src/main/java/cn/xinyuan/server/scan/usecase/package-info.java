/** Looking a code up, counting, complaining. */
@NullMarked
package cn.xinyuan.server.scan.usecase;

import org.jspecify.annotations.NullMarked;
