/** What people do with accounts: sign in, open, disable, hand out keys. */
@NullMarked
package cn.xinyuan.server.access.usecase;

import org.jspecify.annotations.NullMarked;
