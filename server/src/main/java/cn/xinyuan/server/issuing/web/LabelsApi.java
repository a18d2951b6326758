package cn.xinyuan.server.issuing.web;

import cn.xinyuan.server.issuing.Codes;
import cn.xinyuan.server.issuing.Codes.Batch;
import cn.xinyuan.server.issuing.domain.LabelFormat;
import cn.xinyuan.server.issuing.domain.LabelTemplate;
import cn.xinyuan.server.issuing.domain.PrintBook;
import cn.xinyuan.server.issuing.domain.PrintSetting;
import cn.xinyuan.server.issuing.domain.PrintSetting.Scale;
import cn.xinyuan.server.issuing.domain.Printed;
import cn.xinyuan.server.issuing.domain.Release;
import cn.xinyuan.server.issuing.usecase.PrintLabels;
import cn.xinyuan.server.pages.MayCall;
import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.pages.Problem;
import cn.xinyuan.server.pages.Problems;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.SignedIn;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.parties.Parties;
import cn.xinyuan.server.parties.Party;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Labels for machines. Serials are counted from 1, as on the pages. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "labels", description = "Label templates, printing, the print log, reprints")
@MayCall(Role.CLERK)
class LabelsApi {

    private final Codes codes;
    private final PrintBook prints;
    private final PrintLabels print;
    private final LabelText text;
    private final Parties parties;
    private final SignedIn signedIn;

    LabelsApi(
            Codes codes,
            PrintBook prints,
            PrintLabels print,
            LabelText text,
            Parties parties,
            SignedIn signedIn) {
        this.codes = codes;
        this.prints = prints;
        this.print = print;
        this.text = text;
        this.parties = parties;
        this.signedIn = signedIn;
    }

    @GetMapping("/label-templates")
    @Operation(
            summary = "The labels that can be printed, in millimetres",
            description = "formats other than PDF are for rolls only")
    List<TemplateView> templates() {
        return Arrays.stream(LabelTemplate.values()).map(TemplateView::of).toList();
    }

    @GetMapping("/code-batches/{number}/printings")
    @MayCall({Role.CLERK, Role.SUPERVISOR, Role.CITY_MANAGER, Role.ADMINISTRATOR})
    @Operation(summary = "The print log of a batch, newest first")
    List<PrintingView> log(@PathVariable long number) {
        Visitor visitor = signedIn.get();
        Batch batch = codes.find(number).orElseThrow(() -> new NotFound("batch " + number));
        String district = parties.find(batch.party()).map(Party::district).orElse("");
        if (!visitor.maySee(batch.party(), district)) {
            throw new NotFound("batch " + number);
        }
        return prints.of(number).stream().map(PrintingView::of).toList();
    }

    @PostMapping("/code-batches/{number}/printings")
    @Operation(
            summary = "Notes a print of labels; its file is at the address in the answer for a day",
            description =
                    "at most 2,400 labels. template is a key of GET /label-templates (a4-24),"
                            + " format PDF, ZPL_203, ZPL_300, TSPL_203 or TSPL_300 (PDF); a reason is"
                            + " needed to print a label again. 409 void; 409 reprint-locked: an"
                            + " official has to release labels that were reprinted before, and more"
                            + " than 100 at once")
    ResponseEntity<PrintingView> print(@PathVariable long number, @RequestBody NewPrinting body) {
        Batch batch = own(number);
        Printed printed =
                print.print(
                        signedIn.get(),
                        number,
                        number(body.from(), "from") - 1,
                        number(body.count(), "count"),
                        setting(body),
                        text.modules(batch.number()),
                        body.reason());
        PrintingView view = PrintingView.of(printed);
        return ResponseEntity.created(URI.create(view.file())).body(view);
    }

    @PostMapping("/code-batches/{number}/reprint-releases")
    @MayCall({Role.SUPERVISOR, Role.CITY_MANAGER, Role.ADMINISTRATOR})
    @Operation(summary = "Lets a clerk print locked labels once more, with a reason")
    ResponseEntity<ReleaseView> release(@PathVariable long number, @RequestBody NewRelease body) {
        Release release =
                print.release(
                        signedIn.get(),
                        number,
                        number(body.from(), "from") - 1,
                        number(body.count(), "count"),
                        body.reason() == null ? "" : body.reason());
        return ResponseEntity.status(201).body(ReleaseView.of(release));
    }

