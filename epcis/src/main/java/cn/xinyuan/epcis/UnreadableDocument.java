package cn.xinyuan.epcis;

import java.util.List;

/** What was sent is no EPCIS document at all; single bad events are told apart instead. */
public final class UnreadableDocument extends Exception {

    private final transient List<EpcisProblem> problems;

    public UnreadableDocument(List<EpcisProblem> problems) {
        super(String.join("; ", problems.stream().map(EpcisProblem::toString).toList()));
        this.problems = List.copyOf(problems);
    }

    public List<EpcisProblem> problems() {
        return problems;
    }
}
