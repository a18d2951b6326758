package cn.xinyuan.server.pages;

import java.util.ArrayList;
import java.util.List;

/**
 * What was sent cannot be understood or accepted as it stands: the form comes back with its values
 * kept, the API answers 422 as problem+json (RFC 9457) with one entry per problem.
 */
public final class Problems extends RuntimeException {

    private final transient List<Problem> list;

    public Problems(List<Problem> list) {
        super(String.join("; ", list.stream().map(p -> p.field() + ": " + p.text()).toList()));
        this.list = List.copyOf(list);
    }

    public static Problems of(String field, String text) {
        return new Problems(List.of(new Problem(field, text)));
    }

    public List<Problem> list() {
        return list;
    }

    /** Collects problems, so that a form shows all of them at once. */
    public static final class Collector {
        private final List<Problem> found = new ArrayList<>();

        public Collector require(boolean holds, String field, String text) {
            if (!holds) {
                found.add(new Problem(field, text));
            }
            return this;
        }

        public void throwIfAny() {
            if (!found.isEmpty()) {
                throw new Problems(found);
            }
        }
    }
}
