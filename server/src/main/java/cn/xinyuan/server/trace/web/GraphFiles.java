package cn.xinyuan.server.trace.web;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/** A lot graph for the programs that draw graphs: GraphML (graphdrawing.org) and Graphviz DOT. */
final class GraphFiles {

    private static final String GRAPHML = "http://graphml.graphdrawing.org/xmlns";

    private GraphFiles() {}

    /** A node in words; empty where nothing is known. */
    record Told(
            String id,
            String number,
            String kind,
            String goods,
            @Nullable BigDecimal kilograms,
            long packs,
            String party,
            String place,
            String day,
            String state,
            String identifier,
            boolean asked) {}

    /** An edge in words. */
    record Link(String from, String to, String step, @Nullable BigDecimal kilograms) {}

    private record Key(String id, String target, String type) {}

    private static final List<Key> KEYS =
            List.of(
                    new Key("number", "node", "string"),
                    new Key("kind", "node", "string"),
                    new Key("goods", "node", "string"),
                    new Key("kilograms", "all", "double"),
                    new Key("packs", "node", "long"),
                    new Key("party", "node", "string"),
                    new Key("place", "node", "string"),
                    new Key("day", "node", "string"),
                    new Key("state", "node", "string"),
                    new Key("identifier", "node", "string"),
                    new Key("step", "edge", "string"));

    static void graphMl(List<Told> nodes, List<Link> edges, OutputStream to) throws IOException {
        try {
            XMLStreamWriter out = XMLOutputFactory.newFactory().createXMLStreamWriter(to, "UTF-8");
            out.writeStartDocument("UTF-8", "1.0");
            out.setDefaultNamespace(GRAPHML);
            out.writeStartElement(GRAPHML, "graphml");
            out.writeDefaultNamespace(GRAPHML);
            for (Key key : KEYS) {
                out.writeEmptyElement(GRAPHML, "key");
                out.writeAttribute("id", key.id());
                out.writeAttribute("for", key.target());
                out.writeAttribute("attr.name", key.id());
                out.writeAttribute("attr.type", key.type());
            }
            out.writeStartElement(GRAPHML, "graph");
            out.writeAttribute("id", "trace");
            out.writeAttribute("edgedefault", "directed");
            for (Told node : nodes) {
                out.writeStartElement(GRAPHML, "node");
                out.writeAttribute("id", node.id());
                data(out, "number", node.number());
                data(out, "kind", node.kind());
                data(out, "goods", node.goods());
                data(out, "kilograms", plain(node.kilograms()));
                data(out, "packs", node.packs() == 0 ? "" : Long.toString(node.packs()));
                data(out, "party", node.party());
                data(out, "place", node.place());
                data(out, "day", node.day());
                data(out, "state", node.state());
                data(out, "identifier", node.identifier());
                out.writeEndElement();
            }
            for (Link edge : edges) {
                out.writeStartElement(GRAPHML, "edge");
                out.writeAttribute("source", edge.from());
                out.writeAttribute("target", edge.to());
                data(out, "step", edge.step());
                data(out, "kilograms", plain(edge.kilograms()));
                out.writeEndElement();
            }
            out.writeEndElement();
            out.writeEndElement();
            out.writeEndDocument();
            out.flush();
        } catch (XMLStreamException failed) {
            throw new IOException(failed);
        }
    }

    private static void data(XMLStreamWriter out, String key, String text)
            throws XMLStreamException {
        if (!text.isEmpty()) {
            out.writeStartElement(GRAPHML, "data");
            out.writeAttribute("key", key);
            out.writeCharacters(withoutControls(text));
            out.writeEndElement();
        }
    }

    /** XML 1.0 has no place for control characters; identifiers of strangers may hold them. */
    private static String withoutControls(String text) {
        return text.replaceAll("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\uFFFE\\uFFFF]", "\uFFFD");
    }

    static void dot(List<Told> nodes, List<Link> edges, OutputStream to) throws IOException {
        Writer out = new OutputStreamWriter(to, StandardCharsets.UTF_8);
        out.write("digraph trace {\n  rankdir=LR;\n  node [shape=box, style=rounded];\n");
        for (Told node : nodes) {
            out.write(
                    "  %s [label=%s%s];\n"
                            .formatted(
                                    quoted(node.id()),
                                    quoted(label(node)),
                                    node.asked() ? ", penwidth=3" : ""));
        }
        for (Link edge : edges) {
            String kilograms = plain(edge.kilograms());
            out.write(
                    "  %s -> %s [label=%s];\n"
                            .formatted(
                                    quoted(edge.from()),
                                    quoted(edge.to()),
                                    quoted(kilograms.isEmpty() ? edge.step() : kilograms + " kg")));
        }
        out.write("}\n");
        out.flush();
    }

    private static String label(Told node) {
        String kilograms = plain(node.kilograms());
        return node.number()
                + (node.goods().isEmpty() ? "" : "\n" + node.goods())
                + (kilograms.isEmpty() ? "" : "\n" + kilograms + " kg")
                + (node.party().isEmpty() ? "" : "\n" + node.party())
                + (node.day().isEmpty() ? "" : "\n" + node.day());
    }

    private static String quoted(String text) {
        return '"'
                + text.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\r", "")
                        .replace("\n", "\\n")
                + '"';
    }

    static String plain(@Nullable BigDecimal figure) {
        return figure == null ? "" : figure.stripTrailingZeros().toPlainString();
    }
}
