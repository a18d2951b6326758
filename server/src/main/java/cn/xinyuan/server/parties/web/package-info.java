/** The pages and the API of parties. */
@NullMarked
package cn.xinyuan.server.parties.web;

import org.jspecify.annotations.NullMarked;
