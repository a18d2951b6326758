/** What a commitment certificate says and when it may say it. */
@NullMarked
package cn.xinyuan.server.certificates.domain;

import org.jspecify.annotations.NullMarked;
