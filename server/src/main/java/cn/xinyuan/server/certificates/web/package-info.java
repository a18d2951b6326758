/** Certificates on pages, as PDF and for machines. */
@NullMarked
package cn.xinyuan.server.certificates.web;

import org.jspecify.annotations.NullMarked;
