package cn.xinyuan.epcis;

import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Writes XML 1.0 in UTF-8. Line ends survive as character references; control characters, which XML
 * 1.0 cannot bear in any spelling, become U+FFFD, as do half characters.
 */
final class XmlText implements Closeable {

    private record Open(String name, Map<String, String> scope) {}

    private final Writer out;
    private final Deque<Open> open = new ArrayDeque<>();
    private Map<String, String> scope = new HashMap<>();
    private boolean started;

    XmlText(OutputStream to) throws IOException {
        out = new BufferedWriter(new OutputStreamWriter(to, StandardCharsets.UTF_8));
        out.write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        scope.put("xml", Namespaces.XML);
    }

    XmlText start(String name) throws IOException {
        close(false);
        out.write('<');
        out.write(name);
        open.push(new Open(name, scope));
        started = true;
        return this;
    }

    /** Declares a prefix on the element that was started, unless it is in force. */
    XmlText declare(String prefix, String namespace) throws IOException {
        if (!namespace.equals(scope.get(prefix))) {
            scope = new HashMap<>(scope);
            scope.put(prefix, namespace);
            attribute("xmlns:" + prefix, namespace);
        }
        return this;
    }

    boolean declared(String prefix, String namespace) {
        return namespace.equals(scope.get(prefix));
    }

    XmlText attribute(String name, String value) throws IOException {
        out.write(' ');
        out.write(name);
        out.write("=\"");
        escape(value, true);
        out.write('"');
        return this;
    }

    XmlText text(String text) throws IOException {
        close(false);
        escape(text, false);
        return this;
    }

    void end() throws IOException {
        Open last = open.pop();
        scope = last.scope();
        if (started) {
            close(true);
        } else {
            out.write("</");
            out.write(last.name());
            out.write('>');
        }
    }

    void element(String name, String text) throws IOException {
        start(name).text(text).end();
    }

    void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    private void close(boolean empty) throws IOException {
        if (started) {
            out.write(empty ? "/>" : ">");
            started = false;
        }
    }

    private void escape(String text, boolean attribute) throws IOException {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> out.write("&lt;");
                case '>' -> out.write("&gt;");
                case '&' -> out.write("&amp;");
                case '"' -> out.write(attribute ? "&quot;" : "\"");
                case '\r' -> out.write("&#13;");
                case '\n', '\t' -> {
                    if (attribute) {
                        out.write("&#" + (int) c + ";");
                    } else {
                        out.write(c);
                    }
                }
                default -> {
                    if (Character.isHighSurrogate(c)
                            && i + 1 < text.length()
                            && Character.isLowSurrogate(text.charAt(i + 1))) {
                        out.write(c);
                        out.write(text.charAt(++i));
                    } else if (c < ' ' || Character.isSurrogate(c) || c >= 0xFFFE) {
                        out.write('\uFFFD');
                    } else {
                        out.write(c);
                    }
                }
            }
        }
    }
}
