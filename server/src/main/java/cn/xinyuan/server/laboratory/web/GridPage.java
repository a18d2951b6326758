package cn.xinyuan.server.laboratory.web;

import cn.xinyuan.server.pages.Choice;
import cn.xinyuan.server.pages.Form;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The result grid of one sample. */
public record GridPage(
        String sample,
        String sampleId,
        String lot,
        String product,
        String sampled,
        String edition,
        boolean demoEdition,
        @Nullable String amends,
        @Nullable String amendsNumber,
        String back,
        List<String> used,
        Form form,
        List<Choice> units,
        List<Row> rows) {

    /** One indicator; {@code limit} is empty where the edition has none. */
    public record Row(
            int index,
            String substance,
            String result,
            String unit,
            String limit,
            boolean mustTest,
            boolean free,
            @Nullable String problem) {}
}
