package cn.xinyuan.server.supervision.web;

import cn.xinyuan.server.pages.ChinaTime;
import cn.xinyuan.server.pages.Choice;
import cn.xinyuan.server.pages.Problems;
import cn.xinyuan.server.scan.Scans.Mark;
import cn.xinyuan.server.scan.Scans.Ruling;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** A suspicious code in words, and what may be ruled about it. */
final class SuspectWords {

    private SuspectWords() {}

    static AlertPage.Suspect of(Mark mark) {
        return new AlertPage.Suspect(
                mark.evidence(),
                mark.rulings().stream().map(SuspectWords::of).toList(),
                mark.waits(),
                may(mark));
    }

    private static String of(Ruling ruling) {
        return "%s %s：%s。%s"
                .formatted(
                        ChinaTime.minute(ruling.at()),
                        ruling.by(),
                        ruling.as().word(),
                        ruling.reason());
    }

    /** While the mark stands anything; afterwards only that it was taken away too soon. */
    private static List<Choice> may(Mark mark) {
        boolean copied = mark.rulings().stream().anyMatch(r -> !r.as().genuine());
        return copied
                ? List.of()
                : Stream.of(Ruling.As.values())
                        .filter(as -> mark.stands() || !as.genuine())
                        .map(
                                as ->
                                        new Choice(
                                                as.name(),
                                                as.genuine()
                                                        ? "是真的：" + as.word()
                                                        : as.word() + "：作废这个编号，不能撤回"))
                        .toList();
    }

    static Ruling.As read(String chosen) {
        return Arrays.stream(Ruling.As.values())
                .filter(as -> as.name().equals(chosen))
                .findFirst()
                .orElseThrow(() -> Problems.of("as", "请选择核查的结论。"));
    }
}
