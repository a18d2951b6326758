package cn.xinyuan.server.laboratory.domain;

import cn.xinyuan.server.laboratory.domain.DetectionLimits.Empty;
import cn.xinyuan.server.laboratory.domain.DetectionLimits.Result;
import cn.xinyuan.server.laboratory.domain.DetectionLimits.Unclear;
import cn.xinyuan.server.standards.Standards.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Results of several samples for the same indicators, as they were typed.
 *
 * @param columns the indicators; each row has a cell for each, in this order
 */
public record ResultGrid(List<Column> columns, List<Row> rows) {

    /** So many samples fit on one grid. */
    public static final int MOST_ROWS = 20;

    /** So many indicators fit on one grid. */
    public static final int MOST_COLUMNS = 40;

    public ResultGrid {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
        for (Row row : rows) {
            if (row.cells().size() != columns.size()) {
                throw new IllegalArgumentException("a row has a cell for each column");
            }
        }
    }

    /** An indicator with its unit and what the method can see of it. */
    public record Column(String substance, String unit, DetectionLimits limits) {}

    /** A sample with what was typed for it. */
    public record Row(UUID sample, List<String> cells) {
        public Row {
            cells = List.copyOf(cells);
        }

        public boolean blank() {
            return cells.stream().allMatch(String::isBlank);
        }
    }

    /** What is wrong in one cell. */
    public record Mistake(int column, String text) {}

    /**
     * What a row says: the values of its filled cells, or its mistakes. Both empty when nothing was
     * typed.
     */
    public record Said(List<Value> values, List<Mistake> mistakes) {}

    /** Reads a row, counted from 0. */
    public Said read(int row) {
        var values = new ArrayList<Value>();
        var mistakes = new ArrayList<Mistake>();
        for (int n = 0; n < columns.size(); n++) {
            Column column = columns.get(n);
            switch (column.limits().read(rows.get(row).cells().get(n))) {
                case Empty() -> {}
                case Result(Written written) ->
                        values.add(
                                new Value(
                                        column.substance(),
                                        written.kind(),
                                        written.figure(),
                                        column.unit()));
                case Unclear(String how) -> mistakes.add(new Mistake(n, how));
            }
        }
        return new Said(List.copyOf(values), List.copyOf(mistakes));
    }

    /** The column of the n-th value of a row that has no mistakes; values count from 0. */
    public int columnOf(int row, int value) {
        int seen = -1;
        for (int n = 0; n < columns.size(); n++) {
            if (!rows.get(row).cells().get(n).isBlank() && ++seen == value) {
                return n;
            }
        }
        throw new IllegalArgumentException("row " + row + " has no value " + value);
    }
}
