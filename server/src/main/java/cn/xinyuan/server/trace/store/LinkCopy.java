package cn.xinyuan.server.trace.store;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * Reads the links of {@code trace.edge} by COPY, the fastest way out of PostgreSQL; its binary form
 * is stable (PostgreSQL manual, "COPY", "Binary Format").
 */
final class LinkCopy {

    private static final String COPY = "copy (select source, target, from_plot from trace.edge";
    private static final int SIGNATURE_AND_FLAGS = 15;

    private LinkCopy() {}

    /** The halves of the two ids, and whether the source is a plot. */
    @FunctionalInterface
    interface Taker {
        void take(
                long sourceHigh, long sourceLow, long targetHigh, long targetLow, boolean fromPlot);
    }

    /**
     * Tells every link.
     *
     * @param asOf only what this snapshot sees; null for all that the connection sees
     */
    static void each(Connection connection, @Nullable Snapshot asOf, Taker taker)
            throws SQLException {
        String where =
                asOf == null
                        ? ""
                        : " where pg_visible_in_snapshot(xact, '" + asOf + "'::pg_snapshot)";
        CopyOut copy =
                connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyOut(COPY + where + ") to stdout (format binary)");
        boolean first = true;
        byte[] bytes = copy.readFromCopy();
        while (bytes != null) {
            ByteBuffer in = ByteBuffer.wrap(bytes);
            if (first) {
                in.position(SIGNATURE_AND_FLAGS);
                int extension = in.getInt();
                in.position(in.position() + extension);
                first = false;
            }
            while (in.remaining() >= 2 && in.getShort() > 0) {
                in.getInt();
                long sourceHigh = in.getLong();
                long sourceLow = in.getLong();
                in.getInt();
                long targetHigh = in.getLong();
                long targetLow = in.getLong();
                in.getInt();
                taker.take(sourceHigh, sourceLow, targetHigh, targetLow, in.get() != 0);
            }
            bytes = copy.readFromCopy();
        }
    }
}
