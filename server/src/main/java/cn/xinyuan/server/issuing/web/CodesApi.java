package cn.xinyuan.server.issuing.web;

import cn.xinyuan.codes.CodeFile;
import cn.xinyuan.codes.CodeFile.Format;
import cn.xinyuan.codes.ItemCode;
import cn.xinyuan.server.catalog.Catalog;
import cn.xinyuan.server.catalog.Product;
import cn.xinyuan.server.issuing.Codes;
import cn.xinyuan.server.issuing.Codes.Activation;
import cn.xinyuan.server.issuing.Codes.Batch;
import cn.xinyuan.server.issuing.Codes.Issued;
import cn.xinyuan.server.issuing.domain.Activated;
import cn.xinyuan.server.issuing.domain.BatchBook;
import cn.xinyuan.server.issuing.domain.Download;
import cn.xinyuan.server.issuing.domain.Downloads;
import cn.xinyuan.server.issuing.domain.PrintBook;
import cn.xinyuan.server.issuing.domain.Voided;
import cn.xinyuan.server.issuing.usecase.ActivateCodes;
import cn.xinyuan.server.issuing.usecase.DownloadCodes;
import cn.xinyuan.server.issuing.usecase.OrderCodes;
import cn.xinyuan.server.issuing.usecase.VoidCodes;
import cn.xinyuan.server.pages.MayCall;
import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.pages.Problem;
import cn.xinyuan.server.pages.Problems;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.SignedIn;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.parties.Parties;
import cn.xinyuan.server.parties.Party;
import cn.xinyuan.server.trace.Labels;
import cn.xinyuan.server.trace.Lot;
import cn.xinyuan.server.trace.Lots;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Codes for machines. Serials are counted from 1, as on the pages. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "codes", description = "Code batches, activation, voiding, printing, checking")
@MayCall(Role.CLERK)
class CodesApi {

    private static final String HEAD = "serial,code,address\r\n";
    private static final Map<String, Format> FORMATS =
            Map.of("txt", Format.TXT, "csv", Format.CSV, "addresses", Format.ADDRESSES);
    private static final int MOST_CHECKED = 1_000;

    private final Codes codes;
    private final BatchBook book;
    private final OrderCodes order;
    private final ActivateCodes activate;
    private final VoidCodes voidCodes;
    private final PrintBook prints;
    private final LabelText text;
    private final CodeFiles files;
    private final DownloadCodes downloads;
    private final Downloads log;
    private final Catalog catalog;
    private final Parties parties;
    private final Labels labels;
    private final Lots lots;
    private final SignedIn signedIn;

    CodesApi(
            Codes codes,
            BatchBook book,
            OrderCodes order,
            ActivateCodes activate,
            VoidCodes voidCodes,
            PrintBook prints,
            LabelText text,
            CodeFiles files,
            DownloadCodes downloads,
            Downloads log,
            Catalog catalog,
            Parties parties,
            Labels labels,
            Lots lots,
            SignedIn signedIn) {
        this.codes = codes;
        this.book = book;
        this.order = order;
        this.activate = activate;
        this.voidCodes = voidCodes;
        this.prints = prints;
        this.text = text;
        this.files = files;
        this.downloads = downloads;
        this.log = log;
        this.catalog = catalog;
        this.parties = parties;
        this.labels = labels;
        this.lots = lots;
        this.signedIn = signedIn;
    }

    @GetMapping("/code-batches")
    @MayCall({Role.CLERK, Role.SUPERVISOR, Role.CITY_MANAGER, Role.ADMINISTRATOR})
    @Operation(
            summary = "The code batches of a party, newest first",
            description = "party may be left out by its own clerks")
    List<BatchView> list(@RequestParam @Nullable UUID party) {
        Visitor visitor = signedIn.get();
        UUID of = party != null ? party : visitor.party();
        if (of == null) {
            throw Problems.of("party", "请指明主体：?party=…");
        }
        demandSight(visitor, of);
        return codes.of(of).stream().map(BatchView::of).toList();
    }

    @PostMapping("/code-batches")
    @Operation(
            summary = "Orders codes of an own product",
            description = "409 no-licence, over-plan; at most 16,777,216 codes in one batch")
    ResponseEntity<BatchView> order(@RequestBody Order body) {
        if (body.product() == null) {
            throw Problems.of("product", "请给出产品 id。");
        }
        Batch batch = order.order(signedIn.get(), body.product(), number(body.count(), "count"));
        return ResponseEntity.created(URI.create("/api/v1/code-batches/" + batch.number()))
                .body(BatchView.of(batch));
    }

    @GetMapping("/code-batches/{number}")
    @MayCall({Role.CLERK, Role.SUPERVISOR, Role.CITY_MANAGER, Role.ADMINISTRATOR})
    @Operation(summary = "One batch with what was activated, voided and printed of it")
    BatchWhole one(@PathVariable long number) {
        Batch batch = codes.find(number).orElseThrow(() -> new NotFound("batch " + number));
        demandSight(signedIn.get(), batch.party());
        return new BatchWhole(
                BatchView.of(batch),
                book.activated(number).stream().map(ActivationView::of).toList(),
                book.voided(number).stream().map(VoidingView::of).toList(),
                prints.of(number).stream().map(LabelsApi.PrintingView::of).toList());
    }

