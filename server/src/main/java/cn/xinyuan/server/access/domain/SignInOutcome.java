package cn.xinyuan.server.access.domain;

import java.time.Instant;

/** How an attempt to come in ended. None of the ends is an error of the program. */
public sealed interface SignInOutcome {

    record In(Account account) implements SignInOutcome {}

    /** Wrong name or wrong password: the two are never told apart. */
    record Wrong() implements SignInOutcome {}

    /** Too many failures; the password was not even looked at. */
    record Locked(Instant until) implements SignInOutcome {}

    /** The right password of an account that an administrator has disabled. */
    record Disabled() implements SignInOutcome {}
}
