package cn.xinyuan.limits;

import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a laboratory wrote down for one indicator, with its own significant figures. */
public sealed interface Reading {

    Unit unit();

    /** A measured content. */
    record Found(BigDecimal value, Unit unit) implements Reading {
        public Found {
            if (value.signum() < 0) {
                throw new IllegalArgumentException("a content is never negative: " + value);
            }
        }

        @Override
        public String toString() {
            return value.toPlainString() + " " + unit.symbol();
        }
    }

    /** Nothing seen (未检出) by a method that sees {@code lod} and more. */
    record NotDetected(BigDecimal lod, Unit unit) implements Reading {
        public NotDetected {
            positive(lod, "detection limit");
        }

        @Override
        public String toString() {
            return "未检出（<" + lod.toPlainString() + " " + unit.symbol() + "）";
        }
    }

    /**
     * Seen, but too little to put a figure on (检出，低于定量限).
     *
     * @param loq limit of quantification
     * @param lod limit of detection, where the laboratory gave it
     */
    record BelowQuantification(BigDecimal loq, @Nullable BigDecimal lod, Unit unit)
            implements Reading {
        public BelowQuantification {
            positive(loq, "limit of quantification");
            if (lod != null) {
                positive(lod, "detection limit");
                if (lod.compareTo(loq) > 0) {
                    throw new IllegalArgumentException("LOD " + lod + " above LOQ " + loq);
                }
            }
        }

        Optional<BigDecimal> seenFrom() {
            return Optional.ofNullable(lod);
        }

        @Override
        public String toString() {
            return "检出，低于定量限 " + loq.toPlainString() + " " + unit.symbol();
        }
    }

    private static void positive(BigDecimal figure, String what) {
        if (figure.signum() <= 0) {
            throw new IllegalArgumentException("a " + what + " is above zero: " + figure);
        }
    }
}
