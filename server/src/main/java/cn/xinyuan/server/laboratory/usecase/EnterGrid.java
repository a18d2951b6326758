package cn.xinyuan.server.laboratory.usecase;

import cn.xinyuan.server.laboratory.Laboratory.Report;
import cn.xinyuan.server.laboratory.domain.ResultGrid;
import cn.xinyuan.server.laboratory.domain.ResultGrid.Mistake;
import cn.xinyuan.server.laboratory.domain.ResultGrid.Said;
import cn.xinyuan.server.pages.Problem;
import cn.xinyuan.server.pages.Problems;
import cn.xinyuan.server.pages.Refused;
import cn.xinyuan.server.pages.Visitor;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Enters a whole grid of results: a draft report for each sample, to be released by a second person
 * as any other.
 */
@Component
public class EnterGrid {

    /** Stands for the whole row where a mistake is not that of one cell. */
    public static final int WHOLE_ROW = -1;

    private static final Pattern VALUE = Pattern.compile("values\\[(\\d{1,4})].*");

    private final KeepReports reports;

    EnterGrid(KeepReports reports) {
        this.reports = reports;
    }

    /**
     * What came of a grid.
     *
     * @param reports in the order of their rows, by row counted from 0
     * @param mistakes by row, what keeps it from being entered; rows without a result are in
     *     neither
     */
    public record Entered(Map<Integer, Report> reports, Map<Integer, List<Mistake>> mistakes) {}

    /**
     * Enters the rows that are understood; the others stay with their mistakes. Each row stands by
     * itself.
     */
    public Entered enter(Visitor by, ResultGrid grid, LocalDate day) {
        var entered = new TreeMap<Integer, Report>();
        var mistakes = new TreeMap<Integer, List<Mistake>>();
        for (int row = 0; row < grid.rows().size(); row++) {
            if (grid.rows().get(row).blank()) {
                continue;
            }
            Said said = grid.read(row);
            if (!said.mistakes().isEmpty()) {
                mistakes.put(row, said.mistakes());
                continue;
            }
            try {
                entered.put(
                        row, reports.enter(by, grid.rows().get(row).sample(), said.values(), day));
            } catch (Problems problems) {
                mistakes.put(row, inRow(problems, grid, row));
            } catch (Refused refused) {
                mistakes.put(
                        row, List.of(new Mistake(WHOLE_ROW, String.valueOf(refused.getMessage()))));
            }
        }
        return new Entered(entered, mistakes);
    }

    /**
     * Enters all rows or none.
     *
     * @throws Problems with a field such as {@code rows[2].results[0]} for each mistake
     */
    @Transactional
    public List<Report> enterAll(Visitor by, ResultGrid grid, LocalDate day) {
        var found = new ArrayList<Problem>();
        for (int row = 0; row < grid.rows().size(); row++) {
            for (Mistake mistake : grid.read(row).mistakes()) {
                found.add(problem(row, mistake));
            }
        }
        if (!found.isEmpty()) {
            throw new Problems(found);
        }
        var entered = new ArrayList<Report>();
        for (int row = 0; row < grid.rows().size(); row++) {
            try {
                entered.add(
                        reports.enter(
                                by, grid.rows().get(row).sample(), grid.read(row).values(), day));
            } catch (Problems problems) {
                int at = row;
                throw new Problems(
                        inRow(problems, grid, row).stream().map(m -> problem(at, m)).toList());
            }
        }
        return entered;
    }

    /** Names a mistake for machines; rows and columns count from 0. */
    public static Problem problem(int row, Mistake mistake) {
        return new Problem(
                mistake.column() == WHOLE_ROW
                        ? "rows[" + row + "]"
                        : "rows[" + row + "].results[" + mistake.column() + "]",
                mistake.text());
    }

    /** Problems of a judgement name the value's place in the list: translate to the cells. */
    private static List<Mistake> inRow(Problems problems, ResultGrid grid, int row) {
        return problems.list().stream()
                .map(
                        p -> {
                            Matcher value = VALUE.matcher(p.field());
                            return new Mistake(
                                    value.matches()
                                            ? grid.columnOf(row, Integer.parseInt(value.group(1)))
                                            : WHOLE_ROW,
                                    p.text());
                        })
                .toList();
    }
}
