package cn.xinyuan.epcis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What strangers may send to hurt: every answer is precise, and memory stays small. */
class HostileTest {

    private static final String XML_HEAD =
            "<epcis:EPCISDocument xmlns:epcis=\"urn:epcglobal:epcis:xsd:2\" schemaVersion=\"2.0\""
                    + " creationDate=\"2025-06-11T08:00:00Z\"><EPCISBody><EventList>";
    private static final String XML_TAIL = "</EventList></EPCISBody></epcis:EPCISDocument>";
    private static final String XML_EVENT =
            "<ObjectEvent><eventTime>2025-06-11T08:00:00+08:00</eventTime>"
                    + "<eventTimeZoneOffset>+08:00</eventTimeZoneOffset>"
                    + "<epcList><epc>urn:x:1</epc></epcList><action>OBSERVE</action></ObjectEvent>";
    private static final String JSON_HEAD =
            "{\"@context\":[],\"type\":\"EPCISDocument\",\"schemaVersion\":\"2.0\","
                    + "\"creationDate\":\"2025-06-11T08:00:00Z\",\"epcisBody\":{\"eventList\":[";
    private static final String JSON_TAIL = "]}}";
    private static final String JSON_EVENT =
            "{\"type\":\"ObjectEvent\",\"eventTime\":\"2025-06-11T08:00:00+08:00\","
                    + "\"eventTimeZoneOffset\":\"+08:00\",\"action\":\"OBSERVE\","
                    + "\"epcList\":[\"urn:x:1\"]}";

