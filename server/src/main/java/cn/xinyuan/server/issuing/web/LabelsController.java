package cn.xinyuan.server.issuing.web;

import cn.xinyuan.server.catalog.Catalog;
import cn.xinyuan.server.issuing.Codes;
import cn.xinyuan.server.issuing.Codes.Batch;
import cn.xinyuan.server.issuing.domain.LabelFormat;
import cn.xinyuan.server.issuing.domain.PrintBook;
import cn.xinyuan.server.issuing.domain.PrintSetting;
import cn.xinyuan.server.issuing.domain.Printed;
import cn.xinyuan.server.issuing.usecase.ConfirmFirstUse;
import cn.xinyuan.server.issuing.usecase.PrintLabels;
import cn.xinyuan.server.pages.ChinaTime;
import cn.xinyuan.server.pages.Console;
import cn.xinyuan.server.pages.Form;
import cn.xinyuan.server.pages.MayCall;
import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.pages.Problem;
import cn.xinyuan.server.pages.Problems;
import cn.xinyuan.server.pages.Refused;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.SignedIn;
import cn.xinyuan.server.pages.Words;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;

/** Printing labels in the console of a producer. Serials are counted from 1 on pages. */
@Controller
@MayCall(Role.CLERK)
class LabelsController {

    private static final String LIST = "/p/codes";

    private static final Map<String, String> FIELDS =
            Map.of("first", "printFrom", "count", "printTo", "reason", "printReason");

    private final Codes codes;
    private final PrintBook prints;
    private final PrintLabels print;
    private final PrintForms forms;
    private final ConfirmFirstUse firstUse;
    private final LabelText text;
    private final LabelFile file;
    private final Catalog catalog;
    private final SignedIn signedIn;
    private final Console console;
    private final Clock clock;

    LabelsController(
            Codes codes,
            PrintBook prints,
            PrintLabels print,
            PrintForms forms,
            ConfirmFirstUse firstUse,
            LabelText text,
            LabelFile file,
            Catalog catalog,
            SignedIn signedIn,
            Console console,
            Clock clock) {
        this.codes = codes;
        this.prints = prints;
        this.print = print;
        this.forms = forms;
        this.firstUse = firstUse;
        this.text = text;
        this.file = file;
        this.catalog = catalog;
        this.signedIn = signedIn;
        this.console = console;
        this.clock = clock;
    }

    @GetMapping(LIST + "/{number}/labels")
    ModelAndView labels(@PathVariable long number) {
        Batch batch = own(number);
        return page(batch, forms.next(batch));
    }

    @PostMapping(LIST + "/{number}/printings")
    Object print(@PathVariable long number, HttpServletRequest request) {
        Batch batch = own(number);
        Form form = Form.of(request);
        try {
            var problems = new ArrayList<Problem>();
            PrintSetting setting = PrintForms.read(form, problems);
            long from = Whole.read(form, "printFrom", "起始序号", problems);
            long to = Whole.read(form, "printTo", "最后序号", problems);
            if (problems.isEmpty() && to < from) {
                problems.add(new Problem("printTo", "最后序号不能小于起始序号 " + from + "。"));
            }
            if (!problems.isEmpty()) {
                throw new Problems(problems);
            }
            Printed printed =
                    print.print(
                            signedIn.get(),
                            number,
                            from - 1,
                            to - from + 1,
                            setting,
                            text.modules(number),
                            form.value("printReason"));
            return "redirect:" + address(printed);
        } catch (Problems p) {
            var renamed =
                    p.list().stream()
                            .map(
                                    each ->
                                            new Problem(
                                                    FIELDS.getOrDefault(each.field(), each.field()),
                                                    each.text()))
                            .toList();
            return page(batch, Form.of(request, new Problems(renamed)));
        } catch (Refused r) {
            return page(batch, Form.of(request, r));
        }
    }

    /** The file of a print: there for a day, and each fetching is noted. */
    @GetMapping(LIST + "/{number}/printings/{id}.{suffix:pdf|zpl|tspl}")
    void file(
            @PathVariable long number,
            @PathVariable UUID id,
            @PathVariable String suffix,
            HttpServletResponse response)
            throws IOException {
        Batch batch = own(number);
        if (prints.find(id).filter(p -> p.setting().format().suffix().equals(suffix)).isEmpty()) {
            throw new NotFound("printing " + id);
        }
        Printed printed = print.fetch(signedIn.get(), number, id);
        hand(
                response,
                printed.setting().format(),
                "labels-%d-%d".formatted(number, printed.range().from() + 1));
        file.write(response.getOutputStream(), text.labels(batch, printed), printed.setting());
    }

