/**
 * Editions of standards with their limits, bans and registered products, each in force from and to
 * a day. Every judgement names the edition that it used.
 *
 * <p>The figures are read once from {@code reference/*.csv} by {@link
 * cn.xinyuan.server.standards.Standards#loadReference()} and never changed afterwards: a correction
 * is another edition. What a brand product must meet is the union of all indicators of the sources
 * that the brand standard adopts, with the strictest clause of each (取严取全); a ban counts as the
 * clause "not to be used". A limit stands for a residue definition, so that a result for any
 * substance named in the definition is judged by it.
 *
 * <p>Assumptions of this slice, which an operator replaces by the official texts: dried litchi and
 * dried longan are judged by the limits of the fresh fruit; a substance that is found but has no
 * limit in the edition is not decided ({@code INCONCLUSIVE}); the edition from 2026-03-01 is
 * fictional and there in demo mode only.
 */
@ApplicationModule(allowedDependencies = {"pages", "access", "journal", "parties"})
@NullMarked
package cn.xinyuan.server.standards;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
