package cn.xinyuan.server.trace.web;

import cn.xinyuan.server.pages.Choice;
import cn.xinyuan.server.pages.Console;
import cn.xinyuan.server.pages.MayCall;
import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.pages.Problem;
import cn.xinyuan.server.pages.Problems;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.SignedIn;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.pages.Words;
import cn.xinyuan.server.trace.domain.LotGraph;
import cn.xinyuan.server.trace.domain.LotGraph.Node;
import cn.xinyuan.server.trace.domain.TracedStep;
import cn.xinyuan.server.trace.usecase.FollowGoods;
import cn.xinyuan.server.trace.web.GraphFiles.Told;
import cn.xinyuan.server.trace.web.TracePage.Asked;
import cn.xinyuan.server.trace.web.TracePage.Download;
import cn.xinyuan.server.trace.web.TracePage.Row;
import cn.xinyuan.server.trace.web.TracePage.Step;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** The trace of whatever one has in hand, as a picture, tables and files. */
@Controller
@MayCall({
    Role.ADMINISTRATOR,
    Role.CITY_MANAGER,
    Role.SUPERVISOR,
    Role.EVALUATOR,
    Role.CLERK,
    Role.RETAILER,
    Role.ASSOCIATION
})
class TracePages {

    private static final String ADDRESS = "/trace";
    private static final int LINES = 200;

    private final TraceQuestion question;
    private final FollowGoods follow;
    private final TraceWords words;
    private final TraceTables tables;
    private final TraceFiles files;
    private final SignedIn signedIn;
    private final Console console;

    TracePages(
            TraceQuestion question,
            FollowGoods follow,
            TraceWords words,
            TraceTables tables,
            TraceFiles files,
            SignedIn signedIn,
            Console console) {
        this.question = question;
        this.follow = follow;
        this.words = words;
        this.tables = tables;
        this.files = files;
        this.signedIn = signedIn;
        this.console = console;
    }

    @GetMapping(ADDRESS)
    Object trace(HttpServletRequest request) {
        Asked asked = asked(request);
        if (asked.what().isEmpty() && asked.maker().isEmpty() && asked.place().isEmpty()) {
            return page(empty(asked, ""));
        }
        try {
            return page(found(signedIn.get(), asked, request));
        } catch (NotFound no) {
            return page(empty(asked, String.valueOf(no.getMessage())));
        } catch (Problems wrong) {
            return page(
                    empty(
                            asked,
                            wrong.list().stream()
                                    .map(Problem::text)
                                    .collect(Collectors.joining(" "))));
        }
    }

    @GetMapping(ADDRESS + "/{table}.{format}")
    void file(
            @PathVariable String table,
            @PathVariable String format,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Visitor by = signedIn.get();
        TraceFiles.Kind kind = TraceFiles.Kind.of(format);
        TraceFiles.Table of = TraceFiles.Table.of(table);
        files.write(by, question.answer(by, request), kind, of, response);
    }

    private Object page(TracePage page) {
        return console.page("trace/trace", ADDRESS, page);
    }

    private static Asked asked(HttpServletRequest request) {
        return new Asked(
                TraceQuestion.text(request, "what"),
                TraceQuestion.text(request, "maker"),
                TraceQuestion.text(request, "place"),
                TraceQuestion.text(request, "first"),
                TraceQuestion.text(request, "last"),
                TraceQuestion.text(request, "direction"),
                TraceQuestion.text(request, "depth"),
                TraceQuestion.text(request, "from"),
                TraceQuestion.text(request, "until"));
    }

    private static final List<Choice> DIRECTIONS =
            List.of(
                    new Choice("both", "来源和去向"),
                    new Choice("back", "来源（向前追溯）"),
                    new Choice("forward", "去向（向后追踪）"));

    private static TracePage empty(Asked asked, String trouble) {
        return new TracePage(
                asked, DIRECTIONS, trouble, null, "", "", List.of(), List.of(), "", List.of());
    }

