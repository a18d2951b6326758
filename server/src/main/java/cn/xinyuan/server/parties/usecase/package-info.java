/** Parties are registered, their bases and plots written down, their members enrolled. */
@NullMarked
package cn.xinyuan.server.parties.usecase;

import org.jspecify.annotations.NullMarked;
