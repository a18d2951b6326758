package cn.xinyuan.server.laboratory.web;

import cn.xinyuan.server.catalog.Catalog;
import cn.xinyuan.server.catalog.Product;
import cn.xinyuan.server.laboratory.Laboratory.Coverage;
import cn.xinyuan.server.laboratory.Laboratory.Report;
import cn.xinyuan.server.laboratory.Laboratory.Sample;
import cn.xinyuan.server.laboratory.domain.LabBook;
import cn.xinyuan.server.laboratory.domain.LabBook.Queued;
import cn.xinyuan.server.laboratory.domain.TakenSample;
import cn.xinyuan.server.laboratory.usecase.KeepReports;
import cn.xinyuan.server.pages.AnyoneMayCall;
import cn.xinyuan.server.pages.ChinaTime;
import cn.xinyuan.server.pages.MayCall;
import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.pages.Problems;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.SignedIn;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.standards.Standards;
import cn.xinyuan.server.trace.Lot;
import cn.xinyuan.server.trace.Lots;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Samples, reports and judgements for machines, such as a laboratory's own system. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "laboratory", description = "Samples, test reports, verdicts and judgements")
class LaboratoryApi {

    private static final String JUDGEMENT =
            """
            {"product": "litchi", "samplingDay": "2025-06-11",
             "values": [
               {"substance": "氯氟氰菊酯", "kind": "FOUND", "value": 0.42, "unit": "mg/kg"},
               {"substance": "嘧菌酯", "kind": "NOT_DETECTED", "lod": 0.01, "unit": "mg/kg"},
               {"substance": "毒死蜱", "result": "检出<0.05", "unit": "mg/kg"}]}
            """;

    private static final String REPORT =
            """
            {"sample": "S250611-0001", "day": "2025-06-13", "signedBy": "演示 授权签字人",
             "values": [{"substance": "氯氟氰菊酯", "result": "0.42", "unit": "mg/kg"}]}
            """;

    private static final String SAMPLE =
            """
            {"lot": "L250611-GW-03", "day": "2025-06-11"}
            """;

    private final KeepReports reports;
    private final LabBook book;
    private final Standards standards;
    private final Lots lots;
    private final ObjectProvider<Catalog> catalog;
    private final SignedIn signedIn;
    private final TransactionTemplate transaction;
    private final Clock clock;

    @SuppressWarnings("TooManyParameters")
    LaboratoryApi(
            KeepReports reports,
            LabBook book,
            Standards standards,
            Lots lots,
            ObjectProvider<Catalog> catalog,
            SignedIn signedIn,
            TransactionTemplate transaction,
            Clock clock) {
        this.reports = reports;
        this.book = book;
        this.standards = standards;
        this.lots = lots;
        this.catalog = catalog;
        this.signedIn = signedIn;
        this.transaction = transaction;
        this.clock = clock;
    }

