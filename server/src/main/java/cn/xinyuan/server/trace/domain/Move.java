package cn.xinyuan.server.trace.domain;

import java.math.BigDecimal;

/** An amount that leaves one account for another: two postings that sum to zero. */
public record Move(Account from, Account to, BigDecimal amount) {

    public Move {
        if (from.unit() != to.unit()) {
            throw new IllegalArgumentException("from " + from.unit() + " to " + to.unit());
        }
        if (amount.signum() < 0) {
            throw new IllegalArgumentException("a move goes forward: " + amount);
        }
    }

    public static Move of(Account from, Account to, long amount) {
        return new Move(from, to, BigDecimal.valueOf(amount));
    }
}