    private TracePage found(Visitor by, Asked asked, HttpServletRequest request) {
        LotGraph graph = question.answer(by, request);
        List<Told> nodes = words.nodes(graph);
        if (nodes.isEmpty()) {
            return empty(asked, "这些天里没有批次。");
        }
        List<TracedStep> steps = follow.steps(by, graph);
        TraceTables.Goods goods = words.goods(nodes);
        long unbalanced =
                graph.nodes().stream()
                        .filter(
                                n ->
                                        n instanceof Node.Theirs theirs
                                                && !theirs.reached().balanced())
                        .count();
        String warning =
                (graph.circular() ? "这些事件互相循环：有的批次成了自己的来源，请核对。" : "")
                        + (unbalanced > 0 ? "有 " + unbalanced + " 个外来批次数量不平，原因见表中状态一栏。" : "");
        return new TracePage(
                asked,
                DIRECTIONS,
                "",
                TraceWords.picture(graph, nodes),
                TraceWords.summary(nodes) + "、" + steps.size() + " 条记录",
                warning,
                nodes.stream().limit(LINES).map(TracePages::row).toList(),
                steps.stream().limit(LINES).map(s -> step(s, goods)).toList(),
                nodes.size() > LINES || steps.size() > LINES
                        ? "表中各显示前 " + LINES + " 行，全部内容请下载文件。"
                        : "",
                downloads(asked));
    }

    private static Row row(Told node) {
        BigDecimal kilograms = node.kilograms();
        return new Row(
                node.number(),
                node.asked(),
                node.identifier().isEmpty()
                        ? ""
                        : TracePage.address(
                                node.kind().equals("容器") ? node.identifier() : node.number()),
                node.kind(),
                node.goods(),
                kilograms == null ? "" : LotWords.amount(kilograms, node.packs()),
                node.party(),
                node.place(),
                node.day(),
                node.state());
    }

    private Step step(TracedStep step, TraceTables.Goods goods) {
        String unit = TraceTables.unit(step.made().unit());
        String described = goods.describe(step.made());
        return new Step(
                step.day().toString(),
                TraceTables.word(step.kind()),
                TraceTables.lot(step.made()) + (described.isEmpty() ? "" : " · " + described),
                step.made().amount() == null ? "" : Words.number(step.made().amount()) + " " + unit,
                tables.who(step.where()),
                TraceWords.standing(step.standing()),
                "/epcis/events/"
                        + URLEncoder.encode(step.eventId(), StandardCharsets.UTF_8)
                                .replace("+", "%20"));
    }

    private static List<Download> downloads(Asked asked) {
        String query =
                Stream.of(
                                Optional.of("what=" + encoded(asked.what())),
                                part("maker", asked.maker()),
                                part("place", asked.place()),
                                part("first", asked.first()),
                                part("last", asked.last()),
                                part("direction", asked.direction()),
                                part("depth", asked.depth()),
                                part("from", asked.from()),
                                part("until", asked.until()))
                        .flatMap(Optional::stream)
                        .collect(Collectors.joining("&", "?", ""));
        return List.of(
                new Download(ADDRESS + "/lots.xlsx" + query, "批次表", "Excel"),
                new Download(ADDRESS + "/lots.csv" + query, "批次表", "CSV"),
                new Download(ADDRESS + "/nyt4712.xlsx" + query, "环节、来源、去向", "NY/T 4712 式，Excel"),
                new Download(ADDRESS + "/fsma204.xlsx" + query, "关键数据要素", "FSMA 204，Excel"),
                new Download(ADDRESS + "/fsma204.csv" + query, "关键数据要素", "FSMA 204，CSV"),
                new Download(ADDRESS + "/lots.events" + query, "事件原文", "EPCIS 2.0 JSON"),
                new Download(ADDRESS + "/lots.graphml" + query, "批次图", "GraphML"),
                new Download(ADDRESS + "/lots.dot" + query, "批次图", "Graphviz DOT"));
    }

    private static Optional<String> part(String name, String value) {
        return value.isEmpty() ? Optional.empty() : Optional.of(name + "=" + encoded(value));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
