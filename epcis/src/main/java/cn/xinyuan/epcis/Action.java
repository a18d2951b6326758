package cn.xinyuan.epcis;

/** How an event relates to the life of what it names (EPCIS 2.0, 7.3.2). */
public enum Action {
    /**
     * Made, or put into; a class-level ADD of an object event says that the quantity came to be.
     */
    ADD,
    /** Seen, neither made nor ended. */
    OBSERVE,
    /** Ended, or taken out of. */
    DELETE
}
