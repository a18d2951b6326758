/** Accounts and postings, absurd figures, the EPCIS event of an act: without Spring or database. */
@NullMarked
package cn.xinyuan.server.trace.domain;

import org.jspecify.annotations.NullMarked;
