package cn.xinyuan.server.scan.web;

import cn.xinyuan.server.pages.MayCall;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.SignedIn;
import cn.xinyuan.server.scan.usecase.CountScans;
import cn.xinyuan.server.scan.usecase.RecordSales;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** How scanning goes, for whoever runs the platform. */
@RestController
@RequestMapping("/api/v1/scans")
@Tag(name = "scans", description = "How scanning and counting go on this node")
class ScansApi {

    private static final String SALE =
            """
            {"codes": ["7K3M9QD2X4RT8WZ5"], "at": "2025-06-14T04:00:00Z"}
            """;

    private final CountScans count;
    private final ScanAnswers answers;
    private final RecordSales record;
    private final SignedIn signedIn;

    ScansApi(CountScans count, ScanAnswers answers, RecordSales record, SignedIn signedIn) {
        this.count = count;
        this.answers = answers;
        this.record = record;
        this.signedIn = signedIn;
    }

    /** Codes of boxes that went over the counter, and when. */
    record Sale(@NotNull List<@NotNull String> codes, @NotNull Instant at) {}

    @PostMapping("/sales")
    @MayCall({Role.RETAILER, Role.CLERK})
    @Operation(
            summary = "Tell which codes were sold to shoppers",
            description =
                    "1 to 1,000 codes a call. Nobody is obliged to; where a till does it, a crowd"
                            + " that scans a box after its sale counts as a sign of copies. The first"
                            + " record of a code stays.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content = @Content(examples = @ExampleObject(SALE))))
    RecordSales.Recorded sold(@Valid @RequestBody Sale sale) {
        return record.record(signedIn.get(), sale.codes(), sale.at());
    }

    /**
     * @param regionRules whether copies are looked for by region
     * @param regions why, or why not
     * @param databaseAway whether scans are answered from keys and memory alone
     * @param waitingBytes of the scan log that are not counted in the database yet
     * @param unlogged scans that were answered but could not be written down since the start
     * @param answeredMicrosP50 from the handler's begin to the end of its answer, in microseconds
     * @param forcedMicrosP50 from an answer until its scan was forced to disk, in microseconds
     */
    record Standing(
            boolean regionRules,
            String regions,
            boolean databaseAway,
            long waitingBytes,
            long unlogged,
            long answeredMicrosP50,
            long answeredMicrosP99,
            long forcedMicrosP50,
            long forcedMicrosP99) {}

    @GetMapping("/standing")
    @MayCall({Role.ADMINISTRATOR, Role.CITY_MANAGER, Role.SUPERVISOR})
    @Operation(
            summary = "How scanning and counting go on this node",
            description =
                    "Whether the rules about regions are on and why, whether the database is away,"
                            + " how much of the scan log waits, and how long answers and their"
                            + " records on disk took since the start")
    Standing standing() {
        CountScans.Standing s = count.standing();
        boolean knows = answers.knowsRegions();
        return new Standing(
                knows && s.regionRules(),
                !s.regionRules()
                        ? "off: xinyuan.scan.regions-in-a-day is 0"
                        : !knows
                                ? "off: neither xinyuan.scan.region-header nor"
                                        + " xinyuan.scan.region-table says where a reader is"
                                : s.places()
                                        ? "on, journeys included"
                                        : "on; journeys are not judged: xinyuan.scan.region-table"
                                                + " has no places",
                s.databaseAway(),
                s.waitingBytes(),
                s.unlogged(),
                answers.took(0.5).toNanos() / 1000,
                answers.took(0.99).toNanos() / 1000,
                s.forcedMicros(),
                s.forcedMicrosP99());
    }
}
