/** The laboratory's pages, the producers' view of them, and the JSON API. */
@NullMarked
package cn.xinyuan.server.laboratory.web;

import org.jspecify.annotations.NullMarked;
