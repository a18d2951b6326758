/** The guards at the door, and the pages of accounts and keys. */
@NullMarked
package cn.xinyuan.server.access.web;

import org.jspecify.annotations.NullMarked;
