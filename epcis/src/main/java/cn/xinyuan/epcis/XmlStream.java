package cn.xinyuan.epcis;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Steps through XML under the limits, keeping the paths of elements. */
class XmlStream {

    final XMLStreamReader xml;
    final Namespaces names = new Namespaces();
    Budget budget = new Budget();
    private int open;

    XmlStream(XMLStreamReader xml) {
        this.xml = xml;
    }

    @FunctionalInterface
    interface Child {
        void read(String name, String at) throws XMLStreamException, UnreadableDocument;
    }

    /** Reads the children of the element that was opened, up to its end. */
    void children(String at, Child each) throws XMLStreamException, UnreadableDocument {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (int event = step(); event != XMLStreamConstants.END_ELEMENT; event = step()) {
            if (event == XMLStreamConstants.START_ELEMENT) {
                declarations();
                String local = xml.getLocalName();
                String prefix = xml.getPrefix();
                String path = prefix == null || prefix.isEmpty() ? local : prefix + ":" + local;
                int count = counts.merge(path, 1, Integer::sum);
                each.read(local, at + "/" + path + (count == 1 ? "" : "[" + count + "]"));
            } else if (!xml.isWhiteSpace()) {
                String text = xml.getText().strip();
                throw refusal(
                        at,
                        "the text \""
                                + (text.length() > 40 ? text.substring(0, 40) + "…" : text)
                                + "\" stands where only elements may",
                        "take it out, or put it into an element");
            }
        }
    }

    /** The text of the element that was opened, up to its end. */
    String text() throws XMLStreamException {
        spend();
        StringBuilder text = new StringBuilder();
        for (int event = step(); event != XMLStreamConstants.END_ELEMENT; event = step()) {
            if (event == XMLStreamConstants.START_ELEMENT) {
                throw unfit(
                        "<" + xml.getLocalName() + "> stands where only text may", "take it out");
            }
            text.append(xml.getTextCharacters(), xml.getTextStart(), xml.getTextLength());
        }
        return text.toString().strip();
    }

    int depth() {
        return open;
    }

    void skipTo(int depth) throws XMLStreamException {
        while (open >= depth) {
            step();
        }
    }

    /** The next element, end of element or text; what is neither is passed over or refused. */
    int step() throws XMLStreamException {
        while (true) {
            int event = xml.next();
            switch (event) {
                case XMLStreamConstants.START_ELEMENT -> {
                    if (++open > Limits.DEEPEST + 16) {
                        throw unfit(
                                "nested deeper than " + Limits.DEEPEST + " levels",
                                "flatten the user extensions");
                    }
                    if (xml.getAttributeCount() + xml.getNamespaceCount()
                            > Limits.MOST_ATTRIBUTES) {
                        throw unfit(
                                "<"
                                        + xml.getLocalName()
                                        + "> has more than "
                                        + Limits.MOST_ATTRIBUTES
                                        + " attributes",
                                "use elements instead");
                    }
                    return event;
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    open--;
                    return event;
                }
                case XMLStreamConstants.CHARACTERS,
                        XMLStreamConstants.CDATA,
                        XMLStreamConstants.END_DOCUMENT -> {
                    return event;
                }
                case XMLStreamConstants.SPACE,
                        XMLStreamConstants.COMMENT,
                        XMLStreamConstants.PROCESSING_INSTRUCTION -> {}
                case XMLStreamConstants.DTD ->
                        throw unfit(
                                "the document has a DOCTYPE",
                                "leave it out: EPCIS needs none, and it can make a reader"
                                        + " fetch or multiply text");
                case XMLStreamConstants.ENTITY_REFERENCE ->
                        throw unfit(
                                "the entity &" + xml.getLocalName() + "; is not known",
                                "write the character itself, or &#…;");
                default -> throw new XMLStreamException("", xml.getLocation());
            }
        }
    }

    void declarations() {
        for (int i = 0; i < xml.getNamespaceCount(); i++) {
            names.declare(xml.getNamespacePrefix(i), xml.getNamespaceURI(i));
        }
    }

    void spend() throws TooMany {
        if (!budget.take()) {
            throw new TooMany();
        }
    }

    XMLStreamException unfit(String text, String fix) {
        return new XMLStreamException("", xml.getLocation(), new XmlSource.Unfit(text, fix));
    }

    static UnreadableDocument refusal(String place, String text, String fix) {
        return new UnreadableDocument(List.of(EpcisProblem.grave(place, text, fix)));
    }

    /** More values in one event than {@link Limits#MOST_VALUES}. */
    static final class TooMany extends XMLStreamException {}
}
