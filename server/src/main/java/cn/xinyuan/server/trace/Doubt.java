package cn.xinyuan.server.trace;

import java.math.BigDecimal;

/** Why a foreign chain does not balance, by all that is known now. */
public sealed interface Doubt {

    /** No event says where it came from. */
    record NoOrigin(String what) implements Doubt {}

    /** Several events say that they made it. */
    record MadeAgain(String what, int times) implements Doubt {}

    /**
     * More is used than was made.
     *
     * @param unit {@code KGM} for every mass, else the unit code, empty for pieces
     */
    record UsedUp(String what, BigDecimal used, BigDecimal made, String unit) implements Doubt {}

    /** An event's outputs outweigh its inputs, in kilograms. */
    record Outweighs(BigDecimal in, BigDecimal out) implements Doubt {}

    /** Another account of the same event differs in its amounts. */
    record Contested(String eventId) implements Doubt {}
}
