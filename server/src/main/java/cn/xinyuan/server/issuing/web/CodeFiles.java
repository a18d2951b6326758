package cn.xinyuan.server.issuing.web;

import static java.nio.charset.StandardCharsets.US_ASCII;

import cn.xinyuan.codes.CodeFile;
import cn.xinyuan.codes.CodeFile.Format;
import cn.xinyuan.server.issuing.usecase.DownloadCodes;
import cn.xinyuan.server.pages.Visitor;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Sends files of codes, whole or the part that is missing: one byte range of RFC 9110, section 14,
 * guarded by a strong ETag, so that a download that was cut off goes on where it ended.
 */
@Component
class CodeFiles {

    private static final Pattern ONE_RANGE = Pattern.compile("bytes=([0-9]{0,15})-([0-9]{0,15})");

    private final DownloadCodes downloads;
    private final LabelText text;

    CodeFiles(DownloadCodes downloads, LabelText text) {
        this.downloads = downloads;
        this.text = text;
    }

    /** A file of an own batch; {@code head} is the first line of a CSV file. */
    CodeFile file(Visitor by, long batch, Format format, String head) {
        return downloads.file(by, batch, format, text.base(), head);
    }

    /**
     * Answers with the file, or with the range that was asked for.
     *
     * @param name the name to save it under
     */
    void answer(
            Visitor by,
            long batch,
            Format format,
            CodeFile file,
            String name,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        String tag = tag(batch, format, file);
        response.setHeader("Accept-Ranges", "bytes");
        response.setHeader("ETag", tag);
        response.setHeader("Cache-Control", "private, no-cache");
        response.setHeader("Content-Disposition", "attachment; filename=\"" + name + "\"");
        response.setContentType(type(format) + ";charset=UTF-8");
        long whole = file.bytes();
        long[] part = range(request.getHeader("Range"), request.getHeader("If-Range"), tag, whole);
        if (part == null) {
            part = new long[] {0, whole};
        } else if (part[0] >= part[1]) {
            response.setHeader("Content-Range", "bytes */" + whole);
            response.setHeader("Content-Disposition", "inline");
            response.sendError(416, "这个文件共 " + whole + " 字节，请求的部分不在其中。");
            return;
        } else {
            response.setStatus(206);
            response.setHeader(
                    "Content-Range", "bytes %d-%d/%d".formatted(part[0], part[1] - 1, whole));
        }
        response.setContentLengthLong(part[1] - part[0]);
        if (!request.getMethod().equals("HEAD")) {
            downloads.send(by, batch, format, file, part[0], part[1], response.getOutputStream());
        }
    }

    /** What a printer or an auditor needs to know that a file came over whole. */
    Manifest manifest(Visitor by, long batch, String head) {
        var files = new LinkedHashMap<String, Entry>();
        for (Format format : Format.values()) {
            CodeFile file = file(by, batch, format, head);
            files.put(name(batch, format), new Entry(file.bytes(), file.sha256()));
        }
        return new Manifest(batch, files);
    }

    /** The files of a batch by name. */
    record Manifest(long batch, Map<String, Entry> files) {}

    /** One file; the checksum is in hexadecimal. */
    record Entry(long bytes, String sha256) {}

    static String name(long batch, Format format) {
        return switch (format) {
            case TXT -> "codes-" + batch + ".txt";
            case CSV -> "codes-" + batch + ".csv";
            case ADDRESSES -> "codes-" + batch + "-addresses.txt";
        };
    }

    private static String type(Format format) {
        return format == Format.CSV ? "text/csv" : "text/plain";
    }

    /** The same for the same bytes: what a file is made of is in its name, length and base. */
    private String tag(long batch, Format format, CodeFile file) {
        UUID digest =
                UUID.nameUUIDFromBytes(
                        (batch + " " + format + " " + file.bytes() + " " + text.base())
                                .getBytes(US_ASCII));
        return "\"" + digest + "\"";
    }

    /**
     * The bytes asked for, from and up to; null for the whole file, because nothing was asked or
     * what we do not serve; empty when nothing of it is there.
     */
    static long @Nullable [] range(
            @Nullable String range, @Nullable String ifRange, String tag, long whole) {
        if (range == null || ifRange != null && !ifRange.equals(tag)) {
            return null;
        }
        Matcher asked = ONE_RANGE.matcher(range.strip());
        if (!asked.matches()) {
            return null;
        }
        String from = asked.group(1);
        String to = asked.group(2);
        if (from.isEmpty()) {
            return to.isEmpty()
                    ? null
                    : new long[] {Math.max(0, whole - Long.parseLong(to)), whole};
        }
        long first = Long.parseLong(from);
        long last = to.isEmpty() ? whole - 1 : Long.parseLong(to);
        if (last < first && !to.isEmpty()) {
            return null;
        }
        return new long[] {first, Math.min(last + 1, whole)};
    }
}
