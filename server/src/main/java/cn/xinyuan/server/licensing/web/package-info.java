/** The applicant's pages, the officer's worklist, and the public page of a licence. */
@NullMarked
package cn.xinyuan.server.licensing.web;

import org.jspecify.annotations.NullMarked;
