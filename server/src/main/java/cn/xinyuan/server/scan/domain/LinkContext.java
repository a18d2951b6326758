package cn.xinyuan.server.scan.domain;

import cn.xinyuan.codes.DigitalLink;
import cn.xinyuan.server.catalog.LinkType;
import java.util.ArrayList;
import java.util.List;

/**
 * One level of a thing, such as a lot, with the links it has of its own (a link context object of
 * RFC 9264).
 *
 * @param links the default link first; of one type, the first is taken when nothing speaks for
 *     another
 */
public record LinkContext(DigitalLink anchor, String description, List<TypedLink> links) {

    public LinkContext {
        links = List.copyOf(links);
    }

    /**
     * A level whose default link is the first of {@code defaults}; the others are taken when the
     * reader's language or format asks for them. Each is there under its own type too, as the
     * standard wants.
     */
    static LinkContext of(
            DigitalLink anchor,
            String description,
            List<TypedLink> defaults,
            List<TypedLink> others) {
        var links = new ArrayList<TypedLink>();
        TypedLink first = defaults.getFirst();
        // the default link has no attributes
        links.add(
                new TypedLink(
                        LinkType.DEFAULT_LINK, first.href(), first.title(), null, null, null));
        defaults.forEach(d -> links.add(d.as(LinkType.DEFAULT_LINK_MULTI)));
        links.addAll(defaults);
        links.addAll(others);
        return new LinkContext(anchor, description, links);
    }

    /** The links of one type, in their order. */
    public List<TypedLink> ofType(LinkType type) {
        return links.stream().filter(l -> l.type() == type).toList();
    }

    /** The types that there are links of, each once. */
    public List<LinkType> types() {
        return links.stream().map(TypedLink::type).distinct().toList();
    }
}