    private static PrintSetting setting(NewPrinting body) {
        var problems = new ArrayList<Problem>();
        Optional<LabelTemplate> template =
                body.template() == null
                        ? Optional.of(LabelTemplate.A4_24)
                        : LabelTemplate.read(body.template());
        if (template.isEmpty()) {
            problems.add(new Problem("template", "没有这种标签；可用的见 GET /api/v1/label-templates。"));
        }
        Optional<LabelFormat> format =
                body.format() == null
                        ? Optional.of(LabelFormat.PDF)
                        : PrintForms.format(body.format());
        if (format.isEmpty()) {
            problems.add(new Problem("format", "应为 PDF、ZPL_203、ZPL_300、TSPL_203 或 TSPL_300。"));
        }
        if (!problems.isEmpty()) {
            throw new Problems(problems);
        }
        return new PrintSetting(
                template.get(),
                format.get(),
                body.position() == null ? 1 : body.position(),
                or(body.rightMm(), BigDecimal.ZERO),
                or(body.downMm(), BigDecimal.ZERO),
                new Scale(
                        or(body.acrossPercent(), BigDecimal.valueOf(100)),
                        or(body.downPercent(), BigDecimal.valueOf(100))),
                body.printer() == null ? "" : body.printer().strip());
    }

    private static BigDecimal or(@Nullable BigDecimal given, BigDecimal otherwise) {
        return given == null ? otherwise : given;
    }

    private Batch own(long number) {
        return codes.find(number)
                .filter(b -> b.party().equals(signedIn.get().party()))
                .orElseThrow(() -> new NotFound("batch " + number));
    }

    private static long number(@Nullable Long number, String field) {
        if (number == null) {
            throw new Problems(List.of(new Problem(field, "缺少这一项，应为大于 0 的整数。")));
        }
        return number;
    }

    /** Labels to print; {@code from} counts from 1. */
    record NewPrinting(
            @Nullable Long from,
            @Nullable Long count,
            @Nullable String template,
            @Nullable String format,
            @Nullable Integer position,
            @Nullable BigDecimal rightMm,
            @Nullable BigDecimal downMm,
            @Nullable BigDecimal acrossPercent,
            @Nullable BigDecimal downPercent,
            @Nullable String printer,
            @Nullable String reason) {}

    /** Labels to release; {@code from} counts from 1. */
    record NewRelease(@Nullable Long from, @Nullable Long count, @Nullable String reason) {}

    /** A template; lengths in millimetres. */
    record TemplateView(
            String template,
            boolean roll,
            int perSheet,
            double widthMm,
            double heightMm,
            double qrMm) {
        static TemplateView of(LabelTemplate t) {
            return new TemplateView(
                    t.key(), t.isRoll(), t.perSheet(), t.width(), t.height(), t.qr());
        }
    }

    /** A print; {@code file} is its address, which answers for a day. */
    record PrintingView(
            UUID id,
            long from,
            long count,
            String template,
            String format,
            int position,
            BigDecimal rightMm,
            BigDecimal downMm,
            BigDecimal acrossPercent,
            BigDecimal downPercent,
            String printer,
            @Nullable String reason,
            @Nullable UUID release,
            String by,
            Instant at,
            String file) {
        static PrintingView of(Printed p) {
            PrintSetting s = p.setting();
            return new PrintingView(
                    p.id(),
                    p.range().from() + 1,
                    p.range().count(),
                    s.template().key(),
                    s.format().name(),
                    s.position(),
                    s.rightMm(),
                    s.downMm(),
                    s.scale().across(),
                    s.scale().down(),
                    s.printer(),
                    p.reason(),
                    p.release(),
                    p.byName(),
                    p.at(),
                    LabelsController.address(p));
        }
    }

    /** A release; {@code used} once the labels were printed. */
    record ReleaseView(
            UUID id, long from, long count, String reason, String by, Instant at, boolean used) {
        static ReleaseView of(Release r) {
            return new ReleaseView(
                    r.id(),
                    r.range().from() + 1,
                    r.range().count(),
                    r.reason(),
                    r.byName(),
                    r.at(),
                    r.used());
        }
    }
}
