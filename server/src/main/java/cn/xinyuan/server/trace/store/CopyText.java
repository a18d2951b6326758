package cn.xinyuan.server.trace.store;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/** Rows in the text format of PostgreSQL's COPY. */
@NullMarked
final class CopyText {

    private final StringBuilder rows = new StringBuilder(16_384);
    private boolean begun;

    CopyText text(@Nullable String value) {
        next();
        if (value == null) {
            rows.append("\\N");
            return this;
        }
        int from = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\\' || c == '\n' || c == '\r' || c == '\t') {
                rows.append(value, from, i).append('\\');
                rows.append(c == '\\' ? '\\' : c == '\n' ? 'n' : c == '\r' ? 'r' : 't');
                from = i + 1;
            }
        }
        rows.append(value, from, value.length());
        return this;
    }

    /** A value whose text needs no escape: a figure, a time, an id. */
    CopyText plain(@Nullable Object value) {
        next();
        if (value == null) {
            rows.append("\\N");
        } else {
            rows.append(value);
        }
        return this;
    }

    CopyText number(long value) {
        next();
        rows.append(value);
        return this;
    }

    CopyText truth(boolean value) {
        next();
        rows.append(value ? 't' : 'f');
        return this;
    }

    void end() {
        rows.append('\n');
        begun = false;
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    byte[] bytes() {
        return rows.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void next() {
        if (begun) {
            rows.append('\t');
        }
        begun = true;
    }
}
