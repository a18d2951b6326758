package cn.xinyuan.server.issuing.web;

import cn.xinyuan.server.issuing.Codes.Batch;
import cn.xinyuan.server.issuing.domain.LabelFormat;
import cn.xinyuan.server.issuing.domain.LabelTemplate;
import cn.xinyuan.server.issuing.domain.PrintBook;
import cn.xinyuan.server.issuing.domain.PrintSetting;
import cn.xinyuan.server.issuing.domain.PrintSetting.Scale;
import cn.xinyuan.server.issuing.usecase.PrintLabels;
import cn.xinyuan.server.pages.Choice;
import cn.xinyuan.server.pages.Form;
import cn.xinyuan.server.pages.Problem;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** The form with which labels are printed: filled in beforehand, and read. */
@Component
public final class PrintForms {

    /** All templates, sheets first. */
    public static final List<Choice> TEMPLATES =
            Arrays.stream(LabelTemplate.values()).map(t -> new Choice(t.key(), t.words())).toList();

    public static final List<Choice> FORMATS =
            Arrays.stream(LabelFormat.values()).map(f -> new Choice(f.name(), f.words())).toList();

    private final PrintBook prints;

    PrintForms(PrintBook prints) {
        this.prints = prints;
    }

    /**
     * A fresh form: begins behind the last label that was printed, on the paper and the printer of
     * last time.
     */
    Form next(Batch batch) {
        long printed =
                prints.of(batch.number()).stream().mapToLong(p -> p.range().end()).max().orElse(0);
        long first = printed < batch.count() ? printed : 0;
        PrintSetting last =
                prints.last(batch.party())
                        .map(p -> p.setting())
                        .orElse(PrintSetting.plain(LabelTemplate.A4_24, LabelFormat.PDF));
        return Form.empty()
                .with("template", last.template().key())
                .with("format", last.format().name())
                .with("printFrom", first + 1)
                .with("printTo", Math.min(first + PrintLabels.MOST, batch.count()))
                .with("position", 1)
                .with("right", plain(last.rightMm()))
                .with("down", plain(last.downMm()))
                .with("across", plain(last.scale().across()))
                .with("along", plain(last.scale().down()))
                .with("printer", last.printer());
    }

    private static String plain(BigDecimal figure) {
        return figure.signum() == 0 ? "0" : figure.stripTrailingZeros().toPlainString();
    }

    /** Whether the calibration differs from none, or is what has to be mended: then it is shown. */
    public static boolean isAdjusted(Form form) {
        return Stream.of("right", "down", "across", "along").anyMatch(f -> form.problem(f) != null)
                || !List.of("0", "").contains(form.value("right"))
                || !List.of("0", "").contains(form.value("down"))
                || !List.of("100", "").contains(form.value("across"))
                || !List.of("100", "").contains(form.value("along"));
    }

    /** The template that is chosen; the first when none is. */
    public static String template(Form form) {
        return LabelTemplate.read(form.value("template")).orElse(LabelTemplate.A4_24).key();
    }

    /** How the form wants it printed; what cannot be read is a problem. */
    static PrintSetting read(Form form, List<Problem> problems) {
        Optional<LabelTemplate> template = LabelTemplate.read(form.value("template"));
        if (template.isEmpty()) {
            problems.add(new Problem("template", "请选择标签。"));
        }
        Optional<LabelFormat> format = format(form.value("format"));
        if (format.isEmpty()) {
            problems.add(new Problem("format", "请选择打印文件：PDF、ZPL 或 TSPL。"));
        }
        long position = Whole.read(form, "position", "起始位置", problems);
        return new PrintSetting(
                template.orElse(LabelTemplate.A4_24),
                format.orElse(LabelFormat.PDF),
                (int) Math.min(position, 99),
                Whole.millimetres(form, "right", problems),
                Whole.millimetres(form, "down", problems),
                new Scale(percent(form, "across", problems), percent(form, "along", problems)),
                form.value("printer").strip());
    }

    static Optional<LabelFormat> format(String name) {
        return Arrays.stream(LabelFormat.values())
                .filter(f -> f.name().equals(name.strip()))
                .findFirst();
    }

    private static BigDecimal percent(Form form, String field, List<Problem> problems) {
        return form.value(field).isBlank()
                ? BigDecimal.valueOf(100)
                : Whole.millimetres(form, field, problems);
    }
}
