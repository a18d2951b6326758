package cn.xinyuan.server.scan.domain;

import java.io.IOException;
import java.util.List;
import java.util.UUID;

/**
 * Where a scan is written before it is answered: appended to a file of this node, so that it
 * outlives the program from then on, and forced to disk a few milliseconds later, so that it
 * outlives a power cut as well. From there scans are counted for good, each exactly once.
 */
public interface ScanLog {

    /** Opens the folder that this node keeps for a database, and finds what an earlier run left. */
    void open(UUID database) throws IOException;

    /**
     * Appends a scan; when it returns, killing the program loses nothing.
     *
     * @throws IOException if the disk is full or broken
     */
    void append(Scan scan) throws IOException;

    /** Forces to disk what was appended so far; does nothing if nothing was. */
    void force() throws IOException;

    /**
     * The next scans behind those that were counted, at most so many.
     *
     * @param done how many bytes of a piece were counted
     */
    Next next(Done done, int most) throws IOException;

    /** Removes pieces that were counted to their end and are not written to any more. */
    List<String> tidy(Done done) throws IOException;

    /** The pieces that lie in the folder, the oldest first. */
    List<String> pieces();

    /** Bytes that were not counted yet, at least. */
    long waiting();

    void close() throws IOException;

    /** How far a piece was counted. */
    interface Done {
        long of(String piece);
    }

    /**
     * One scan of a genuine code.
     *
     * @param millis since 1970
     * @param region coarse region; empty when unknown
     * @param token salted hash of the reader
     */
    record Scan(long batch, long serial, long millis, String region, int token) {}

    /**
     * Some scans of one piece.
     *
     * @param end bytes of the piece that are counted with them
     */
    record Next(String piece, List<Scan> scans, long end) {}
}