    @GetMapping("/code-batches/{number}/codes")
    @Operation(
            summary = "The codes themselves, one per line",
            description =
                    "format is txt (codes), csv (serial, code, address) or addresses. from and count choose"
                            + " lines by serial (the head of a CSV stands before serial 1); else a Range"
                            + " header chooses bytes, and a download that was cut off goes on where it"
                            + " ended. Who took what is kept.")
    void codes(
            @PathVariable long number,
            @RequestParam @Nullable Long from,
            @RequestParam @Nullable Long count,
            @RequestParam(defaultValue = "txt") String format,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Batch batch = own(number);
        long first = (from == null ? 1 : from) - 1;
        long many = count == null ? batch.count() - first : count;
        new Problems.Collector()
                .require(
                        first >= 0 && first < batch.count(),
                        "from",
                        "序号应在 1 至 " + batch.count() + " 之间。")
                .require(
                        many >= 1 && many <= batch.count() - Math.max(first, 0), "count", "没有这么多码。")
                .require(FORMATS.containsKey(format), "format", "格式是 txt、csv 或 addresses。")
                .throwIfAny();
        Visitor by = signedIn.get();
        Format known = FORMATS.getOrDefault(format, Format.TXT);
        CodeFile file = files.file(by, number, known, HEAD);
        if (from == null && count == null) {
            files.answer(by, number, known, file, CodeFiles.name(number, known), request, response);
            return;
        }
        long begin = first == 0 ? 0 : file.offset(first);
        long end = file.offset(first + many);
        response.setContentType(
                (known == Format.CSV ? "text/csv" : "text/plain") + ";charset=UTF-8");
        response.setHeader("Cache-Control", "private, no-store");
        response.setContentLengthLong(end - begin);
        downloads.send(by, number, known, file, begin, end, response.getOutputStream());
    }

    @GetMapping("/code-batches/{number}/manifest")
    @Operation(summary = "Names, lengths and SHA-256 of the files of a batch's codes")
    CodeFiles.Manifest manifest(@PathVariable long number) {
        return files.manifest(signedIn.get(), number, HEAD);
    }

    @GetMapping("/code-batches/{number}/downloads")
    @MayCall({Role.CLERK, Role.SUPERVISOR, Role.CITY_MANAGER, Role.ADMINISTRATOR})
    @Operation(summary = "Who took codes of a batch away, when, and how far it came")
    List<DownloadView> downloads(@PathVariable long number) {
        Batch batch = codes.find(number).orElseThrow(() -> new NotFound("batch " + number));
        demandSight(signedIn.get(), batch.party());
        return log.of(number).stream().map(DownloadView::of).toList();
    }

    @PostMapping("/code-batches/{number}/activations")
    @Operation(
            summary = "Puts codes of a batch on the packs of a certified lot",
            description =
                    "409 not-packed, not-certified, over-packed, lot-held, no-licence, wrong-product,"
                            + " season-over, already-used, batch-used-up; from may be left out")
    ResponseEntity<ActivationAnswer> activate(
            @PathVariable long number, @RequestBody NewActivation body) {
        if (body.lot() == null) {
            throw Problems.of("lot", "请给出批次 id。");
        }
        Activation done =
                activate.activate(
                        signedIn.get(),
                        number,
                        body.lot(),
                        body.from() == null
                                ? OptionalLong.empty()
                                : OptionalLong.of(body.from() - 1),
                        number(body.count(), "count"));
        return ResponseEntity.created(URI.create("/api/v1/code-batches/" + number))
                .body(
                        new ActivationAnswer(
                                number,
                                done.first() + 1,
                                done.count(),
                                done.lot(),
                                text.code(number, done.first()).text()));
    }

    @PostMapping("/code-batches/{number}/voidings")
    @Operation(summary = "Voids codes for good, with a reason", description = "409 already-voided")
    BatchWhole voidCodes(@PathVariable long number, @RequestBody NewVoiding body) {
        voidCodes.voidCodes(
                signedIn.get(),
                number,
                number(body.from(), "from") - 1,
                number(body.count(), "count"),
                body.reason() == null ? "" : body.reason());
        return one(number);
    }

    @PostMapping("/codes/check")
    @MayCall({
        Role.ADMINISTRATOR,
        Role.CITY_MANAGER,
        Role.SUPERVISOR,
        Role.EVALUATOR,
        Role.LABORATORY,
        Role.CLERK,
        Role.FARMER,
        Role.RETAILER,
        Role.ASSOCIATION
    })
    @Operation(
            summary = "Checks up to 1,000 codes",
            description =
                    "A code may be typed, or the whole address of a label. state is MALFORMED, UNKNOWN, VOIDED, NOT_ACTIVATED or ACTIVATED, in the order of"
                            + " the request. Holds, recalls and licences are told by GET /t/{code}.")
    Checked check(@RequestBody Check body) {
        List<@Nullable String> typed = body.codes();
        if (typed == null || typed.isEmpty()) {
            throw Problems.of("codes", "请给出要查的码。");
        }
        if (typed.size() > MOST_CHECKED) {
            throw Problems.of("codes", "一次最多查 1,000 个码，发来 " + typed.size() + " 个。");
        }
        var products = new HashMap<UUID, Optional<Product>>();
        var known = new HashMap<UUID, Optional<Lot>>();
        var results = new ArrayList<Result>();
        for (String each : typed) {
            results.add(check(each == null ? "" : each, products, known));
        }
        return new Checked(results);
    }

