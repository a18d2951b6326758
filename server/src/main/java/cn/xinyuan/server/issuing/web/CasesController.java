package cn.xinyuan.server.issuing.web;

import cn.xinyuan.codes.CodeRange;
import cn.xinyuan.codes.ItemCode;
import cn.xinyuan.codes.Sscc;
import cn.xinyuan.server.catalog.Catalog;
import cn.xinyuan.server.issuing.Cases.Content;
import cn.xinyuan.server.issuing.Cases.Kind;
import cn.xinyuan.server.issuing.Cases.LogisticUnit;
import cn.xinyuan.server.issuing.Codes;
import cn.xinyuan.server.issuing.Codes.Issued;
import cn.xinyuan.server.issuing.domain.LabelFormat;
import cn.xinyuan.server.issuing.usecase.PackCases;
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
import cn.xinyuan.server.parties.Parties;
import cn.xinyuan.server.parties.Party;
import cn.xinyuan.server.trace.Lot;
import cn.xinyuan.server.trace.Lots;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Cases and pallets in the console of a producer. Serials are counted from 1 on pages. */
@Controller
@MayCall(Role.CLERK)
class CasesController {

    private static final String LIST = "/p/cases";
    private static final int MOST_ROWS = 200;
    private static final Pattern NUMBERS =
            Pattern.compile("(\\d{1,10})\\s+(\\d{1,9})\\s+(\\d{1,9})");

    private final PackCases pack;
    private final Codes codes;
    private final Catalog catalog;
    private final Lots lots;
    private final Parties parties;
    private final LabelText text;
    private final SignedIn signedIn;
    private final Console console;

    CasesController(
            PackCases pack,
            Codes codes,
            Catalog catalog,
            Lots lots,
            Parties parties,
            LabelText text,
            SignedIn signedIn,
            Console console) {
        this.pack = pack;
        this.codes = codes;
        this.catalog = catalog;
        this.lots = lots;
        this.parties = parties;
        this.text = text;
        this.signedIn = signedIn;
        this.console = console;
    }

    @GetMapping(LIST)
    ModelAndView list() {
        return page(Form.empty(), Form.empty());
    }

    @PostMapping(LIST)
    Object pack(HttpServletRequest request) {
        return answer(
                request,
                form -> {
                    var problems = new ArrayList<Problem>();
                    List<CodeRange> ranges = ranges(form.value("parts"), problems);
                    if (!problems.isEmpty()) {
                        throw new Problems(problems);
                    }
                    return "redirect:"
                            + address(
                                    pack.pack(signedIn.get(), ranges, form.chose("mixed", "yes"))
                                            .sscc());
                },
                again -> page(again, Form.empty()));
    }

    @PostMapping("/p/pallets")
    Object palletise(HttpServletRequest request) {
        return answer(
                request,
                form -> {
                    String onto = form.value("pallet").strip();
                    return "redirect:"
                            + address(
                                    pack.palletise(
                                                    signedIn.get(),
                                                    words(form.value("cases")),
                                                    onto.isEmpty() ? null : onto)
                                            .sscc());
                },
                again -> page(Form.empty(), again));
    }

    @GetMapping(LIST + "/{sscc}")
    ModelAndView one(@PathVariable String sscc) {
        return page(own(sscc), Form.empty(), Form.empty());
    }

    @PostMapping(LIST + "/{sscc}/unpackings")
    Object unpack(@PathVariable String sscc, HttpServletRequest request) {
        LogisticUnit unit = own(sscc);
        return answer(
                request,
                form -> {
                    pack.unpack(signedIn.get(), unit.sscc(), form.value("reason"));
                    return "redirect:" + address(unit.sscc());
                },
                again -> page(own(sscc), again, Form.empty()));
    }

    @PostMapping(LIST + "/{sscc}/removals")
    Object takeOff(@PathVariable String sscc, HttpServletRequest request) {
        LogisticUnit unit = own(sscc);
        return answer(
                request,
                form -> {
                    pack.takeOff(
                            signedIn.get(), unit.sscc(), form.values("cases"), form.value("why"));
                    return "redirect:" + address(unit.sscc());
                },
                again -> page(own(sscc), Form.empty(), renamed(again)));
    }

    /** The field is called otherwise than in the form for unpacking on the same page. */
    private static Form renamed(Form form) {
        return new Form(
                form.typed(),
                form.problems().stream()
                        .map(p -> p.field().equals("reason") ? new Problem("why", p.text()) : p)
                        .toList());
    }

