package cn.xinyuan.server.laboratory.web;

import cn.xinyuan.server.laboratory.domain.Written;
import cn.xinyuan.server.pages.Problem;
import cn.xinyuan.server.pages.Problems;
import cn.xinyuan.server.standards.Standards.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads results as they come in from the grid, from a spreadsheet's cells, or as JSON. */
final class Results {

    private Results() {}

    /** One row as typed; {@code at} is its place in the form. */
    record Typed(int at, String substance, String result, String unit) {
        boolean empty() {
            return result.isBlank();
        }
    }

    /** Rows with a result; problems carry the place in the form, not in the list. */
    static List<Value> read(List<Typed> rows) {
        var problems = new ArrayList<Problem>();
        var values = new ArrayList<Value>();
        for (Typed row : rows) {
            if (row.empty()) {
                continue;
            }
            if (row.substance().isBlank()) {
                problems.add(new Problem(field(row.at()), "第 " + (row.at() + 1) + " 行没有写项目名称。"));
                continue;
            }
            Optional<Written> written = Written.read(row.result());
            if (written.isEmpty()) {
                problems.add(
                        new Problem(
                                field(row.at()),
                                row.substance().strip()
                                        + "：看不懂“"
                                        + shortened(row.result().strip())
                                        + "”。"
                                        + Written.HOW));
                continue;
            }
            Written w = written.get();
            values.add(new Value(row.substance().strip(), w.kind(), w.figure(), unit(row.unit())));
        }
        if (!problems.isEmpty()) {
            throw new Problems(problems);
        }
        return values;
    }

    /** The name of the result field in a row of the grid. */
    static String field(int at) {
        return "result-" + at;
    }

    /**
     * Problems of the judgement name the value's place in the list: translate to the form's rows.
     */
    static Problems inForm(Problems problems, List<Typed> rows) {
        List<Typed> filled = rows.stream().filter(r -> !r.empty()).toList();
        return new Problems(
                problems.list().stream()
                        .map(
                                p -> {
                                    String digits =
                                            p.field().replaceAll("^values\\[(\\d+)].*$", "$1");
                                    if (!p.field().startsWith("values[")) {
                                        return p.field().equals("values")
                                                ? new Problem("", p.text())
                                                : p;
                                    }
                                    Typed row = filled.get(Integer.parseInt(digits));
                                    return new Problem(
                                            field(row.at()), row.substance() + "：" + p.text());
                                })
                        .toList());
    }

    /** Cells pasted from a spreadsheet: name, result and unit, separated by tabs, a row a line. */
    static List<String[]> pasted(String text) {
        var rows = new ArrayList<String[]>();
        for (String line : text.split("\\R", -1)) {
            String[] cells = line.strip().split("\\t|,|，|;|；| {2,}", -1);
            if (cells.length >= 2 && !cells[0].isBlank()) {
                rows.add(
                        new String[] {
                            cells[0].strip(),
                            cells[1].strip(),
                            cells.length > 2 ? cells[2].strip() : ""
                        });
            }
        }
        return rows;
    }

    private static String unit(String text) {
        return text.isBlank() ? "mg/kg" : text.strip();
    }

    private static String shortened(String text) {
        return text.length() > 40 ? text.substring(0, 40) + "…" : text;
    }

    /**
     * A result in JSON: either {@code result} as a laboratory writes it, or {@code kind} with
     * {@code value}, {@code lod} or {@code loq}.
     */
    record Json(
            @Nullable String substance,
            @Nullable String result,
            Value.@Nullable Kind kind,
            @Nullable BigDecimal value,
            @Nullable BigDecimal lod,
            @Nullable BigDecimal loq,
            @Nullable BigDecimal figure,
            @Nullable String unit) {}

    static List<Value> readJson(@Nullable List<@Nullable Json> list) {
        if (list == null || list.isEmpty()) {
            throw Problems.of("values", "至少要有一项检测结果。");
        }
        if (list.size() > 1000) {
            throw Problems.of("values", "一份报告最多 1000 项。");
        }
        var problems = new ArrayList<Problem>();
        var values = new ArrayList<Value>();
        for (int n = 0; n < list.size(); n++) {
            Json json = list.get(n);
            String at = "values[" + n + "].";
            if (json == null || json.substance() == null || json.substance().isBlank()) {
                problems.add(new Problem(at + "substance", "请写检测项目的名称。"));
                continue;
            }
            Optional<Written> written = written(json);
            if (written.isEmpty()) {
                problems.add(
                        new Problem(
                                at + "result",
                                Written.HOW
                                        + "也可以写 kind（FOUND、NOT_DETECTED、BELOW_LOQ）和 value、lod 或 loq。"));
                continue;
            }
            String unit = json.unit();
            values.add(
                    new Value(
                            json.substance().strip(),
                            written.get().kind(),
                            written.get().figure(),
                            unit(unit == null ? "" : unit)));
        }
        if (!problems.isEmpty()) {
            throw new Problems(problems);
        }
        return values;
    }

    private static Optional<Written> written(Json json) {
        if (json.result() != null && !json.result().isBlank()) {
            return Written.read(json.result());
        }
        Value.Kind kind = json.kind();
        if (kind == null) {
            if (json.value() != null || json.figure() != null) {
                kind = Value.Kind.FOUND;
            } else if (json.loq() != null) {
                kind = Value.Kind.BELOW_LOQ;
            } else if (json.lod() != null) {
                kind = Value.Kind.NOT_DETECTED;
            } else {
                return Optional.empty();
            }
        }
        BigDecimal own =
                switch (kind) {
                    case FOUND -> json.value();
                    case NOT_DETECTED -> json.lod();
                    case BELOW_LOQ -> json.loq();
                };
        BigDecimal figure =
                own != null ? own : json.figure() != null ? json.figure() : json.value();
        return figure == null ? Optional.empty() : Optional.of(new Written(kind, figure));
    }
}
