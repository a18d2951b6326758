package cn.xinyuan.server.trace.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import cn.xinyuan.epcis.EpcisJson;
import cn.xinyuan.server.pages.Problems;
import cn.xinyuan.server.pages.Spreadsheet;
import cn.xinyuan.server.pages.Spreadsheet.Format;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.trace.Genealogy;
import cn.xinyuan.server.trace.Labels;
import cn.xinyuan.server.trace.Lot;
import cn.xinyuan.server.trace.domain.CapturedEvents.Stored;
import cn.xinyuan.server.trace.domain.LotGraph;
import cn.xinyuan.server.trace.usecase.FollowGoods;
import cn.xinyuan.server.trace.usecase.QueryDocuments;
import cn.xinyuan.server.trace.web.GraphFiles.Told;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/** Writes a trace as a file of the asked kind. */
@Component
class TraceFiles {

    private final FollowGoods follow;
    private final TraceWords words;
    private final TraceTables tables;
    private final QueryDocuments documents;

    TraceFiles(FollowGoods follow, TraceWords words, TraceTables tables, QueryDocuments documents) {
        this.follow = follow;
        this.words = words;
        this.tables = tables;
        this.documents = documents;
    }

    /** The kinds of file, with the words that ask for them. */
    enum Kind {
        EVENTS("events", "application/ld+json", "json"),
        GRAPHML("graphml", "application/graphml+xml", "graphml"),
        DOT("dot", "text/vnd.graphviz;charset=UTF-8", "gv"),
        CSV("csv", Format.CSV.mediaType(), "csv"),
        XLSX("xlsx", Format.XLSX.mediaType(), "xlsx");

        private final String word;
        private final String mediaType;
        private final String extension;

        Kind(String word, String mediaType, String extension) {
            this.word = word;
            this.mediaType = mediaType;
            this.extension = extension;
        }

        /**
         * @throws Problems for any other word
         */
        static Kind of(String word) {
            for (Kind kind : values()) {
                if (kind.word.equals(word.toLowerCase(Locale.ROOT))) {
                    return kind;
                }
            }
            throw Problems.of("format", "请写 json、events、graphml、dot、csv 或 xlsx。");
        }
    }

    /** The tables that a CSV or XLSX file may hold. */
    enum Table {
        LOTS("lots"),
        KEY_DATA("fsma204"),
        STEPS("nyt4712");

        private final String word;

        Table(String word) {
            this.word = word;
        }

        /**
         * @throws Problems for any other word
         */
        static Table of(String word) {
            for (Table table : values()) {
                if (table.word.equals(word.toLowerCase(Locale.ROOT))) {
                    return table;
                }
            }
            throw Problems.of("table", "请写 lots、fsma204 或 nyt4712。");
        }
    }

    /** Writes what a recall of a lot reaches, as CSV or XLSX. */
    void recall(
            Lot lot,
            Genealogy.RecallScope scope,
            List<Labels.Range> ranges,
            Spreadsheet.Format format,
            HttpServletResponse to)
            throws IOException {
        to.setContentType(format.mediaType());
        to.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                "attachment; filename=\"recall-"
                        + lot.number().replaceAll("[^A-Za-z0-9-]+", "_")
                        + "."
                        + format.extension()
                        + "\"");
        to.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        OutputStream out = to.getOutputStream();
        tables.recall(scope, ranges, words::goodsOf, format, out);
        out.flush();
    }

    void write(Visitor by, LotGraph graph, Kind kind, Table table, HttpServletResponse to)
            throws IOException {
        List<Told> nodes = words.nodes(graph);
        String name =
                "trace-"
                        + nodes.stream()
                                .filter(Told::asked)
                                .map(Told::number)
                                .findFirst()
                                .orElse("lots")
                                .replaceAll("[^A-Za-z0-9-]+", "_")
                        + (kind == Kind.CSV || kind == Kind.XLSX ? "-" + table.word : "")
                        + "."
                        + kind.extension;
        to.setContentType(kind.mediaType);
        to.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"");
        to.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        OutputStream out = to.getOutputStream();
        switch (kind) {
            case EVENTS -> {
                List<Stored> events = follow.events(by, graph);
                out.write(
                        EpcisJson.text(
                                        documents.document(
                                                "trace",
                                                null,
                                                events,
                                                QueryDocuments.EpcFormat.DIGITAL_LINK))
                                .getBytes(UTF_8));
            }
            case GRAPHML -> GraphFiles.graphMl(nodes, words.edges(graph), out);
            case DOT -> GraphFiles.dot(nodes, words.edges(graph), out);
            case CSV -> table(by, graph, nodes, table, Format.CSV, out);
            case XLSX -> table(by, graph, nodes, table, Format.XLSX, out);
        }
        out.flush();
    }

    private void table(
            Visitor by,
            LotGraph graph,
            List<Told> nodes,
            Table table,
            Spreadsheet.Format format,
            OutputStream out)
            throws IOException {
        switch (table) {
            case LOTS -> TraceTables.lots(nodes, format, out);
            case KEY_DATA ->
                    tables.keyData(follow.steps(by, graph), words.goods(nodes), format, out);
            case STEPS -> tables.steps(follow.steps(by, graph), words.goods(nodes), format, out);
        }
    }
}
