/** Issuing certificates and taking them back. */
@NullMarked
package cn.xinyuan.server.certificates.usecase;

import org.jspecify.annotations.NullMarked;
