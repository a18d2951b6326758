/** The shopper's pages and their JSON twin. */
@NullMarked
package cn.xinyuan.server.scan.web;

import org.jspecify.annotations.NullMarked;
