package cn.xinyuan.server.laboratory.web;

import cn.xinyuan.server.pages.Form;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The result grid of several samples: a row for each, a column for each indicator. */
public record SampleGridPage(
        String product,
        String edition,
        boolean demoEdition,
        List<Column> columns,
        List<Row> rows,
        List<Saved> saved,
        Form form) {

    /** One indicator; {@code atMost} is the limit as a plain figure, empty where there is none. */
    public record Column(
            int index,
            String substance,
            String limit,
            String atMost,
            String lod,
            String loq,
            @Nullable String lodProblem,
            @Nullable String loqProblem) {}

    /** One sample. */
    public record Row(
            int index,
            String id,
            String number,
            String lot,
            String day,
            @Nullable String problem,
            List<Cell> cells) {}

    /** One result as typed; {@code must}: the substance was used on the lot. */
    public record Cell(
            String name, String label, String text, boolean must, @Nullable String problem) {}

    /** A report that was entered a moment ago. */
    public record Saved(String number, String sample, String address) {}
}
