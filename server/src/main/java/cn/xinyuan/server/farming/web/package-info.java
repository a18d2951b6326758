/** The farmer's phone and the API. */
@NullMarked
package cn.xinyuan.server.farming.web;

import org.jspecify.annotations.NullMarked;
