package cn.xinyuan.server.scan.domain;

import cn.xinyuan.server.catalog.LinkType;
import org.jspecify.annotations.Nullable;

/**
 * A link to which a GS1 Digital Link leads (GS1-Conformant Resolver Standard 1.1).
 *
 * @param href begins with a slash when it is a page of ours, else an https address
 * @param language such as {@code zh}; null when not said
 * @param mediaType such as {@code text/html}; null when not said
 * @param context for whom it is meant, such as {@code HK}; null for everyone
 */
public record TypedLink(
        LinkType type,
        String href,
        String title,
        @Nullable String language,
        @Nullable String mediaType,
        @Nullable String context) {

    /** A page of ours. */
    static TypedLink page(LinkType type, String href, String title, String language) {
        return new TypedLink(type, href, title, language, "text/html", null);
    }

    /** The same target under another type. */
    TypedLink as(LinkType other) {
        return new TypedLink(other, href, title, language, mediaType, context);
    }

    /** The whole address; {@code root} ends without a slash. */
    public String at(String root) {
        return href.startsWith("/") ? root + href : href;
    }

    /**
     * The address with the query of the request behind it; what the address says itself stays.
     *
     * @param query as it came, escaped; null when there was none
     */
    public String at(String root, @Nullable String query) {
        if (query == null || query.isEmpty()) {
            return at(root);
        }
        String address = at(root);
        int hash = address.indexOf('#');
        String fragment = hash < 0 ? "" : address.substring(hash);
        String plain = hash < 0 ? address : address.substring(0, hash);
        int question = plain.indexOf('?');
        String own = question < 0 ? "" : "&" + plain.substring(question + 1);
        var passed = new StringBuilder();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            if (!pair.isEmpty() && !own.contains("&" + name + "=") && !own.endsWith("&" + name)) {
                passed.append(passed.isEmpty() ? "" : "&").append(pair);
            }
        }
        if (passed.isEmpty()) {
            return address;
        }
        return plain + (question < 0 ? "?" : "&") + passed + fragment;
    }
}