    /** The logistic label; ZPL and TSPL for 100 × 150 mm. */
    @GetMapping(LIST + "/{sscc}/label.{suffix:pdf|zpl|tspl}")
    void label(
            @PathVariable String sscc,
            @PathVariable String suffix,
            @RequestParam(defaultValue = "203") String dpi,
            HttpServletResponse response)
            throws IOException {
        LogisticUnit unit = own(sscc);
        LabelFormat format =
                suffix.equals("pdf")
                        ? LabelFormat.PDF
                        : PrintForms.format(suffix.toUpperCase(Locale.ROOT) + "_" + dpi)
                                .orElseThrow(() -> Problems.of("dpi", "分辨率应为 203 或 300。"));
        response.setContentType(format.isDots() ? "application/octet-stream" : "application/pdf");
        response.setHeader("Cache-Control", "private, no-store");
        response.setHeader(
                "Content-Disposition",
                "%s; filename=\"sscc-%s.%s\""
                        .formatted(format.isDots() ? "attachment" : "inline", unit.sscc(), suffix));
        CaseLabel.write(response.getOutputStream(), content(unit), format);
    }

    private CaseLabel.Content content(LogisticUnit unit) {
        var products = new LinkedHashSet<String>();
        var numbers = new LinkedHashSet<String>();
        for (Content each : unit.contents()) {
            products.add(product(each.range().batch()));
            lots.find(each.lot()).map(Lot::number).ifPresent(numbers::add);
        }
        var lines = new ArrayList<String>();
        products.stream().limit(2).forEach(lines::add);
        lines.add(
                unit.kind() == Kind.PALLET
                        ? Words.count(unit.cases().size())
                                + " 箱，"
                                + Words.count(unit.boxes())
                                + " 件"
                        : Words.count(unit.boxes()) + " 件");
        numbers.stream().limit(3).forEach(n -> lines.add("批 " + n));
        if (numbers.size() > 3) {
            lines.add("等 " + numbers.size() + " 批");
        }
        lines.add(ChinaTime.day(unit.at()) + " 装");
        return new CaseLabel.Content(
                new Sscc(unit.sscc()),
                text.address(unit.sscc()),
                unit.kind() == Kind.PALLET ? "托盘" : "箱",
                parties.find(unit.party()).map(Party::name).orElse(""),
                lines,
                PackCases.isDemo(unit.sscc()));
    }

    private static Object answer(
            HttpServletRequest request, Function<Form, Object> act, Function<Form, Object> again) {
        try {
            return act.apply(Form.of(request));
        } catch (Problems p) {
            return again.apply(Form.of(request, p));
        } catch (Refused r) {
            return again.apply(Form.of(request, r));
        } catch (NotFound none) {
            return again.apply(Form.of(request, Problems.of("parts", "其中有不属于本主体的码，请核对。")));
        }
    }

    /**
     * Reads the labels of a case, a line each: one code; the first and the last code of a run with
     * a comma between; or batch, first and last serial.
     */
    private List<CodeRange> ranges(String typed, List<Problem> problems) {
        var ranges = new ArrayList<CodeRange>();
        int number = 0;
        for (String raw : typed.lines().toList()) {
            String line = raw.strip();
            if (line.isEmpty()) {
                continue;
            }
            number++;
            if (number > PackCases.MOST_BOXES) {
                problems.add(new Problem("parts", "最多 10,000 行。"));
                break;
            }
            Optional<CodeRange> range = range(line);
            if (range.isEmpty()) {
                problems.add(
                        new Problem(
                                "parts",
                                "第 %d 行看不懂：“%s”。每行写一枚码，或“首码, 末码”，或“码批编号 起始号 最后号”。"
                                        .formatted(number, shortened(line))));
                break;
            }
            append(ranges, range.get());
        }
        if (number == 0) {
            problems.add(new Problem("parts", "请扫入或填写这一箱的标签。"));
        }
        return ranges;
    }

    /** Codes that are scanned one after the other grow into one range. */
    private static void append(List<CodeRange> ranges, CodeRange next) {
        if (!ranges.isEmpty()) {
            CodeRange last = ranges.getLast();
            if (last.batch() == next.batch() && last.end() == next.from()) {
                ranges.set(
                        ranges.size() - 1,
                        new CodeRange(last.batch(), last.from(), last.count() + next.count()));
                return;
            }
        }
        ranges.add(next);
    }