    @Test
    void no_entity_is_read_and_nothing_is_fetched() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
        server.createContext(
                "/",
                exchange -> {
                    asked.incrementAndGet();
                    exchange.sendResponseHeaders(404, -1);
                    exchange.close();
                });
        server.start();
        try {
            String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/x";
            String body = XML_HEAD + XML_EVENT.replace("urn:x:1", "&e;") + XML_TAIL;
            for (String doctype :
                    List.of(
                            "<!DOCTYPE a [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>",
                            "<!DOCTYPE a [<!ENTITY e SYSTEM \"" + url + "\">]>",
                            "<!DOCTYPE a SYSTEM \"" + url + "\">",
                            "<!DOCTYPE a PUBLIC \"-//A//B\" \"" + url + "\">",
                            "<!DOCTYPE a [<!ENTITY % p SYSTEM \"" + url + "\"> %p;]>",
                            "<!DOCTYPE a [<!ENTITY a0 \"ha\"><!ENTITY e \"&a0;&a0;&a0;\">]>",
                            "<!DOCTYPE a [<!ENTITY e \"&e;\">]>")) {
                assertThat(xml(doctype + body)).as(doctype).contains("has a DOCTYPE at line 1");
            }
            assertThat(xml(body)).contains("entity &e; is not known at line 1");
            String schema =
                    XML_HEAD.replace(
                            "schemaVersion",
                            "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
                                    + " xsi:schemaLocation=\"urn:x "
                                    + url
                                    + "\" schemaVersion");
            assertThat(xml(schema + XML_EVENT + XML_TAIL)).isEqualTo("read");
            assertThat(
                            json(
                                    JSON_HEAD.replace("[],", "[\"" + url + "\"],")
                                            + JSON_EVENT
                                            + JSON_TAIL))
                    .isEqualTo("read");
            String inclusion =
                    "<xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" href=\""
                            + url
                            + "\"/>";
            xml(XML_HEAD + XML_EVENT.replace("</ObjectEvent>", inclusion) + XML_TAIL);
        } finally {
            server.stop(0);
        }
        assertThat(asked).hasValue(0);
    }

    @Test
    void a_billion_laughs_are_refused_at_once() {
        StringBuilder laughs = new StringBuilder("<!DOCTYPE lolz [<!ENTITY a0 \"ha\">");
        for (int i = 1; i < 40; i++) {
            laughs.append("<!ENTITY a").append(i).append(" \"");
            laughs.append(("&a" + (i - 1) + ";").repeat(10)).append("\">");
        }
        laughs.append("]>");
        long before = System.nanoTime();

        assertThat(xml(laughs + XML_HEAD + XML_EVENT.replace("urn:x:1", "&a39;") + XML_TAIL))
                .contains("has a DOCTYPE");
        assertThat(System.nanoTime() - before).isLessThan(2_000_000_000L);
    }

    @Test
    void what_is_nested_too_deep_is_told() {
        String deep = "<x:a xmlns:x=\"urn:x\">".repeat(100_000);
        assertThat(xml(XML_HEAD + XML_EVENT.replace("</ObjectEvent>", deep)))
                .contains("nested deeper than 64 levels at line 1");
        assertThat(xml("<a>".repeat(100_000))).contains("the root is a of null");
        assertThat(xml(XML_HEAD + "<extension>".repeat(100_000)))
                .contains("nested deeper than 64 levels");
        assertThat(json(JSON_HEAD + "{\"x:a\":".repeat(100_000)))
                .contains("nested deeper than 64 levels at line 1");
        assertThat(json("[".repeat(1_000_000))).contains("the root is no object");
    }

    @Test
    void what_is_too_long_is_told_in_little_memory() {
        int size = 100_000_000;
        String start = XML_HEAD + XML_EVENT.replace("</ObjectEvent>", "");
        assertSmall(
                "a text",
                "a text is longer than",
                () -> xml(start + "<x:a xmlns:x='urn:x'>", 'a', size));
        assertSmall(
                "an attribute",
                "a tag, comment or section is longer",
                () -> xml(start + "<x:a xmlns:x='urn:x' b='", 'a', size));
        assertSmall("a name", "", () -> xml(start + "<", 'a', size));
        assertSmall(
                "a comment",
                "a tag, comment or section is longer",
                () -> xml(start + "<!-- ", 'a', size));
        assertSmall(
                "a section",
                "a tag, comment or section is longer",
                () -> xml(start + "<x:a xmlns:x='urn:x'><![CDATA[", 'a', size));
        assertSmall(
                "an instruction",
                "a tag, comment or section is longer",
                () -> xml(start + "<?a ", 'a', size));
        assertSmall("white space", "a text is longer than", () -> xml(XML_HEAD, ' ', size));
        assertSmall("a DOCTYPE", "", () -> xml("<!DOCTYPE a [", ' ', size));
        assertSmall("before the root", "", () -> xml("", ' ', size));
        String json = JSON_HEAD + "{\"type\":\"";
        assertSmall(
                "a string", "a string, name or number is too long", () -> json(json, 'a', size));
        assertSmall(
                "a member's name",
                "a string, name or number is too long",
                () -> json(JSON_HEAD + "{\"", 'a', size));
        assertSmall(
                "a number",
                "a string, name or number is too long",
                () -> json(JSON_HEAD + "{\"a\":1", '1', size));
        assertSmall("spaces", "not well-formed JSON", () -> json(JSON_HEAD, ' ', size));
    }

    @Test
    void a_million_items_in_one_list_are_refused_and_the_next_event_is_read() throws Exception {
        List<String> said = new ArrayList<>();
        DocumentSink sink =
                (item, _) ->
                        said.add(
                                switch (item) {
                                    case Reading.Refused r -> r.problems().toString();
                                    case Reading.Understood u -> "read " + u.pointer();
                                });
        long xml =
                peak(
                        () ->
                                EpcisXml.read(
                                        stream(
                                                XML_HEAD + before(XML_EVENT, "<epc>"),
                                                "<epc>urn:x:1</epc>",
                                                "",
                                                1_000_000,
                                                after(XML_EVENT, "</epc>") + XML_EVENT + XML_TAIL),
                                        Strictness.NORMAL,
                                        sink));
        assertThat(said)
                .hasSize(2)
                .first()
                .asString()
                .contains("EventList/ObjectEvent: the event holds more than 200000 values; split");
        assertThat(said.get(1)).isEqualTo("read /*/EPCISBody/EventList/ObjectEvent[2]");
        said.clear();
        long json =
                peak(
                        () ->
                                EpcisJson.read(
                                        stream(
                                                JSON_HEAD + before(JSON_EVENT, "\"urn:x:1\""),
                                                "\"urn:x:1\"",
                                                ",",
                                                1_000_000,
                                                after(JSON_EVENT, "\"urn:x:1\"")
                                                        + ","
                                                        + JSON_EVENT
                                                        + JSON_TAIL),
                                        Strictness.NORMAL,
                                        sink));
        assertThat(said)
                .hasSize(2)
                .first()
                .asString()
                .contains("/epcisBody/eventList/0: the event holds more than 200000 values");
        assertThat(said.get(1)).isEqualTo("read /epcisBody/eventList/1");
        assertThat(xml).isLessThan(150_000_000);
        assertThat(json).isLessThan(150_000_000);
    }

    /** 100,000 events, 25 MB of XML and 17 MB of JSON, in the memory that one event needs. */
    @Test
    void a_long_document_streams_in_little_memory() throws Exception {
        int many = 100_000;
        AtomicLong seen = new AtomicLong();
        long xml =
                peak(
                        () ->
                                EpcisXml.read(
                                        stream(XML_HEAD, XML_EVENT, "", many, XML_TAIL),
                                        Strictness.NORMAL,
                                        (item, _) -> {
                                            assertThat(item).isInstanceOf(Reading.Understood.class);
                                            seen.incrementAndGet();
                                        }));
        assertThat(seen).hasValue(many);
        long json =
                peak(
                        () ->
                                EpcisJson.read(
                                        stream(JSON_HEAD, JSON_EVENT, ",", many, JSON_TAIL),
                                        Strictness.NORMAL,
                                        (_, _) -> seen.incrementAndGet()));
        assertThat(seen).hasValue(2L * many);
        assertThat(xml).isLessThan(8_000_000);
        assertThat(json).isLessThan(8_000_000);
    }

    @Test
    void bytes_that_are_no_characters_are_told() {
        byte[] broken = (XML_HEAD + XML_EVENT + XML_TAIL).getBytes(StandardCharsets.UTF_8);
        broken[XML_HEAD.length() + 40] = (byte) 0xC3;
        assertThat(xml(broken)).contains("no characters of the encoding that was named at line 1");
        byte[] json = (JSON_HEAD + JSON_EVENT + JSON_TAIL).getBytes(StandardCharsets.UTF_8);
        json[JSON_HEAD.length() + 12] = (byte) 0xFF;
        assertThat(json(json)).contains("the bytes are no UTF-8 at line 1");
        assertThat(xml("<?xml version=\"1.0\" encoding=\"EBCDIC-CP-US\"?><a/>"))
                .contains("the encoding EBCDIC-CP-US is not read here; send UTF-8");
        String chinese =
                "<?xml version=\"1.0\" encoding=\"GBK\"?>"
                        + XML_HEAD
                        + XML_EVENT.replace(
                                "</ObjectEvent>", "<x:a xmlns:x=\"urn:x\">荔枝</x:a></ObjectEvent>")
                        + XML_TAIL;
        assertThat(xml(chinese.getBytes(java.nio.charset.Charset.forName("GB18030"))))
                .isEqualTo("read");
        assertThat(xml((XML_HEAD + XML_EVENT + XML_TAIL).getBytes(StandardCharsets.UTF_16)))
                .isEqualTo("read");
        assertThat(xml("\uFEFF" + XML_HEAD + XML_EVENT + XML_TAIL)).isEqualTo("read");
    }

    @Test
    void odd_documents_are_refused_in_words() {
        assertThat(xml("")).contains("this is not well-formed XML");
        assertThat(xml("{}")).contains("this is not well-formed XML");
        assertThat(xml("<a/>")).contains("the root is a of null, no EPCIS document");
        assertThat(xml(XML_HEAD + XML_EVENT)).contains("not well-formed XML at line 1");
        assertThat(xml(XML_HEAD + "lost words" + XML_EVENT + XML_TAIL))
                .contains("/*/EPCISBody/EventList: the text \"lost words\" stands where only");
        assertThat(xml(XML_HEAD.replace("2.0", "3.0") + XML_TAIL))
                .contains("/*/@schemaVersion: version \"3.0\" is not read here");
        assertThat(xml(XML_HEAD + XML_EVENT.replace("OBSERVE", "<b/>") + XML_TAIL))
                .contains("<b> stands where only text may");
        assertThat(xml(XML_HEAD + XML_EVENT.replace("<action>", "<action a='1' a='2'>")))
                .contains("not well-formed XML");
        String attributes =
                IntStream.range(0, 300).mapToObj(i -> " a" + i + "='1'").reduce("", String::concat);
        assertThat(xml(XML_HEAD + XML_EVENT.replace("<action>", "<action" + attributes + ">")))
                .contains("<action> has more than 200 attributes");
        assertThat(xml(XML_HEAD + XML_EVENT.replace("<action>", "<" + "a".repeat(5000) + ">")))
                .contains("a name, or the number of attributes, is beyond all limits");
        assertThat(xml(XML_HEAD + XML_EVENT.replace("OBSERVE", "&#0;") + XML_TAIL))
                .contains("not well-formed XML");
        assertThat(json(JSON_HEAD + JSON_EVENT.replace("\"action\"", "\"type\"") + JSON_TAIL))
                .contains("\"type\" stands twice in one object at line 1");
        assertThat(json(JSON_HEAD + JSON_EVENT + JSON_TAIL + "{}"))
                .contains("text stands after the end");
        assertThat(
                        json(
                                "{\"epcisBody\":{\"eventList\":["
                                        + JSON_EVENT
                                        + "]},\"@context\":[],\"type\":\"EPCISDocument\"}"))
                .contains("/type: missing");
        assertThat(
                        json(
                                "{\"type\":\"EPCISDocument\",\"epcisBody\":{\"eventList\":["
                                        + JSON_EVENT
                                        + "]},\"@context\":[]}"))
                .contains("/@context: stands after the events; put @context and type before");
        assertThat(json("7")).contains("the root is no object");
        assertThat(json("")).contains("nothing was sent");
        assertThat(json(JSON_HEAD + "7" + JSON_TAIL)).isEqualTo("read");
    }

    @Test
    void a_stream_that_breaks_off_is_no_fault_of_the_document() {
        for (boolean xml : new boolean[] {true, false}) {
            InputStream broken =
                    new InputStream() {
                        private int at;

                        @Override
                        public int read() throws IOException {
                            String head = xml ? XML_HEAD : JSON_HEAD;
                            if (at == head.length()) {
                                throw new IOException("the line is dead");
                            }
                            return head.charAt(at++);
                        }
                    };
            assertThatThrownBy(
                            () -> {
                                if (xml) {
                                    EpcisXml.read(broken, Strictness.NORMAL, (_, _) -> {});
                                } else {
                                    EpcisJson.read(broken, Strictness.NORMAL, (_, _) -> {});
                                }
                            })
                    .as("xml " + xml)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("the line is dead");
        }
    }

    @Test
    void what_a_sink_throws_ends_the_reading() {
        IllegalStateException enough = new IllegalStateException("enough");
        DocumentSink sink =
                (_, _) -> {
                    throw enough;
                };
        assertThatThrownBy(
                        () ->
                                EpcisXml.read(
                                        stream(XML_HEAD, XML_EVENT, "", 2, XML_TAIL),
                                        Strictness.NORMAL,
                                        sink))
                .isSameAs(enough);
        assertThatThrownBy(
                        () ->
                                EpcisJson.read(
                                        stream(JSON_HEAD, JSON_EVENT, ",", 2, JSON_TAIL),
                                        Strictness.NORMAL,
                                        sink))
                .isSameAs(enough);
    }

    private static void assertSmall(
            String what, String said, java.util.function.Supplier<String> read) {
        List<String> answer = new ArrayList<>();
        long peak;
        try {
            peak = peak(() -> answer.add(read.get()));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        assertThat(answer).as(what).singleElement().asString().contains(said).isNotEqualTo("read");
        assertThat(peak).as("memory for " + what).isLessThan(30_000_000);
    }

    private interface Work {
        void run() throws Exception;
    }

    /** Bytes of the heap that outlived a collection at most, above what lived before. */
    private static long peak(Work work) throws Exception {
        System.gc();
        long before = used();
        AtomicLong most = new AtomicLong();
        Thread watcher =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    try {
                                        while (true) {
                                            Thread.sleep(100);
                                            System.gc();
                                            most.accumulateAndGet(used() - before, Math::max);
                                        }
                                    } catch (InterruptedException _) {
                                        Thread.currentThread().interrupt();
                                    }
                                });
        try {
            work.run();
        } finally {
            watcher.interrupt();
            watcher.join();
        }
        return most.get();
    }

    /** What outlived the last collection. */
    private static long used() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(p -> p.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getCollectionUsage)
                .filter(java.util.Objects::nonNull)
                .mapToLong(u -> u.getUsed())
                .sum();
    }

    private static String before(String text, String mark) {
        return text.substring(0, text.indexOf(mark));
    }

    private static String after(String text, String mark) {
        return text.substring(text.indexOf(mark) + mark.length());
    }

    private static String xml(String text) {
        return xml(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String xml(byte[] bytes) {
        try {
            EpcisXml.read(bytes);
            return "read";
        } catch (UnreadableDocument e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static String json(String text) {
        return json(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String json(byte[] bytes) {
        try {
            EpcisJson.read(
                    new java.io.ByteArrayInputStream(bytes), Strictness.NORMAL, (_, _) -> {});
            return "read";
        } catch (UnreadableDocument e) {
            return String.valueOf(e.getMessage());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String xml(String start, char filling, int times) {
        try {
            EpcisXml.read(
                    stream(start, String.valueOf(filling).repeat(1000), "", times / 1000, ""),
                    Strictness.NORMAL,
                    (_, _) -> {});
            return "read";
        } catch (UnreadableDocument e) {
            return String.valueOf(e.getMessage());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String json(String start, char filling, int times) {
        try {
            EpcisJson.read(
                    stream(start, String.valueOf(filling).repeat(1000), "", times / 1000, ""),
                    Strictness.NORMAL,
                    (_, _) -> {});
            return "read";
        } catch (UnreadableDocument e) {
            return String.valueOf(e.getMessage());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Bytes that are made while they are read. */
    private static InputStream stream(
            String start, String each, String between, int times, String end) {
        Iterator<byte[]> parts =
                Stream.concat(
                                Stream.concat(
                                        Stream.of(start),
                                        IntStream.range(0, times)
                                                .mapToObj(i -> i == 0 ? each : between + each)),
                                Stream.of(end))
                        .map(t -> t.getBytes(StandardCharsets.UTF_8))
                        .iterator();
        return new InputStream() {
            private byte[] now = new byte[0];
            private int at;

            @Override
            public int read() {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] into, int from, int most) {
                while (at == now.length) {
                    if (!parts.hasNext()) {
                        return -1;
                    }
                    now = parts.next();
                    at = 0;
                }
                int got = Math.min(most, now.length - at);
                System.arraycopy(now, at, into, from, got);
                at += got;
                return got;
            }
        };
    }
}
