package cn.xinyuan.server.issuing.domain;

import cn.xinyuan.codes.CodeRange;
import cn.xinyuan.server.issuing.Codes.Batch;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * Keeps batches and what was done with their codes. Writing happens in the caller's transaction.
 */
public interface BatchBook {

    /**
     * Takes the next indices of a key version, and nobody else can take any until the transaction
     * ends; empty when the version has not so many left.
     *
     * @return the first index
     */
    OptionalLong take(int keyVersion, long count);

    /** A number that no batch had. */
    long nextNumber();

    /**
     * @param first the first of the indices that were taken
     */
    void add(Batch batch, int keyVersion, long first, UUID by);

    Optional<Batch> find(long number);

    /** The same, and nobody else can lock it until the transaction ends. */
    Optional<Batch> lock(long number);

    /** Newest first. */
    List<Batch> of(UUID party);

    /** Writes the activation down and counts its codes as used. */
    void add(Activated activated);

    /** In the order of their serials. */
    List<Activated> activated(long batch);

    /** All codes of a season that were put on lots. */
    List<CodeRange> activatedOf(int season);

    /** The seasons that codes were put on lots of, newest first. */
    List<Integer> seasons();

    void add(Voided voided);

    /** In the order of their serials. */
    List<Voided> voided(long batch);
}
