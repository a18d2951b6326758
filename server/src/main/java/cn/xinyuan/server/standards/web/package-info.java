/** The public library of standards and its JSON twin. */
@NullMarked
package cn.xinyuan.server.standards.web;

import org.jspecify.annotations.NullMarked;
