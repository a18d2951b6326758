/** What a verdict rests on, how copies betray themselves, and how a typed code is read. */
@NullMarked
package cn.xinyuan.server.scan.domain;

import org.jspecify.annotations.NullMarked;
