/** The pages and the API of recalls. */
@NullMarked
package cn.xinyuan.server.recall.web;

import org.jspecify.annotations.NullMarked;
