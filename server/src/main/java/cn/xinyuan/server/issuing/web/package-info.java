/** Code batches in the console and for machines; the printed sheet. */
@NullMarked
package cn.xinyuan.server.issuing.web;

import org.jspecify.annotations.NullMarked;
