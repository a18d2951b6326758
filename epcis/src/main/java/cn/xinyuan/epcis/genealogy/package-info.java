/**
 * The genealogy of all lots held in the process: dense numbers for 128-bit keys, a compressed
 * adjacency array in both directions, an append-only delta beside it, and the walks over both. It
 * is an index: whoever owns the truth (a database, a file) loads it, appends what was committed,
 * and compares the digest.
 *
 * <p>Time-respecting: a container that carries unrelated goods in turn links them only while they
 * are inside together. Nothing recurses; circles and lots without an origin end the walk and are
 * told.
 */
@NullMarked
package cn.xinyuan.epcis.genealogy;

import org.jspecify.annotations.NullMarked;
