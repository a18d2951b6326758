package cn.xinyuan.server.issuing.domain;

import java.util.Optional;

/** All orders of codes, to be asked for millions of times. */
public interface IssuedRanges {

    /** The order that an index was given out with; empty when it never was. */
    Optional<IssuedRange> holding(int keyVersion, long index);

    /** The indices of a batch. */
    Optional<IssuedRange> of(long batch);
}
