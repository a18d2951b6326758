package cn.xinyuan.server.issuing.domain;

import cn.xinyuan.codes.CodeRange;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;

/** Keeps which products bear hidden codes, first uses, and wrong tries. */
public interface ScratchBook {

    /** Whether the items of a product bear hidden codes. */
    boolean isChosen(UUID product);

    void choose(UUID product, boolean chosen, UUID by, String byName, Instant at);

    /** Notes that hidden codes were taken away as a file. */
    void tookAway(CodeRange codes, UUID by, String byName, Instant at);

    /** When an item was first used; empty if never confirmed. */
    Optional<Instant> firstUse(long batch, long serial);

    /** Writes the first use down; false if it was before. */
    boolean use(long batch, long serial, Instant at);

    /**
     * The wrong tries at an item on a day and at all, and nobody else can try it until the
     * transaction ends.
     */
    Tries lock(long batch, long serial, LocalDate day);

    /** Counts a wrong try. */
    void wrong(long batch, long serial, LocalDate day);

    /** Wrong tries. */
    record Tries(int today, int ever) {}
}
