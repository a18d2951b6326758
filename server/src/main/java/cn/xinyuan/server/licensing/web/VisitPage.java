package cn.xinyuan.server.licensing.web;

import cn.xinyuan.server.pages.Badge;
import cn.xinyuan.server.pages.Form;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An on-site check: the form to fill on the spot, or what was found. */
public record VisitPage(
        String title,
        String action,
        String caseNumber,
        String caseAddress,
        String product,
        String party,
        String town,
        String scheme,
        Badge badge,
        List<Group> groups,
        int count,
        boolean fillable,
        @Nullable Result result,
        Form form) {

    /** Clauses that belong together. */
    public record Group(String name, List<Row> rows) {}

    /**
     * One clause; {@code answer} is {@code MET}, {@code UNMET}, {@code NOT_APPLICABLE} or empty.
     */
    public record Row(String code, String text, String answer, String note) {
        public String word() {
            return switch (answer) {
                case "MET" -> "符合";
                case "UNMET" -> "不符合";
                case "NOT_APPLICABLE" -> "不适用";
                default -> "—";
            };
        }
    }

    /** What came of it. */
    public record Result(String summary, String inspector, String host, String when) {}
}
