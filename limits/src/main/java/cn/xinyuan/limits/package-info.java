/**
 * What a laboratory read, what a standard allows, and what follows from the two.
 *
 * <p>A {@link cn.xinyuan.limits.Reading} is a figure, or "not detected" with the detection limit of
 * the method, or "detected, but below the limit of quantification": three different things, of
 * which none is zero. A {@link cn.xinyuan.limits.Limit} is one clause of a standard. Judging one by
 * the other gives a {@link cn.xinyuan.limits.Finding} whose verdict may also be {@code
 * INCONCLUSIVE}: a method that cannot see as little as the limit allows proves nothing. Figures are
 * compared as GB/T 8170-2008 says, by their full value unless the standard orders rounding first;
 * the laboratory's significant figures are kept everywhere. {@link cn.xinyuan.limits.Strictest}
 * composes the clauses of several sources (取严取全), and every value remembers where it came from.
 */
@NullMarked
package cn.xinyuan.limits;

import org.jspecify.annotations.NullMarked;
