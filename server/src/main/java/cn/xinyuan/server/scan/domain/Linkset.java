package cn.xinyuan.server.scan.domain;

import cn.xinyuan.codes.DigitalLink;
import cn.xinyuan.server.catalog.LinkType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A set of links as RFC 9264 writes it, in JSON (section 4.2) and as text (section 4.1). */
public final class Linkset {

    private Linkset() {}

    /**
     * The tree that becomes {@code application/linkset+json}, in the form of GS1: the members of a
     * context are its anchor, a description, and the whole addresses of link types.
     *
     * @param root of our own addresses, without a slash at the end
     */
    public static Map<String, Object> json(Entry entry, String root) {
        var contexts = new ArrayList<Map<String, Object>>();
        for (LinkContext level : entry.levels()) {
            var context = new LinkedHashMap<String, Object>();
            context.put("anchor", root + level.anchor().path());
            context.put("itemDescription", level.description());
            for (LinkType type : level.types()) {
                context.put(
                        type.uri(), level.ofType(type).stream().map(l -> json(l, root)).toList());
            }
            contexts.add(context);
        }
        var set = new LinkedHashMap<String, Object>();
        set.put("linkset", contexts);
        return set;
    }

    /** The text of {@code application/linkset}: the value of a Link header, a link on each line. */
    public static String text(Entry entry, String root) {
        var lines = new ArrayList<String>();
        for (LinkContext level : entry.levels()) {
            for (TypedLink link : level.links()) {
                lines.add(header(link, level.anchor(), root));
            }
        }
        return String.join(",\n", lines) + "\n";
    }

    /** One link as the Link header has it (RFC 8288, section 3). */
    public static String header(TypedLink link, DigitalLink anchor, String root) {
        var text = new StringBuilder();
        text.append('<').append(link.at(root)).append(">; rel=\"").append(link.type().uri());
        text.append("\"; anchor=\"").append(root).append(anchor.path()).append('"');
        if (link.mediaType() != null) {
            text.append("; type=\"").append(link.mediaType()).append('"');
        }
        if (link.language() != null) {
            text.append("; hreflang=\"").append(link.language()).append('"');
        }
        boolean plain =
                link.title().chars().allMatch(c -> c >= ' ' && c < 0x7f && c != '"' && c != '\\');
        if (plain) {
            text.append("; title=\"").append(link.title()).append('"');
        } else {
            text.append("; title*=UTF-8''").append(escaped(link.title()));
        }
        if (link.context() != null) {
            text.append("; context=\"").append(link.context()).append('"');
        }
        return text.toString();
    }

    private static Map<String, Object> json(TypedLink link, String root) {
        var json = new LinkedHashMap<String, Object>();
        json.put("href", link.at(root));
        json.put("title", link.title());
        if (link.mediaType() != null) {
            json.put("type", link.mediaType());
        }
        if (link.language() != null) {
            json.put("hreflang", List.of(link.language()));
        }
        if (link.context() != null) {
            json.put("context", List.of(link.context()));
        }
        return json;
    }

    /**
     * RFC 8187: letters and digits as they are, every other byte as a percent sign and two digits.
     */
    private static String escaped(String text) {
        var out = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (b >= '0' && b <= '9' || b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z') {
                out.append((char) b);
            } else {
                out.append("%%%02X".formatted(b & 0xff));
            }
        }
        return out.toString();
    }
}
