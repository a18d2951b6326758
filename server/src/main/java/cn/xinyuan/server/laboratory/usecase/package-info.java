/** What people do in the laboratory, and what follows from it. */
@NullMarked
package cn.xinyuan.server.laboratory.usecase;

import org.jspecify.annotations.NullMarked;
