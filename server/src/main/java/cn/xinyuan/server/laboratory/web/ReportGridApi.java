package cn.xinyuan.server.laboratory.web;

import cn.xinyuan.server.laboratory.Laboratory.Report;
import cn.xinyuan.server.laboratory.domain.DetectionLimits;
import cn.xinyuan.server.laboratory.domain.LabBook;
import cn.xinyuan.server.laboratory.domain.ResultGrid;
import cn.xinyuan.server.laboratory.usecase.EnterGrid;
import cn.xinyuan.server.pages.ChinaTime;
import cn.xinyuan.server.pages.MayCall;
import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.pages.Problem;
import cn.xinyuan.server.pages.Problems;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.SignedIn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A whole grid of results at once, such as an instrument exports it. */
@RestController
@RequestMapping("/api/v1/reports/grid")
@Tag(name = "laboratory", description = "Samples, test reports, verdicts and judgements")
@MayCall(Role.LABORATORY)
class ReportGridApi {

    private static final String GRID =
            """
            {"day": "2025-06-13",
             "columns": [
               {"substance": "氯氟氰菊酯和高效氯氟氰菊酯", "unit": "mg/kg", "lod": 0.01, "loq": 0.02},
               {"substance": "嘧菌酯", "lod": 0.005}],
             "rows": [
               {"sample": "S250611-0001", "results": ["0.042", "ND"]},
               {"sample": "S250611-0002", "results": ["<LOQ", ""]}]}
            """;

    private final EnterGrid enter;
    private final LabBook book;
    private final SignedIn signedIn;
    private final Clock clock;

    ReportGridApi(EnterGrid enter, LabBook book, SignedIn signedIn, Clock clock) {
        this.enter = enter;
        this.book = book;
        this.signedIn = signedIn;
        this.clock = clock;
    }

    record NewGrid(
            @Nullable LocalDate day,
            @Nullable List<NewColumn> columns,
            @Nullable List<NewRow> rows) {}

    /** An indicator; the unit is mg/kg if left out. */
    record NewColumn(
            @Nullable String substance,
            @Nullable String unit,
            @Nullable BigDecimal lod,
            @Nullable BigDecimal loq) {}

    /** A sample, by number or id, with a result for each column; empty where it was not tested. */
    record NewRow(@Nullable String sample, @Nullable List<@Nullable String> results) {}

    /** The draft reports in the order of their rows, and what keeps the other rows. */
    record Answer(List<Report> entered, List<Problem> problems) {}

    @PostMapping
    @Operation(
            summary = "Enters the results of up to 20 samples for up to 40 indicators as drafts",
            description =
                    "A result is what a laboratory writes: 0.42, ND and <LOQ by the limits of the"
                            + " column, 未检出<0.01, 检出<0.05; <0.01 only if it is the lod or loq of"
                            + " the column. All rows or none (422, a problem for each cell), unless"
                            + " partial=true: then the rows that are understood are entered. Another"
                            + " account of the laboratory releases each draft",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content = @Content(examples = @ExampleObject(GRID))))
    Answer enter(@RequestBody NewGrid body, @RequestParam(defaultValue = "false") boolean partial) {
        ResultGrid grid = read(body);
        LocalDate day = body.day() == null ? ChinaTime.today(clock) : body.day();
        if (!partial) {
            return new Answer(enter.enterAll(signedIn.get(), grid, day), List.of());
        }
        EnterGrid.Entered entered = enter.enter(signedIn.get(), grid, day);
        return new Answer(
                List.copyOf(entered.reports().values()),
                entered.mistakes().entrySet().stream()
                        .flatMap(
                                e ->
                                        e.getValue().stream()
                                                .map(m -> EnterGrid.problem(e.getKey(), m)))
                        .toList());
    }

    private ResultGrid read(NewGrid body) {
        List<NewColumn> columns = body.columns() == null ? List.of() : body.columns();
        List<NewRow> rows = body.rows() == null ? List.of() : body.rows();
        var problems = new ArrayList<Problem>();
        check(problems, !columns.isEmpty(), "columns", "至少要有一个检测项目。");
        check(
                problems,
                columns.size() <= ResultGrid.MOST_COLUMNS,
                "columns",
                "一次最多 " + ResultGrid.MOST_COLUMNS + " 个项目。");
        check(problems, !rows.isEmpty(), "rows", "至少要有一个样品。");
        check(
                problems,
                rows.size() <= ResultGrid.MOST_ROWS,
                "rows",
                "一次最多 " + ResultGrid.MOST_ROWS + " 个样品，请分次发送。");
        var heads = new ArrayList<ResultGrid.Column>();
        for (int n = 0; n < columns.size(); n++) {
            heads.add(column(columns.get(n), "columns[" + n + "]", problems));
        }
        var samples = new ArrayList<ResultGrid.Row>();
        for (int n = 0; n < rows.size(); n++) {
            samples.add(row(rows.get(n), columns.size(), "rows[" + n + "]", problems));
        }
        if (!problems.isEmpty()) {
            throw new Problems(problems);
        }
        return new ResultGrid(heads, samples);
    }

    private static ResultGrid.Column column(NewColumn column, String at, List<Problem> problems) {
        String substance = column.substance() == null ? "" : column.substance().strip();
        check(problems, !substance.isEmpty(), at + ".substance", "请写检测项目的名称。");
        BigDecimal lod = column.lod();
        BigDecimal loq = column.loq();
        boolean sound =
                (lod == null || lod.signum() > 0)
                        && (loq == null || loq.signum() > 0)
                        && (lod == null || loq == null || lod.compareTo(loq) < 0);
        check(problems, sound, at + ".lod", "检出限、定量限要大于 0，检出限要小于定量限。");
        return new ResultGrid.Column(
                substance,
                column.unit() == null || column.unit().isBlank() ? "mg/kg" : column.unit().strip(),
                sound ? new DetectionLimits(lod, loq) : DetectionLimits.UNKNOWN);
    }

    private ResultGrid.Row row(NewRow row, int columns, String at, List<Problem> problems) {
        String sample = row.sample() == null ? "" : row.sample().strip();
        List<String> results = new ArrayList<>();
        if (row.results() != null) {
            row.results().forEach(r -> results.add(r == null ? "" : r));
        }
        check(
                problems,
                results.size() == columns,
                at + ".results",
                "每个项目要有一个结果，没有测的写空字符串：应为 " + columns + " 个，发来 " + results.size() + " 个。");
        Optional<UUID> id = id(sample);
        check(problems, !sample.isEmpty(), at + ".sample", "请写样品的编号或 id。");
        if (!sample.isEmpty() && id.isEmpty()) {
            throw new NotFound("sample " + sample);
        }
        while (results.size() < columns) {
            results.add("");
        }
        return new ResultGrid.Row(id.orElse(new UUID(0, 0)), results);
    }

    private Optional<UUID> id(String sample) {
        try {
            if (sample.length() == 36) {
                return Optional.of(UUID.fromString(sample));
            }
        } catch (IllegalArgumentException notAnId) {
            return Optional.empty();
        }
        return book.findSample(sample).map(s -> s.sample().id());
    }

    private static void check(List<Problem> problems, boolean holds, String field, String text) {
        if (!holds) {
            problems.add(new Problem(field, text));
        }
    }
}
