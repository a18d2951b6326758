/** What farmers and clerks write down. */
@NullMarked
package cn.xinyuan.server.farming.usecase;

import org.jspecify.annotations.NullMarked;