    /** The calibration page of a template, printed with the setting of the query. */
    @GetMapping("/p/labels/calibration.{suffix:pdf|zpl|tspl}")
    void calibration(
            @PathVariable String suffix, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Form form = Form.of(request);
        if (form.value("position").isEmpty()) {
            form = form.with("position", 1);
        }
        if (form.value("format").isEmpty()) {
            form =
                    form.with(
                            "format",
                            suffix.equals("pdf")
                                    ? "PDF"
                                    : suffix.toUpperCase(Locale.ROOT) + "_203");
        }
        var problems = new ArrayList<Problem>();
        PrintSetting setting = PrintForms.read(form, problems);
        if (!PrintSetting.Scale.fits(setting.scale().across())
                || !PrintSetting.Scale.fits(setting.scale().down())) {
            problems.add(new Problem("across", "缩放应在 95 至 105（%）之间，最多一位小数。"));
        }
        if (setting.format().isDots() && !setting.template().isRoll()) {
            problems.add(new Problem("format", "ZPL 和 TSPL 只用于卷标；A4 标签纸请选 PDF。"));
        }
        if (!setting.format().suffix().equals(suffix)) {
            problems.add(new Problem("format", "文件名的后缀与打印文件不符。"));
        }
        if (!problems.isEmpty()) {
            throw new Problems(problems);
        }
        hand(response, setting.format(), "calibration-" + setting.template().key());
        file.calibration(response.getOutputStream(), setting);
    }

    private static void hand(HttpServletResponse response, LabelFormat format, String name) {
        boolean pdf = format == LabelFormat.PDF;
        response.setContentType(pdf ? "application/pdf" : "application/octet-stream");
        response.setHeader("Cache-Control", "private, no-store");
        response.setHeader(
                "Content-Disposition",
                "%s; filename=\"%s.%s\""
                        .formatted(pdf ? "inline" : "attachment", name, format.suffix()));
    }

    private Batch own(long number) {
        return codes.find(number)
                .filter(b -> b.party().equals(signedIn.get().party()))
                .orElseThrow(() -> new NotFound("batch " + number));
    }

    private ModelAndView page(Batch batch, Form form) {
        var rows =
                prints.of(batch.number()).stream()
                        .map(
                                p ->
                                        new LabelsPage.Print(
                                                isThere(p) ? address(p) : "",
                                                Words.count(p.range().from() + 1),
                                                Words.count(p.range().end()),
                                                Words.count(p.range().count()),
                                                p.setting().template().words(),
                                                LabelsPage.Print.how(
                                                        p.setting(), prints.fetches(p.id())),
                                                p.byName(),
                                                p.setting().printer(),
                                                p.reason() == null ? "" : p.reason(),
                                                ChinaTime.minute(p.at())))
                        .toList();
        var releases =
                prints.releases(batch.number()).stream()
                        .map(
                                r ->
                                        new LabelsPage.Released(
                                                Words.count(r.range().from() + 1),
                                                Words.count(r.range().end()),
                                                r.byName(),
                                                r.reason(),
                                                ChinaTime.minute(r.at()),
                                                r.used()))
                        .toList();
        return console.page(
                "issuing/labels",
                LIST,
                new LabelsPage(
                        LIST + "/" + batch.number(),
                        String.valueOf(batch.number()),
                        catalog.find(batch.product())
                                .map(p -> p.name() + " " + p.pack())
                                .orElse("—"),
                        Words.count(batch.count()),
                        firstUse.isChosen(batch.product()),
                        form,
                        rows,
                        releases));
    }

    private boolean isThere(Printed printed) {
        return !clock.instant().isAfter(printed.at().plus(PrintLabels.FILE_KEPT));
    }

    static String address(Printed printed) {
        return LIST
                + "/"
                + printed.range().batch()
                + "/printings/"
                + printed.id()
                + "."
                + printed.setting().format().suffix();
    }
}
