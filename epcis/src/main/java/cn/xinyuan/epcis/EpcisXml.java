package cn.xinyuan.epcis;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * EPCIS XML: 2.0 and 1.0 to 1.2 in, 2.0 out (EPCIS 2.0, chapter 9). What is read are the same
 * events as from JSON, with the same hashes. Nothing is fetched: a DOCTYPE is refused, so are
 * entities other than XML's own five; what is larger than {@link Limits} is refused in words.
 *
 * <p>Between the two forms, members that the standard does not name keep their values: {@code
 * xsi:type} tells numbers and truth values from texts, {@code xsi:nil} is null. A list of one
 * cannot be told from its only item in XML, an empty one not from none, and control characters have
 * no spelling in XML 1.0.
 */
public final class EpcisXml {

    /** What XML is sent as. */
    public static final String MEDIA_TYPE = "application/xml";

    private EpcisXml() {}

    /**
     * Reads a document, event by event; places of problems are XPaths.
     *
     * @throws UnreadableDocument if it is no XML or no EPCIS document
     */
    public static Reading read(byte[] bytes) throws UnreadableDocument {
        return read(bytes, Strictness.NORMAL);
    }

    /** Reads a document as strictly as asked. */
    public static Reading read(byte[] bytes, Strictness strictness) throws UnreadableDocument {
        List<Reading.Item> items = new ArrayList<>();
        List<EpcisEvent> good = new ArrayList<>();
        Reading rest;
        try {
            rest =
                    read(
                            new ByteArrayInputStream(bytes),
                            strictness,
                            (item, _) -> {
                                items.add(item);
                                if (item instanceof Reading.Understood understood) {
                                    good.add(understood.event());
                                }
                            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Reading(rest.document().with(good), items, rest.warnings());
    }

    /**
     * Reads a stream of any length, keeping no more than one event in memory.
     *
     * @return the document without its events, with the doubts about it
     * @throws UnreadableDocument if it is no XML or no EPCIS document; events given before stand
     * @throws IOException if the stream breaks off
     */
    public static Reading read(InputStream bytes, Strictness strictness, DocumentSink sink)
            throws UnreadableDocument, IOException {
        return XmlReader.read(bytes, strictness, sink);
    }

    /** Writes a document, or the answer to a query, as XML of EPCIS 2.0. */
    public static String write(EpcisDocument document) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            write(document, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** Writes a document to a stream, which is left open. */
    public static void write(EpcisDocument document, OutputStream to) throws IOException {
        XmlDocumentWriter writer = new XmlDocumentWriter(to, document);
        for (EpcisEvent event : document.events()) {
            writer.event(event, document.context());
        }
        writer.end();
    }

    /**
     * Begins a document whose events come one by one.
     *
     * @param head what stands before the events; its own events are not written
     */
    public static XmlDocumentWriter begin(OutputStream to, EpcisDocument head) throws IOException {
        return new XmlDocumentWriter(to, head);
    }
}
