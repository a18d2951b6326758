/** The front page and the search. */
@NullMarked
package cn.xinyuan.server.portal.web;

import org.jspecify.annotations.NullMarked;
