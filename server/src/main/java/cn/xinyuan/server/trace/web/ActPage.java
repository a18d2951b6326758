package cn.xinyuan.server.trace.web;

import cn.xinyuan.server.pages.Choice;
import cn.xinyuan.server.pages.Form;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A form for one act on goods.
 *
 * @param lots lots to take from, each with a field for kilograms named {@code kg-ID}
 * @param empty what to say when there is nothing to act on; null when there is
 */
public record ActPage(
        String title,
        String lead,
        String list,
        String listName,
        String action,
        String submit,
        List<LotChoice> lots,
        List<Field> fields,
        @Nullable String empty,
        Form form) {

    /** A lot of which kilograms may be taken. */
    public record LotChoice(String field, String number, String goods, String available) {}

    /**
     * One field.
     *
     * @param kind {@code text}, {@code select} or {@code area}
     */
    public record Field(
            String kind,
            String name,
            String label,
            String value,
            @Nullable String hint,
            @Nullable String unit,
            @Nullable String inputmode,
            String type,
            boolean required,
            List<Choice> choices) {

        static Field kilograms(String name, String label, @Nullable String hint) {
            return new Field(
                    "text", name, label, "", hint, "kg", "decimal", "text", true, List.of());
        }

        static Field optional(String name, String label, @Nullable String hint, String unit) {
            return new Field(
                    "text", name, label, "", hint, unit, "decimal", "text", false, List.of());
        }

        static Field text(String name, String label, @Nullable String hint, boolean required) {
            return new Field(
                    "text", name, label, "", hint, null, null, "text", required, List.of());
        }

        static Field count(String name, String label, @Nullable String hint) {
            return new Field(
                    "text", name, label, "", hint, "箱", "numeric", "text", true, List.of());
        }

        static Field day(String today) {
            return new Field(
                    "text", "day", "日期", today, "实际发生的那天", null, null, "date", true, List.of());
        }

        static Field choice(
                String name, String label, @Nullable String hint, List<Choice> choices) {
            return new Field("select", name, label, "", hint, null, null, "text", true, choices);
        }

        static Field lines(String name, String label, @Nullable String hint) {
            return new Field("area", name, label, "", hint, null, null, "text", true, List.of());
        }
    }
}