    private Optional<CodeRange> range(String line) {
        Matcher numbers = NUMBERS.matcher(line.replace(',', ' ').strip());
        if (numbers.matches()) {
            long batch = Long.parseLong(numbers.group(1));
            long from = Long.parseLong(numbers.group(2)) - 1;
            long to = Long.parseLong(numbers.group(3)) - 1;
            boolean sane =
                    batch < CodeRange.BATCHES && from >= 0 && to >= from && to < CodeRange.MOST;
            return sane ? Optional.of(new CodeRange(batch, from, to - from + 1)) : Optional.empty();
        }
        String[] ends = line.split("[,，;；~～]", -1);
        Optional<Issued> first = issued(ends[0]);
        Optional<Issued> last = issued(ends[ends.length - 1]);
        if (ends.length > 2 || first.isEmpty() || last.isEmpty()) {
            return Optional.empty();
        }
        long count = last.get().serial() - first.get().serial() + 1;
        return first.get().batch() == last.get().batch() && count >= 1
                ? Optional.of(new CodeRange(first.get().batch(), first.get().serial(), count))
                : Optional.empty();
    }

    private Optional<Issued> issued(String typed) {
        String code = typed.strip();
        int at = code.toUpperCase(Locale.ROOT).lastIndexOf("/T/");
        String tidy = (at < 0 ? code : code.substring(at + 3)).replaceAll("[\\s-]", "");
        return tidy.length() > ItemCode.LENGTH ? Optional.empty() : codes.read(tidy);
    }

    private static String shortened(String line) {
        return line.length() <= 40 ? line : line.substring(0, line.offsetByCodePoints(0, 38)) + "…";
    }

    private static List<String> words(String typed) {
        return Arrays.stream(typed.split("[\\s,，;；]+"))
                .filter(w -> !w.isBlank())
                .map(w -> w.replaceFirst("^.*/00/", "").replaceFirst("^\\(00\\)", ""))
                .toList();
    }

    private LogisticUnit own(String sscc) {
        UUID party = signedIn.get().party();
        return pack.find(sscc)
                .filter(u -> u.party().equals(party))
                .orElseThrow(() -> new NotFound("logistic unit " + sscc));
    }

    private ModelAndView page(Form form, Form pallet) {
        UUID party =
                Optional.ofNullable(signedIn.get().party())
                        .orElseThrow(() -> new NotFound("party"));
        var rows =
                pack.of(party, MOST_ROWS).stream()
                        .map(
                                u ->
                                        new CasesPage.Row(
                                                address(u.sscc()),
                                                u.sscc(),
                                                u.kind() == Kind.PALLET ? "托盘" : "箱",
                                                Words.count(u.boxes()),
                                                u.kind() == Kind.PALLET
                                                        ? Words.count(u.cases())
                                                        : "",
                                                u.unpacked() ? "已拆空" : "在用",
                                                u.pallet() == null ? "" : u.pallet(),
                                                ChinaTime.minute(u.at())))
                        .toList();
        return console.page(
                "issuing/cases",
                LIST,
                new CasesPage(
                        rows,
                        form,
                        pallet,
                        rows.stream().anyMatch(r -> PackCases.isDemo(r.sscc()))));
    }

    private ModelAndView page(LogisticUnit unit, Form unpack, Form removal) {
        var contents =
                unit.contents().stream()
                        .map(
                                c ->
                                        new CasePage.Content(
                                                product(c.range().batch()),
                                                lots.find(c.lot()).map(Lot::number).orElse("—"),
                                                "/p/lots/" + c.lot(),
                                                String.valueOf(c.range().batch()),
                                                Words.count(c.range().from() + 1),
                                                Words.count(c.range().end()),
                                                Words.count(c.range().count()),
                                                c.voided() == 0 ? "" : Words.count(c.voided())))
                        .toList();
        return console.page(
                "issuing/case",
                LIST,
                new CasePage(
                        address(unit.sscc()),
                        unit.sscc(),
                        "(00) " + unit.sscc(),
                        unit.kind() == Kind.PALLET,
                        PackCases.isDemo(unit.sscc()),
                        Words.count(unit.boxes()),
                        ChinaTime.minute(unit.at()),
                        unit.byName(),
                        unit.because() == null
                                ? ""
                                : ChinaTime.minute(unit.unpacked()) + "，" + unit.because(),
                        unit.pallet() == null ? "" : unit.pallet(),
                        contents,
                        unit.cases(),
                        unpack,
                        removal));
    }

    private String product(long batch) {
        return codes.find(batch)
                .flatMap(b -> catalog.find(b.product()))
                .map(p -> p.name() + " " + p.pack())
                .orElse("—");
    }

    private static String address(String sscc) {
        return LIST + "/" + sscc;
    }
}
