/** The procedure, step by step, and the fate of a licence. */
@NullMarked
package cn.xinyuan.server.licensing.usecase;

import org.jspecify.annotations.NullMarked;
