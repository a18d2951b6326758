/** What an officer does about a recall. */
@NullMarked
package cn.xinyuan.server.recall.usecase;

import org.jspecify.annotations.NullMarked;
