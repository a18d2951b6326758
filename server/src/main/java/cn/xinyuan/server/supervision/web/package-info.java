/** The workbench of supervisors. */
@NullMarked
package cn.xinyuan.server.supervision.web;

import org.jspecify.annotations.NullMarked;
