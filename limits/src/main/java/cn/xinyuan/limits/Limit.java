package cn.xinyuan.limits;

import cn.xinyuan.limits.Reading.BelowQuantification;
import cn.xinyuan.limits.Reading.Found;
import cn.xinyuan.limits.Reading.NotDetected;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** One clause of a standard for one indicator. */
public sealed interface Limit {

    /** Judges by the full value (GB/T 8170 全数值比较法). */
    default Finding judge(Reading reading) {
        return judge(reading, Comparison.FULL_VALUE);
    }

    Finding judge(Reading reading, Comparison comparison);

    /** The clause as printed, such as {@code ≤0.1 mg/kg}. */
    String words();

    /** Not more than {@code bound} (最大限量). */
    record AtMost(BigDecimal bound, Unit unit) implements Limit {
        public AtMost {
            sane(bound);
        }

        @Override
        public Finding judge(Reading reading, Comparison comparison) {
            return switch (reading) {
                case Found found -> {
                    BigDecimal value = comparison.prepared(in(unit, found, found.value()), bound);
                    yield value.compareTo(bound) <= 0
                            ? Finding.pass(found + " 不超过限量 " + words())
                            : Finding.fail(found + " 超过限量 " + words());
                }
                case NotDetected none -> {
                    yield in(unit, none, none.lod()).compareTo(bound) <= 0
                            ? Finding.pass(none + "，限量 " + words())
                            : Finding.open(none + "，但检出限高于限量 " + words() + "，方法不够灵敏，不能判定");
                }
                case BelowQuantification trace -> {
                    if (in(unit, trace, trace.loq()).compareTo(bound) <= 0) {
                        yield Finding.pass(trace + "，限量 " + words());
                    }
                    yield trace.seenFrom()
                                    .filter(lod -> in(unit, trace, lod).compareTo(bound) > 0)
                                    .isPresent()
                            ? Finding.fail(trace + "，且检出限已高于限量 " + words())
                            : Finding.open(trace + "，但定量限高于限量 " + words() + "，不能判定");
                }
            };
        }

        @Override
        public String words() {
            return "≤" + bound.toPlainString() + " " + unit.symbol();
        }
    }

    /** Not less than {@code bound}, such as a soluble-solids content. */
    record AtLeast(BigDecimal bound, Unit unit) implements Limit {
        public AtLeast {
            sane(bound);
        }

        @Override
        public Finding judge(Reading reading, Comparison comparison) {
            return switch (reading) {
                case Found found -> {
                    BigDecimal value = comparison.prepared(in(unit, found, found.value()), bound);
                    yield value.compareTo(bound) >= 0
                            ? Finding.pass(found + " 不低于 " + words())
                            : Finding.fail(found + " 低于 " + words());
                }
                case NotDetected none -> {
                    yield in(unit, none, none.lod()).compareTo(bound) <= 0
                            ? Finding.fail(none + "，要求 " + words())
                            : Finding.open(none + "，检出限高于要求 " + words() + "，不能判定");
                }
                case BelowQuantification trace -> {
                    if (in(unit, trace, trace.loq()).compareTo(bound) <= 0) {
                        yield Finding.fail(trace + "，要求 " + words());
                    }
                    yield trace.seenFrom()
                                    .filter(lod -> in(unit, trace, lod).compareTo(bound) >= 0)
                                    .isPresent()
                            ? Finding.pass(trace + "，检出限已不低于 " + words())
                            : Finding.open(trace + "，要求 " + words() + "，不能判定");
                }
            };
        }

        @Override
        public String words() {
            return "≥" + bound.toPlainString() + " " + unit.symbol();
        }
    }

    /** From {@code low} to {@code high}, both included. */
    record Between(BigDecimal low, BigDecimal high, Unit unit) implements Limit {
        public Between {
            sane(low);
            sane(high);
            if (low.compareTo(high) > 0) {
                throw new IllegalArgumentException("nothing lies between " + low + " and " + high);
            }
        }

        @Override
        public Finding judge(Reading reading, Comparison comparison) {
            Finding below = new AtLeast(low, unit).judge(reading, comparison);
            Finding above = new AtMost(high, unit).judge(reading, comparison);
            return below.verdict().compareTo(above.verdict()) >= 0 ? below : above;
        }

        @Override
        public String words() {
            return low.toPlainString() + "～" + high.toPlainString() + " " + unit.symbol();
        }
    }

    /**
     * Not to be found (不得检出).
     *
     * @param seenFrom what a method must be able to see to prove it; null if the standard does not
     *     say
     */
    record Absent(@Nullable BigDecimal seenFrom, Unit unit) implements Limit {
        public Absent {
            if (seenFrom != null && seenFrom.signum() <= 0) {
                throw new IllegalArgumentException("no method sees " + seenFrom);
            }
        }

        @Override
        public Finding judge(Reading reading, Comparison comparison) {
            return switch (reading) {
                case Found found when found.value().signum() == 0 ->
                        Finding.open("只写了 0，没有写检出限，不能证明" + words());
                case Found found -> Finding.fail("检出 " + found + "，要求" + words());
                case BelowQuantification trace -> Finding.fail(trace + "，要求" + words());
                case NotDetected none
                        when seenFrom != null
                                && in(unit, none, none.lod()).compareTo(seenFrom) > 0 ->
                        Finding.open(none + "，方法不够灵敏，要求" + words());
                case NotDetected none -> Finding.pass(none + "，要求" + words());
            };
        }

        @Override
        public String words() {
            return seenFrom == null
                    ? "不得检出"
                    : "不得检出（<" + seenFrom.toPlainString() + " " + unit.symbol() + "）";
        }
    }

    /**
     * Not to be used in production (禁止使用). A residue shows that it was, whatever the amount; that
     * none was seen does not prove the contrary but is all that a test can say.
     */
    record NotToBeUsed() implements Limit {
        @Override
        public Finding judge(Reading reading, Comparison comparison) {
            return switch (reading) {
                case Found found when found.value().signum() == 0 ->
                        Finding.open("只写了 0，没有写检出限，不能证明未使用");
                case Found found -> Finding.fail("检出禁用物质 " + found);
                case BelowQuantification trace -> Finding.fail("禁用物质" + trace);
                case NotDetected none -> Finding.pass("禁用物质" + none);
            };
        }

        @Override
        public String words() {
            return "禁止使用";
        }
    }

    private static void sane(BigDecimal bound) {
        if (bound.signum() < 0) {
            throw new IllegalArgumentException("a limit is never negative: " + bound);
        }
    }

    private static BigDecimal in(Unit wanted, Reading reading, BigDecimal figure) {
        return reading.unit().to(wanted, figure);
    }
}
