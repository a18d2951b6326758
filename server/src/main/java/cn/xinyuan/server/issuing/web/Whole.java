package cn.xinyuan.server.issuing.web;

import cn.xinyuan.server.pages.Form;
import cn.xinyuan.server.pages.Problem;
import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.List;

/** Numbers as they are typed into a form: commas, spaces and full-width digits are let pass. */
final class Whole {

    private Whole() {}

    /** The number of a field; a problem and -1 when it is none. */
    static long read(Form form, String field, String what, List<Problem> problems) {
        String typed = tidy(form.value(field));
        if (typed.isEmpty()) {
            problems.add(new Problem(field, "请填写" + what + "。"));
            return -1;
        }
        if (!typed.matches("[0-9]{1,12}")) {
            problems.add(
                    new Problem(
                            field, what + "应为大于 0 的整数，例如 500；输入的是“" + form.value(field) + "”。"));
            return -1;
        }
        return Long.parseLong(typed);
    }

    /** Millimetres of a field, 0 when empty; a problem when it is no number. */
    static BigDecimal millimetres(Form form, String field, List<Problem> problems) {
        String typed = tidy(form.value(field)).replace('−', '-');
        if (typed.isEmpty()) {
            return BigDecimal.ZERO;
        }
        if (!typed.matches("[-+]?[0-9]{1,3}(\\.[0-9]{1,3})?")) {
            problems.add(new Problem(field, "请填写毫米数，例如 0.5 或 -0.5。"));
            return BigDecimal.ZERO;
        }
        return new BigDecimal(typed);
    }

    private static String tidy(String typed) {
        return Normalizer.normalize(typed, Normalizer.Form.NFKC).replaceAll("[,\\s]", "");
    }
}