    private Result check(
            String typed, Map<UUID, Optional<Product>> products, Map<UUID, Optional<Lot>> known) {
        ItemCode.Reading reading = ItemCode.examine(ItemCode.onLabel(typed));
        if (!(reading instanceof ItemCode.Reading.Good(ItemCode code))) {
            return new Result(typed, null, "MALFORMED", reading.problem(), null, null, null);
        }
        Optional<Issued> issued = codes.read(code.text());
        if (issued.isEmpty()) {
            return new Result(typed, code.text(), "UNKNOWN", "本平台没有发过这个码", null, null, null);
        }
        Issued it = issued.get();
        Optional<Product> product = products.computeIfAbsent(it.product(), catalog::find);
        Optional<Lot> lot =
                labels.lotOf(it.batch(), it.serial())
                        .flatMap(id -> known.computeIfAbsent(id, lots::find));
        String state =
                it.voided() != null ? "VOIDED" : lot.isPresent() ? "ACTIVATED" : "NOT_ACTIVATED";
        return new Result(
                typed,
                code.text(),
                state,
                it.voided(),
                product.map(Product::gtin).orElse(null),
                product.map(Product::name).orElse(null),
                lot.map(Lot::number).orElse(null));
    }

    private Batch own(long number) {
        return codes.find(number)
                .filter(b -> b.party().equals(signedIn.get().party()))
                .orElseThrow(() -> new NotFound("batch " + number));
    }

    private void demandSight(Visitor visitor, UUID owner) {
        String district = parties.find(owner).map(Party::district).orElse("");
        if (!visitor.maySee(owner, district)) {
            throw new NotFound("codes of " + owner);
        }
    }

    private static long number(@Nullable Long number, String field) {
        if (number == null) {
            throw new Problems(List.of(new Problem(field, "缺少这一项，应为大于 0 的整数。")));
        }
        return number;
    }

    /** An order. */
    record Order(@Nullable UUID product, @Nullable Long count) {}

    /** Codes for a lot; {@code from} counts from 1. */
    record NewActivation(@Nullable UUID lot, @Nullable Long from, @Nullable Long count) {}

    /** Codes to void; {@code from} counts from 1. */
    record NewVoiding(@Nullable Long from, @Nullable Long count, @Nullable String reason) {}

    /** A download; {@code sent} of the bytes {@code from} to {@code to - 1} went out. */
    record DownloadView(
            String file,
            long bytes,
            long from,
            long to,
            long sent,
            boolean complete,
            String by,
            Instant at,
            @Nullable Instant ended) {
        static DownloadView of(Download d) {
            return new DownloadView(
                    CodeFiles.name(d.batch(), d.format()),
                    d.whole(),
                    d.from(),
                    d.to(),
                    d.sent(),
                    d.isComplete(),
                    d.byName(),
                    d.at(),
                    d.ended());
        }
    }

    /** Codes to check, as they were typed or scanned. */
    record Check(@Nullable List<@Nullable String> codes) {}

    /** The answers, in the order of the questions. */
    record Checked(List<Result> results) {}

    /** What one code is; {@code problem} says what is wrong with it, or why it was voided. */
    record Result(
            String typed,
            @Nullable String code,
            String state,
            @Nullable String problem,
            @Nullable String gtin,
            @Nullable String product,
            @Nullable String lot) {}

    /** A batch. */
    record BatchView(
            long number,
            UUID party,
            UUID product,
            UUID licence,
            int season,
            long count,
            long used,
            Instant at) {
        static BatchView of(Batch b) {
            return new BatchView(
                    b.number(),
                    b.party(),
                    b.product(),
                    b.licence(),
                    b.season(),
                    b.count(),
                    b.used(),
                    b.at());
        }
    }

    /** A batch with its history. */
    record BatchWhole(
            BatchView batch,
            List<ActivationView> activations,
            List<VoidingView> voidings,
            List<LabelsApi.PrintingView> printings) {}

    /** An activation that was just made. */
    record ActivationAnswer(long batch, long from, long count, UUID lot, String firstCode) {}

    /** An activation. */
    record ActivationView(long from, long count, UUID lot, Instant at) {
        static ActivationView of(Activated a) {
            return new ActivationView(a.range().from() + 1, a.range().count(), a.lot(), a.at());
        }
    }

    /** A voiding. */
    record VoidingView(long from, long count, String reason, Instant at) {
        static VoidingView of(Voided v) {
            return new VoidingView(v.range().from() + 1, v.range().count(), v.reason(), v.at());
        }
    }
}
