package cn.xinyuan.server.issuing.domain;

import cn.xinyuan.codes.BatchSize;
import cn.xinyuan.server.issuing.Codes.Batch;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * Keeps batches and what was done with their codes. Writing happens in the caller's transaction.
 */
public interface BatchBook {

    /** Takes the next place on a shelf; empty when the shelf is full. */
    OptionalLong nextPlace(int keyVersion, BatchSize size);

    void add(Batch batch, UUID by);

    Optional<Batch> find(long number);

    /** The same, and nobody else can lock it until the transaction ends. */
    Optional<Batch> lock(long number);

    /** Newest first. */
    List<Batch> of(UUID party);

    /** Writes the activation down and counts its codes as used. */
    void add(Activated activated);

    /** In the order of their serials. */
    List<Activated> activated(long batch);

    void add(Voided voided);

    /** In the order of their serials. */
    List<Voided> voided(long batch);

    /** Why one code is void; empty when it is not. */
    Optional<String> whyVoid(long batch, long serial);

    void add(Printed printed);

    /** Newest first. */
    List<Printed> printed(long batch);

    Optional<Printed> findPrinted(UUID id);
}