    @PostMapping("/judgements")
    @AnyoneMayCall
    @Operation(
            summary = "Judges values by the edition in force on the sampling day, storing nothing",
            description =
                    "product: a category such as litchi, its Chinese name, a product id or a GTIN",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content = @Content(examples = @ExampleObject(JUDGEMENT))))
    Standards.Judgement judge(@RequestBody ToJudge body) {
        LocalDate day = body.samplingDay();
        new Problems.Collector()
                .require(
                        body.product() != null && !body.product().isBlank(),
                        "product",
                        "请写产品，例如 litchi 或 荔枝。")
                .require(day != null, "samplingDay", "请写抽样日期，例如 2025-06-11。")
                .throwIfAny();
        return standards.judge(
                category(String.valueOf(body.product())),
                day == null ? ChinaTime.today(clock) : day,
                Results.readJson(body.values()));
    }

    private String category(String product) {
        return standards
                .readCategory(product)
                .or(() -> product(product.strip()).map(Product::category))
                .orElseThrow(
                        () ->
                                Problems.of(
                                        "product",
                                        "没有“"
                                                + product
                                                + "”这个产品。可写 litchi、dried-litchi、longan 或产品的 GTIN。"));
    }

    private Optional<Product> product(String text) {
        Catalog all = catalog.getIfAvailable();
        if (all == null) {
            return Optional.empty();
        }
        return uuid(text).flatMap(all::find).or(() -> all.findByGtin(text));
    }

    @PostMapping("/samples")
    @MayCall({Role.LABORATORY, Role.CLERK, Role.SUPERVISOR, Role.CITY_MANAGER, Role.ADMINISTRATOR})
    @Operation(
            summary = "Takes a sealed sample of a lot",
            description =
                    "lot: id or number. laboratory: party id; a laboratory may leave it out and means"
                            + " itself. day: today if left out",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content = @Content(examples = @ExampleObject(SAMPLE))))
    ResponseEntity<Sample> take(@RequestBody NewSample body) {
        Sample sample = take(signedIn.get(), body.lot(), body.laboratory(), body.day());
        return ResponseEntity.created(URI.create("/api/v1/samples/" + sample.id())).body(sample);
    }

    private Sample take(
            Visitor by, @Nullable String lot, @Nullable UUID laboratory, @Nullable LocalDate day) {
        if (lot == null || lot.isBlank()) {
            throw Problems.of("lot", "请写批次的编号或 id。");
        }
        UUID of =
                uuid(lot.strip())
                        .or(() -> lots.findByNumber(lot.strip()).map(Lot::id))
                        .orElseThrow(() -> new NotFound("lot " + lot));
        UUID by2 = laboratory == null && by.role() == Role.LABORATORY ? by.party() : laboratory;
        if (by2 == null) {
            throw Problems.of("laboratory", "请写检测机构的 id。");
        }
        return reports.takeSample(by, of, by2, day == null ? ChinaTime.today(clock) : day);
    }

    @GetMapping("/samples")
    @MayCall({Role.LABORATORY, Role.CLERK})
    @Operation(summary = "The latest samples of your laboratory, or of the lots your party made")
    List<Sample> samples() {
        return reports.queue(signedIn.get()).stream()
                .map(Queued::sample)
                .map(TakenSample::sample)
                .toList();
    }

    @GetMapping("/samples/{id}")
    @MayCall({
        Role.LABORATORY,
        Role.CLERK,
        Role.SUPERVISOR,
        Role.CITY_MANAGER,
        Role.EVALUATOR,
        Role.ADMINISTRATOR
    })
    @Operation(summary = "One sample")
    Sample sample(@PathVariable UUID id) {
        return reports.seenSample(signedIn.get(), id).sample();
    }

    @PostMapping("/reports")
    @MayCall(Role.LABORATORY)
    @Operation(
            summary = "Enters a test report; with signedBy it is released at once",
            description =
                    "sample: id or number, or instead lot and samplingDay, and the sample is registered"
                            + " with it. Without signedBy the report is a draft until another account of"
                            + " the laboratory releases it. signedBy names the person who checked and"
                            + " signed it in the laboratory's own system. A released report that fails"
                            + " holds its lot and everything made of it at once. result is what a"
                            + " laboratory writes: 0.42, 未检出<0.01, ND<0.01, 检出<0.05, <LOQ 0.05",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content = @Content(examples = @ExampleObject(REPORT))))
    ResponseEntity<Report> enter(@RequestBody NewReport body) {
        Visitor by = signedIn.get();
        LocalDate day = body.day() == null ? ChinaTime.today(clock) : body.day();
        List<Standards.Value> values = Results.readJson(body.values());
        Report report =
                transaction.execute(
                        _ -> {
                            Report entered = reports.enter(by, sampleId(by, body), values, day);
                            return body.signedBy() == null
                                    ? entered
                                    : reports.release(by, entered.id(), body.signedBy());
                        });
        return ResponseEntity.created(URI.create("/api/v1/reports/" + report.id())).body(report);
    }

    private UUID sampleId(Visitor by, NewReport body) {
        String sample = body.sample();
        if (sample != null && !sample.isBlank()) {
            return uuid(sample.strip())
                    .or(() -> book.findSample(sample.strip()).map(s -> s.sample().id()))
                    .orElseThrow(() -> new NotFound("sample " + sample));
        }
        if (body.lot() == null) {
            throw Problems.of("sample", "请写样品的编号或 id，或者写 lot 和 samplingDay。");
        }
        return take(by, body.lot(), null, body.samplingDay()).id();
    }

    @PostMapping("/reports/{id}/release")
    @MayCall(Role.LABORATORY)
    @Operation(summary = "Releases a draft that another account of the laboratory entered")
    Report release(@PathVariable UUID id) {
        return reports.release(signedIn.get(), id);
    }

    @PostMapping("/reports/{id}/amendments")
    @MayCall(Role.LABORATORY)
    @Operation(summary = "Enters a corrected version that points to the old one")
    ResponseEntity<Report> amend(@PathVariable UUID id, @RequestBody Amendment body) {
        Visitor by = signedIn.get();
        LocalDate day = body.day() == null ? ChinaTime.today(clock) : body.day();
        List<Standards.Value> values = Results.readJson(body.values());
        String reason = body.reason() == null ? "" : body.reason();
        Report report =
                transaction.execute(
                        _ -> {
                            Report amended = reports.amend(by, id, values, reason, day);
                            return body.signedBy() == null
                                    ? amended
                                    : reports.release(by, amended.id(), body.signedBy());
                        });
        return ResponseEntity.created(URI.create("/api/v1/reports/" + report.id())).body(report);
    }

    @GetMapping("/reports/{id}")
    @MayCall({
        Role.LABORATORY,
        Role.CLERK,
        Role.SUPERVISOR,
        Role.CITY_MANAGER,
        Role.EVALUATOR,
        Role.ADMINISTRATOR
    })
    @Operation(summary = "One version of a report; producers see it once it is released")
    Report report(@PathVariable UUID id) {
        return reports.seen(signedIn.get(), id).report();
    }

    @GetMapping("/lots/{id}/coverage")
    @MayCall({
        Role.CLERK,
        Role.LABORATORY,
        Role.SUPERVISOR,
        Role.CITY_MANAGER,
        Role.EVALUATOR,
        Role.ADMINISTRATOR
    })
    @Operation(
            summary = "What was used on a lot, what was tested, and the gap between the two",
            description = "A laboratory sees it for the lots it has samples of")
    Coverage coverage(@PathVariable UUID id) {
        Visitor by = signedIn.get();
        Lot lot = lots.find(id).orElseThrow(() -> new NotFound("lot " + id));
        boolean may =
                by.role() == Role.LABORATORY
                        ? reports.queue(by).stream()
                                .anyMatch(q -> q.sample().sample().lot().equals(id))
                        : by.maySee(lot.maker(), lot.district())
                                || lots.holdings(id).stream()
                                        .anyMatch(h -> h.party().equals(by.party()));
        if (!may) {
            throw new NotFound("lot " + id);
        }
        return reports.coverage(id);
    }

    private static Optional<UUID> uuid(String text) {
        try {
            return text.length() == 36 ? Optional.of(UUID.fromString(text)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    record ToJudge(
            @Nullable String product,
            @Nullable LocalDate samplingDay,
            @Nullable List<Results.@Nullable Json> values) {}

    record NewSample(@Nullable String lot, @Nullable UUID laboratory, @Nullable LocalDate day) {}

    record NewReport(
            @Nullable String sample,
            @Nullable String lot,
            @Nullable LocalDate samplingDay,
            @Nullable LocalDate day,
            @Nullable String signedBy,
            @Nullable List<Results.@Nullable Json> values) {}

    record Amendment(
            @Nullable String reason,
            @Nullable LocalDate day,
            @Nullable String signedBy,
            @Nullable List<Results.@Nullable Json> values) {}
}
