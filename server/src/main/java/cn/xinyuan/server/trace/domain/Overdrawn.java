package cn.xinyuan.server.trace.domain;

import java.math.BigDecimal;

/** More was asked of an account than it holds. The use case says it in words. */
public final class Overdrawn extends RuntimeException {

    private final transient Account account;
    private final transient BigDecimal available;
    private final transient BigDecimal asked;

    public Overdrawn(Account account, BigDecimal available, BigDecimal asked) {
        super(account.key() + " holds " + available + ", asked " + asked);
        this.account = account;
        this.available = available;
        this.asked = asked;
    }

    public Account account() {
        return account;
    }

    public BigDecimal available() {
        return available;
    }

    public BigDecimal asked() {
        return asked;
    }
}
