package cn.xinyuan.server.trace.store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * Rows on their way into one table. Many go by {@code COPY}, which is cheapest for each row; a few
 * go as one array per column, so that several tables are written by one message to the database and
 * one answer.
 */
@NullMarked
final class Rows {

    /**
     * A table with the columns that are written.
     *
     * @param columns each with its type, such as {@code "event bigint"}
     */
    record Table(String name, List<String> columns) {

        static Table of(String name, String... columns) {
            return new Table(name, List.of(columns));
        }

        private String names() {
            return columns.stream().map(Table::name).collect(Collectors.joining(", "));
        }

        private static String name(String column) {
            return column.substring(0, column.indexOf(' '));
        }

        String copy() {
            return "copy " + name + " (" + names() + ") from stdin";
        }

        /** Takes one array of texts for each column. */
        String insert() {
            return "insert into "
                    + name
                    + " ("
                    + names()
                    + ") overriding system value select "
                    + columns.stream()
                            .map(c -> "r." + name(c) + "::" + c.substring(c.indexOf(' ') + 1))
                            .collect(Collectors.joining(", "))
                    + " from unnest("
                    + columns.stream()
                            .map(_ -> "cast(? as text[])")
                            .collect(Collectors.joining(", "))
                    + ") as r("
                    + names()
                    + ")";
        }
    }

    private final Table table;
    private final List<@Nullable String> values = new ArrayList<>();

    Rows(Table table) {
        this.table = table;
    }

    Rows text(@Nullable String value) {
        values.add(value);
        return this;
    }

    Rows plain(@Nullable Object value) {
        return text(value == null ? null : value.toString());
    }

    Rows number(long value) {
        return text(Long.toString(value));
    }

    Rows truth(boolean value) {
        return text(value ? "t" : "f");
    }

    /** An array of texts, or of what is written as texts. */
    Rows array(Collection<?> elements) {
        StringBuilder array = new StringBuilder("{");
        for (Object element : elements) {
            if (array.length() > 1) {
                array.append(',');
            }
            array.append('"');
            String value = element.toString();
            for (int i = 0; i < value.length(); i++) {
                char c = value.charAt(i);
                if (c == '"' || c == '\\') {
                    array.append('\\');
                }
                array.append(c);
            }
            array.append('"');
        }
        return text(array.append('}').toString());
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    /** Writes all by {@code COPY}. */
    void copy(Connection connection) throws SQLException {
        if (isEmpty()) {
            return;
        }
        try {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn(table.copy(), new ByteArrayInputStream(copyText()), 1 << 16);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * Binds the columns to {@link Table#insert()}.
     *
     * @param from the number of the first parameter
     * @return the number of the first parameter after these
     */
    int bind(PreparedStatement insert, int from) throws SQLException {
        int width = table.columns().size();
        int rows = values.size() / width;
        for (int c = 0; c < width; c++) {
            @Nullable Object[] column = new @Nullable Object[rows];
            for (int r = 0; r < rows; r++) {
                column[r] = values.get(r * width + c);
            }
            insert.setArray(from + c, insert.getConnection().createArrayOf("text", column));
        }
        return from + width;
    }

    /** In the text format of COPY (PostgreSQL, "COPY", File Formats). */
    private byte[] copyText() {
        StringBuilder text = new StringBuilder(values.size() * 24);
        int width = table.columns().size();
        for (int i = 0; i < values.size(); i++) {
            escaped(values.get(i), text);
            text.append(i % width == width - 1 ? '\n' : '\t');
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void escaped(@Nullable String value, StringBuilder to) {
        if (value == null) {
            to.append("\\N");
            return;
        }
        int from = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\\' || c == '\n' || c == '\r' || c == '\t') {
                to.append(value, from, i).append('\\');
                to.append(c == '\\' ? '\\' : c == '\n' ? 'n' : c == '\r' ? 'r' : 't');
                from = i + 1;
            }
        }
        to.append(value, from, value.length());
    }
}
