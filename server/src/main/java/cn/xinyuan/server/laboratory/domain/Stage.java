package cn.xinyuan.server.laboratory.domain;

import java.util.Set;

/** How far one version of a report has come. An amendment is a version of its own. */
public enum Stage {
    ENTERED,
    RELEASED,
    SUPERSEDED;

    /** What may come next; {@code docs/} draws its chart from this. */
    public Set<Stage> next() {
        return switch (this) {
            case ENTERED -> Set.of(RELEASED, SUPERSEDED);
            case RELEASED -> Set.of(SUPERSEDED);
            case SUPERSEDED -> Set.of();
        };
    }
}
