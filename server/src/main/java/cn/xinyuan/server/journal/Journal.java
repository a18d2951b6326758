package cn.xinyuan.server.journal;

import java.time.Instant;
import java.util.List;

/** Takes down official acts. The bytes hold identifiers and salted hashes, never personal data. */
public interface Journal {

    /**
     * Appends one act within the caller's transaction.
     *
     * @param kind what the bytes are and in which version, such as {@code licence-decision/1}
     * @param bytes the pinned bytes of the act; they are hashed as they are
     * @return the sequence number of the entry
     * @throws IllegalStateException outside a transaction
     */
    long append(String kind, byte[] bytes);

    /** Entries with a number above {@code after}, oldest first. */
    List<Entry> after(long after, int atMost);

    /** One act as it was taken down. */
    @SuppressWarnings("ArrayRecordComponent")
    record Entry(long number, String kind, byte[] bytes, byte[] sha256, Instant at) {}
}
