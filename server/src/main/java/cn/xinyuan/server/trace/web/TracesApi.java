package cn.xinyuan.server.trace.web;

import cn.xinyuan.server.pages.MayCall;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.SignedIn;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.trace.domain.LotGraph;
import cn.xinyuan.server.trace.domain.TracedStep;
import cn.xinyuan.server.trace.usecase.FollowGoods;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Traces of anything in hand, in every form. */
@RestController
@RequestMapping("/api/v1/traces")
@Tag(name = "trace")
@MayCall({
    Role.ADMINISTRATOR,
    Role.CITY_MANAGER,
    Role.SUPERVISOR,
    Role.EVALUATOR,
    Role.CLERK,
    Role.RETAILER,
    Role.ASSOCIATION
})
class TracesApi {

    private final TraceQuestion question;
    private final FollowGoods follow;
    private final TraceWords words;
    private final TraceFiles files;
    private final SignedIn signedIn;

    TracesApi(
            TraceQuestion question,
            FollowGoods follow,
            TraceWords words,
            TraceFiles files,
            SignedIn signedIn) {
        this.question = question;
        this.follow = follow;
        this.words = words;
        this.files = files;
        this.signedIn = signedIn;
    }

    /** A lot graph in words. */
    record Graph(
            List<String> starts,
            List<GraphFiles.Told> lots,
            List<GraphFiles.Link> edges,
            boolean circular,
            List<Step> steps) {}

    /**
     * What an event did to one lot.
     *
     * @param state BALANCED, UNBALANCED, SETTLED (unbalanced when it arrived, explained since) or
     *     DECLARED_WRONG
     * @param doubts why it does not balance by all that is known now
     */
    record Step(
            String time,
            TracedStep.Kind kind,
            String lot,
            @Nullable BigDecimal amount,
            String unit,
            String where,
            TracedStep.State state,
            List<String> doubts,
            String event) {

        static Step of(TracedStep step) {
            return new Step(
                    step.time(),
                    step.kind(),
                    step.made().name(),
                    step.made().amount(),
                    step.made().unit(),
                    step.where(),
                    step.standing().state(),
                    step.standing().doubts().stream().map(DoubtWords::english).toList(),
                    step.eventId());
        }
    }

    @GetMapping
    @Operation(
            summary = "Trace anything",
            description =
                    "what: a lot's id or number, the code of a box, of a foreign chain also GTIN.LOT"
                            + " or an identifier as EPC URN or Digital Link. Or maker (name, credit"
                            + " code or GLN) with first and last day: all that was made there then;"
                            + " or place (GLN or identifier): all that events tell of it then, with"
                            + " what lay in the containers there."
                            + " direction back, forward or both; depth; from and until leave out"
                            + " lots of other days, and what a container carried on other days."
                            + " What is told of a container counts for what it carries then. format json, events (EPCIS 2.0), graphml, dot,"
                            + " csv or xlsx; table lots, fsma204 (key data elements of 21 CFR"
                            + " 1.1325 to 1.1350) or nyt4712 for the last two.")
    @Nullable Graph trace(
            @Parameter(description = "What to trace") @RequestParam(defaultValue = "") String what,
            @RequestParam(defaultValue = "") String maker,
            @RequestParam(defaultValue = "") String place,
            @RequestParam(defaultValue = "") String first,
            @RequestParam(defaultValue = "") String last,
            @RequestParam(defaultValue = "both") String direction,
            @RequestParam(defaultValue = "") String depth,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String until,
            @Parameter(
                            description =
                                    "Whether to tell what happened to the lots, and whether it balances")
                    @RequestParam(defaultValue = "false")
                    boolean steps,
            @RequestParam(defaultValue = "json") String format,
            @RequestParam(defaultValue = "lots") String table,
            @Parameter(hidden = true) HttpServletRequest request,
            @Parameter(hidden = true) HttpServletResponse response)
            throws IOException {
        Visitor by = signedIn.get();
        if (format.equalsIgnoreCase("json")) {
            LotGraph graph = question.answer(by, request);
            return new Graph(
                    graph.starts(),
                    words.nodes(graph),
                    words.edges(graph),
                    graph.circular(),
                    steps ? follow.steps(by, graph).stream().map(Step::of).toList() : List.of());
        }
        TraceFiles.Kind kind = TraceFiles.Kind.of(format);
        TraceFiles.Table of = TraceFiles.Table.of(table);
        files.write(by, question.answer(by, request), kind, of, response);
        return null;
    }
}
