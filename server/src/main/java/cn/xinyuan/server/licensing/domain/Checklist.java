package cn.xinyuan.server.licensing.domain;

import cn.xinyuan.server.licensing.Visit.Answer;
import cn.xinyuan.server.licensing.Visit.Clause;
import cn.xinyuan.server.licensing.Visit.Finding;
import cn.xinyuan.server.pages.Problems;
import java.util.ArrayList;
import java.util.List;

/**
 * The clauses an on-site check goes by. There is one list so far; a visit writes down which one it
 * used and in what wording, so that a later list changes nothing that was found by this one.
 */
public record Checklist(String scheme, List<Clause> clauses) {

    private static final int LONGEST_NOTE = 500;

    /** Base, inputs, records, harvest and packing, traceability: four clauses each. */
    public static final Checklist LITCHI =
            new Checklist(
                    "信-荔枝-现场/1",
                    List.of(
                            new Clause("A1", "基地环境", "地块位置、面积与登记一致"),
                            new Clause("A2", "基地环境", "周边无污染源，灌溉水有检测报告"),
                            new Clause("A3", "基地环境", "土壤检测报告在有效期内"),
                            new Clause("A4", "基地环境", "园区整洁，农药包装废弃物集中回收"),
                            new Clause("B1", "投入品", "农药、肥料专库存放，分类上架"),
                            new Clause("B2", "投入品", "库内没有禁用、过期或无登记证的农药"),
                            new Clause("B3", "投入品", "购买凭证齐全，出入库记录相符"),
                            new Clause("B4", "投入品", "施药器械完好，人员有防护"),
                            new Clause("C1", "农事记录", "农事记录完整，用药在登记范围内"),
                            new Clause("C2", "农事记录", "安全间隔期内没有采收"),
                            new Clause("C3", "农事记录", "记录与现场情况一致"),
                            new Clause("C4", "农事记录", "有质量控制负责人和培训记录"),
                            new Clause("D1", "采收包装", "采收、分选场所清洁，与投入品隔开"),
                            new Clause("D2", "采收包装", "保鲜只用许可的物质，有用量记录"),
                            new Clause("D3", "采收包装", "计量器具在检定有效期内"),
                            new Clause("D4", "采收包装", "冷库温度有记录"),
                            new Clause("E1", "标识追溯", "标签专人保管，领用作废有记录"),
                            new Clause("E2", "标识追溯", "批次能追到地块，也能追到去向"),
                            new Clause("E3", "标识追溯", "按批开具承诺达标合格证"),
                            new Clause("E4", "标识追溯", "有召回办法，上一产季演练过")));

    public Checklist {
        clauses = List.copyOf(clauses);
    }

    /**
     * The findings in the order of the list, if there is exactly one for every clause.
     *
     * @throws Problems naming the fields {@code answer-B2} and {@code note-B2}
     */
    public static List<Finding> complete(List<Clause> clauses, List<Finding> findings) {
        var problems = new Problems.Collector();
        var found = new ArrayList<Finding>();
        for (Clause clause : clauses) {
            List<Finding> of =
                    findings.stream().filter(f -> f.clause().equals(clause.code())).toList();
            if (of.size() != 1) {
                problems.require(
                        false,
                        "answer-" + clause.code(),
                        clause.code() + " 还没有结论：" + clause.text());
                continue;
            }
            Finding one = of.getFirst();
            String note = one.note().strip();
            problems.require(
                            one.answer() == Answer.MET || !note.isEmpty(),
                            "note-" + clause.code(),
                            clause.code()
                                    + (one.answer() == Answer.UNMET
                                            ? " 不符合，请写明看到了什么。"
                                            : " 不适用，请写明为什么。"))
                    .require(
                            note.length() <= LONGEST_NOTE,
                            "note-" + clause.code(),
                            clause.code() + " 的说明最多 500 字。");
            found.add(new Finding(one.clause(), one.answer(), note));
        }
        problems.require(
                        findings.stream()
                                .allMatch(
                                        f ->
                                                clauses.stream()
                                                        .anyMatch(
                                                                c -> c.code().equals(f.clause()))),
                        "",
                        "有不属于本次核查的条款，请重新打开页面。")
                .throwIfAny();
        return found;
    }
}
