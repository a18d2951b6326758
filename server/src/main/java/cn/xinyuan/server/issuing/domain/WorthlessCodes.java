package cn.xinyuan.server.issuing.domain;

import java.util.List;
import java.util.Optional;

/**
 * Which codes are void or revoked, to be asked at every scan: from memory, on this node as soon as
 * the act is acknowledged, on others within a second.
 */
public interface WorthlessCodes {

    /** Why one code is worthless; empty when it is not. A revocation tells before a voiding. */
    Optional<String> why(IssuedRange range, long serial);

    /** The revocations that touch codes of a batch; newest first. */
    List<Revoked> revoked(IssuedRange range, long from, long count);

    /** All revocations, newest first. */
    List<Revoked> revoked();

    void add(Revoked revoked);

    /**
     * Reads what was written, as soon as the transaction has ended well, or at once without one.
     */
    void refreshAfterCommit();
}
