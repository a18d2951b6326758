package cn.xinyuan.server.issuing.domain;

import cn.xinyuan.codes.CodeRange;
import cn.xinyuan.server.issuing.Cases.Kind;
import cn.xinyuan.server.issuing.Cases.LogisticUnit;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Keeps cases and pallets. Writing happens in the caller's transaction. */
public interface CaseBook {

    /** A serial reference that no SSCC had. */
    long nextReference();

    /** A new unit with its contents, or with its cases. */
    void add(LogisticUnit unit, UUID by);

    Optional<LogisticUnit> find(String sscc);

    /** The same, and nobody else can lock it until the transaction ends. */
    Optional<LogisticUnit> lock(String sscc);

    /** Units of a party, newest first. */
    List<Brief> of(UUID party, int atMost);

    /** The case in which one of these codes is now; empty when none is in any. */
    Optional<String> holding(CodeRange codes);

    void putOn(String pallet, String item, Instant at);

    /** Takes a case off its pallet. */
    void takeOff(String item, Instant at);

    /** Empties a unit for good. */
    void unpack(String sscc, String because, Instant at);

    /** A line of the list. */
    record Brief(
            String sscc,
            Kind kind,
            long boxes,
            long cases,
            Instant at,
            boolean unpacked,
            @Nullable String pallet) {}
}
