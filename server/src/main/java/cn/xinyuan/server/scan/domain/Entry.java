package cn.xinyuan.server.scan.domain;

import cn.xinyuan.server.catalog.LinkType;
import java.util.List;

/**
 * What the platform knows of a Digital Link.
 *
 * @param levels from the finest that was asked for up to the primary key; never empty
 */
public record Entry(List<LinkContext> levels) {

    public Entry {
        levels = List.copyOf(levels);
        if (levels.isEmpty()) {
            throw new IllegalArgumentException("an entry has a level");
        }
    }

    /** The links of a type at the finest level that has any; empty when none has. */
    public List<TypedLink> ofType(LinkType type) {
        return levels.stream()
                .map(l -> l.ofType(type))
                .filter(l -> !l.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    /** Every type that may be asked for. */
    public List<LinkType> types() {
        return levels.stream().flatMap(l -> l.types().stream()).distinct().toList();
    }
}
