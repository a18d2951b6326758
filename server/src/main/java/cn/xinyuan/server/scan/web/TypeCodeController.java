package cn.xinyuan.server.scan.web;

import cn.xinyuan.server.issuing.Codes;
import cn.xinyuan.server.pages.AnyoneMayCall;
import cn.xinyuan.server.pages.Console;
import cn.xinyuan.server.pages.Form;
import cn.xinyuan.server.pages.Problem;
import cn.xinyuan.server.scan.domain.TypedCode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** A code typed by hand, where the QR code is torn or there is no camera. */
@Controller
@AnyoneMayCall
class TypeCodeController {

    private final Codes codes;
    private final Console console;

    TypeCodeController(Codes codes, Console console) {
        this.codes = codes;
        this.console = console;
    }

    @GetMapping("/q")
    Object type(
            @RequestParam(required = false) @Nullable String c,
            @RequestParam(required = false) @Nullable String lang) {
        boolean english = "en".equals(lang);
        if (c == null) {
            return page(Form.empty(), english);
        }
        TypedCode typed = TypedCode.of(c);
        if (typed.isWellFormed() && codes.read(typed.text()).isPresent()) {
            return "redirect:/t/" + typed.text() + (english ? "?lang=en" : "");
        }
        return page(
                new Form(
                        Map.of("c", List.of(c.length() > 60 ? c.substring(0, 60) : c)),
                        List.of(new Problem("c", TypedWords.problem(typed, english)))),
                english);
    }

    private Object page(Form form, boolean english) {
        return console.page("scan/type", "", new TypePage(form, english));
    }
}
