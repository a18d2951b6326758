/** The public catalogue and the API. */
@NullMarked
package cn.xinyuan.server.catalog.web;

import org.jspecify.annotations.NullMarked;
