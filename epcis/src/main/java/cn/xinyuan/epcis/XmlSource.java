package cn.xinyuan.epcis;

import java.io.BufferedInputStream;
import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The characters of an XML document, with every tag, comment and instruction held to a length: the
 * parser keeps those whole in memory, however long they are.
 */
final class XmlSource extends FilterReader {

    /** The document breaks a limit, or cannot be read at all. */
    static final class Unfit extends IOException {
        private final String fix;

        Unfit(String text, String fix) {
            super(text);
            this.fix = fix;
        }

        String fix() {
            return fix;
        }
    }

    private static final int LONGEST_DECLARATION = 200;
    private static final Pattern ENCODING =
            Pattern.compile(
                    "^<\\?xml\\s[^>]*?encoding\\s*=\\s*[\"']([A-Za-z0-9._-]{1,40})[\"']",
                    Pattern.DOTALL);
    private static final Map<String, Charset> READ =
            Map.of(
                    "utf-8", StandardCharsets.UTF_8,
                    "utf8", StandardCharsets.UTF_8,
                    "us-ascii", StandardCharsets.US_ASCII,
                    "iso-8859-1", StandardCharsets.ISO_8859_1,
                    "gbk", Charset.forName("GB18030"),
                    "gb2312", Charset.forName("GB18030"),
                    "gb18030", Charset.forName("GB18030"));

    private enum At {
        TEXT,
        OPENED,
        TAG,
        COMMENT,
        SECTION,
        INSTRUCTION
    }

    private At at = At.TEXT;
    private char quote;
    private long length;
    private char last;
    private char beforeLast;

    private XmlSource(Reader in) {
        super(in);
    }

    /** Opens a stream by its byte order mark, or by the encoding that it names. */
    static XmlSource open(InputStream bytes) throws IOException {
        BufferedInputStream in = new BufferedInputStream(bytes, 16_384);
        in.mark(LONGEST_DECLARATION + 4);
        byte[] first = in.readNBytes(LONGEST_DECLARATION);
        in.reset();
        Charset charset = charset(first);
        if (first.length >= 3 && first[0] == (byte) 0xEF && first[1] == (byte) 0xBB) {
            in.skipNBytes(3);
        }
        return new XmlSource(
                new InputStreamReader(
                        in,
                        charset.newDecoder()
                                .onMalformedInput(CodingErrorAction.REPORT)
                                .onUnmappableCharacter(CodingErrorAction.REPORT)));
    }

    private static Charset charset(byte[] first) throws Unfit {
        if (first.length >= 2
                && (first[0] == (byte) 0xFE && first[1] == (byte) 0xFF
                        || first[0] == (byte) 0xFF && first[1] == (byte) 0xFE)) {
            return StandardCharsets.UTF_16;
        }
        int skipped = first.length >= 3 && first[0] == (byte) 0xEF ? 3 : 0;
        String start =
                new String(first, skipped, first.length - skipped, StandardCharsets.ISO_8859_1);
        Matcher named = ENCODING.matcher(start);
        if (!named.find()) {
            return StandardCharsets.UTF_8;
        }
        Charset known = READ.get(named.group(1).toLowerCase(Locale.ROOT));
        if (known == null) {
            throw new Unfit("the encoding " + named.group(1) + " is not read here", "send UTF-8");
        }
        return known;
    }

    @Override
    public int read() throws IOException {
        char[] one = new char[1];
        int got = read(one, 0, 1);
        return got < 0 ? -1 : one[0];
    }

    @Override
    public int read(char[] into, int from, int most) throws IOException {
        int got = super.read(into, from, most);
        for (int i = from; i < from + got; i++) {
            follow(into[i]);
        }
        return got;
    }

    private void follow(char c) throws Unfit {
        if (++length > (at == At.TEXT ? Limits.LONGEST_TEXT : Limits.LONGEST_TAG)) {
            throw new Unfit(
                    at == At.TEXT
                            ? "a text is longer than " + Limits.LONGEST_TEXT + " characters"
                            : "a tag, comment or section is longer than "
                                    + Limits.LONGEST_TAG
                                    + " characters",
                    "keep what is large elsewhere and name it by its address");
        }
        switch (at) {
            case TEXT -> {
                if (c == '<') {
                    at = At.OPENED;
                    length = 1;
                }
            }
            case OPENED -> {
                if (c == '?') {
                    at = At.INSTRUCTION;
                } else if (c == '>') {
                    end(true);
                } else if (c == '-' && last == '-' && beforeLast == '!') {
                    at = At.COMMENT;
                } else if (c == '[' && length == 9) {
                    at = At.SECTION;
                } else if (c != '!' && length == 2
                        || length == 3 && c != '-' && c != '['
                        || length > 9) {
                    at = At.TAG;
                }
                quote = 0;
            }
            case TAG -> {
                if (quote != 0) {
                    if (c == quote) {
                        quote = 0;
                    }
                } else if (c == '"' || c == '\'') {
                    quote = c;
                } else {
                    end(c == '>');
                }
            }
            case COMMENT -> end(c == '>' && last == '-' && beforeLast == '-');
            case SECTION -> end(c == '>' && last == ']' && beforeLast == ']');
            case INSTRUCTION -> end(c == '>' && last == '?');
        }
        beforeLast = last;
        last = c;
    }

    private void end(boolean ended) {
        if (ended) {
            at = At.TEXT;
            length = 0;
        }
    }
}
