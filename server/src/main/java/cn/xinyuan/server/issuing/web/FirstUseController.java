package cn.xinyuan.server.issuing.web;

import cn.xinyuan.codes.ItemCode;
import cn.xinyuan.server.catalog.Catalog;
import cn.xinyuan.server.issuing.usecase.ConfirmFirstUse;
import cn.xinyuan.server.issuing.usecase.ConfirmFirstUse.Answer;
import cn.xinyuan.server.pages.AnyoneMayCall;
import cn.xinyuan.server.pages.ChinaTime;
import cn.xinyuan.server.pages.Console;
import cn.xinyuan.server.pages.HourlyPace;
import cn.xinyuan.server.pages.MayCall;
import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.SignedIn;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.ModelAndView;

/** The small form below a scan page: scratch, type six characters, and know. */
@Controller
@AnyoneMayCall
class FirstUseController {

    private final ConfirmFirstUse confirm;

    /** Enough for a village behind one address, too few to guess at many items at once. */
    private final HourlyPace pace = new HourlyPace(120);

    private final Catalog catalog;
    private final SignedIn signedIn;
    private final Console console;

    FirstUseController(
            ConfirmFirstUse confirm, Catalog catalog, SignedIn signedIn, Console console) {
        this.confirm = confirm;
        this.catalog = catalog;
        this.signedIn = signedIn;
        this.console = console;
    }

    @GetMapping("/t/{code}/first-use")
    ModelAndView form(@PathVariable String code, @RequestParam(defaultValue = "") String lang) {
        return page(code, "", confirm.standing(code), lang.equals("en"));
    }

    @PostMapping(
            path = "/t/{code}/first-use",
            consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    ModelAndView confirm(
            @PathVariable String code,
            @RequestParam(defaultValue = "") String scratch,
            @RequestParam(defaultValue = "") String lang,
            HttpServletRequest request) {
        boolean english = lang.equals("en");
        if (!pace.allows(request.getRemoteAddr())) {
            ModelAndView busy =
                    console.page("issuing/first-use", "", tooMany(code, scratch, english));
            busy.setStatus(HttpStatus.TOO_MANY_REQUESTS);
            return busy;
        }
        return page(code, scratch, confirm.confirm(code, scratch), english);
    }

    @PostMapping(
            path = "/api/v1/codes/{code}/first-use",
            consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Confirms the first use of an item by its hidden code",
            description =
                    "No account. answer is FIRST, BEFORE (right, but confirmed before), WRONG, LOCKED"
                            + " or NOT_OFFERED; 429 after 120 tries from one address within an hour")
    ResponseEntity<Told> confirm(
            @PathVariable String code, @RequestBody Try body, HttpServletRequest request) {
        if (!pace.allows(request.getRemoteAddr())) {
            throw new ResponseStatusException(HttpStatus.TOO_MANY_REQUESTS);
        }
        Answer answer = confirm.confirm(code, body.scratch() == null ? "" : body.scratch());
        return ResponseEntity.ok(
                switch (answer) {
                    case Answer.First(Instant at) -> new Told("FIRST", at, null);
                    case Answer.Before(Instant at) -> new Told("BEFORE", at, null);
                    case Answer.Confirmed(Instant at) -> new Told("BEFORE", at, null);
                    case Answer.Wrong(int left) -> new Told("WRONG", null, left);
                    case Answer.Locked(boolean _) -> new Told("LOCKED", null, 0);
                    case Answer.Open _, Answer.NotOffered _ -> new Told("NOT_OFFERED", null, null);
                });
    }

    /**
     * The owner switches hidden codes of a product on or off, from the page of one of its batches.
     */
    @PostMapping("/p/codes/{number}/scratch")
    @MayCall(Role.CLERK)
    String choose(@PathVariable long number, @RequestParam(defaultValue = "") String chosen) {
        if (!chosen.equals("on") && !chosen.equals("off")) {
            throw new NotFound("a choice");
        }
        confirm.choose(signedIn.get(), number, chosen.equals("on"));
        return "redirect:/p/codes/" + number + "/labels";
    }

    /** What was scratched free. */
    record Try(@Nullable String scratch) {}

    /** What became of it; {@code at} is when the item was first confirmed. */
    record Told(String answer, @Nullable Instant at, @Nullable Integer left) {}

    private FirstUsePage tooMany(String code, String typed, boolean english) {
        return new FirstUsePage(
                plain(code),
                grouped(code),
                english ? "Please try again later" : "请过一会儿再试",
                english
                        ? "Many codes were tried from your network within an hour. Nothing is wrong"
                                + " with your pack; nothing was counted."
                        : "您所在的网络一小时内试了很多次。这不说明商品有问题，这一次也没有计数。",
                "warn",
                true,
                typed,
                catalog.brand().hotline(),
                english);
    }

    private ModelAndView page(String code, String typed, Answer answer, boolean en) {
        String title =
                switch (answer) {
                    case Answer.Open _ -> en ? "Confirm the first use" : "确认首次使用";
                    case Answer.First _ -> en ? "Confirmed: you are the first" : "已确认：您是第一个";
                    case Answer.Before _, Answer.Confirmed _ -> en ? "Confirmed before" : "以前确认过";
                    case Answer.Wrong _ -> en ? "These are not the characters" : "与涂层下的字符不符";
                    case Answer.Locked _ -> en ? "Tried too often" : "试的次数太多";
                    case Answer.NotOffered _ ->
                            en ? "This label has no scratch code" : "这张标签没有刮层验证码";
                };
        String text =
                switch (answer) {
                    case Answer.Open _ ->
                            en
                                    ? "Scratch the panel on the label and type the 6 characters under"
                                            + " it. It works once as the first; later tries see when"
                                            + " that was."
                                    : "刮开标签上的涂层，输入下面的 6 个字符。第一次确认会记下时间，以后再查就会看到。";
                    case Answer.First(Instant at) ->
                            en
                                    ? "Nobody confirmed this label before. Time: " + time(at)
                                    : "在您之前没有人确认过这张标签。时间：" + time(at);
                    case Answer.Before(Instant at) ->
                            en
                                    ? "The characters are right, but this label was first confirmed on "
                                            + time(at)
                                            + ". If that was not you, the label may have been copied"
                                            + " or used before: please report it."
                                    : "字符正确，但这张标签已于 " + time(at) + " 首次确认。如果那不是您，标签可能被仿制或用过，请投诉举报。";
                    case Answer.Confirmed(Instant at) ->
                            en
                                    ? "This label was first confirmed on " + time(at) + "."
                                    : "这张标签已于 " + time(at) + " 首次确认。";
                    case Answer.Wrong(int left) ->
                            en
                                    ? "Look once more: digits and letters, never I, L, O or U. "
                                            + left
                                            + " tries are left today."
                                    : "请再看一遍：只有数字和字母，没有 I、L、O、U。今天还可以试 " + left + " 次。";
                    case Answer.Locked(boolean forGood) ->
                            forGood
                                    ? (en
                                            ? "This label was tried wrongly many times. Please call the"
                                                    + " hotline with the pack in hand."
                                            : "这张标签被错误地试过很多次。请拿着包装拨打热线核对。")
                                    : (en
                                            ? "Wrong characters were typed several times today. Try"
                                                    + " again tomorrow, or call the hotline."
                                            : "今天已输错几次。请明天再试，或拨打热线。");
                    case Answer.NotOffered _ ->
                            en ? "The scan page says all that is known of it." : "扫码页已显示全部可查的信息。";
                };
        String tone =
                switch (answer) {
                    case Answer.First _ -> "ok";
                    case Answer.Open _, Answer.NotOffered _ -> "info";
                    case Answer.Wrong _, Answer.Locked _, Answer.Confirmed _ -> "warn";
                    case Answer.Before _ -> "bad";
                };
        boolean asks =
                answer instanceof Answer.Open
                        || answer instanceof Answer.Wrong
                        || answer instanceof Answer.Confirmed;
        return console.page(
                "issuing/first-use",
                "",
                new FirstUsePage(
                        plain(code),
                        grouped(code),
                        title,
                        text,
                        tone,
                        asks,
                        answer instanceof Answer.Wrong ? typed : "",
                        catalog.brand().hotline(),
                        en));
    }

    private static String time(Instant at) {
        return ChinaTime.minute(at);
    }

    /** For addresses: a code as it is printed, or nothing that could mean anything else. */
    private static String plain(String typed) {
        return ItemCode.read(typed).map(ItemCode::text).orElse("-");
    }

    private static String grouped(String typed) {
        return Optional.of(plain(typed))
                .filter(c -> !c.equals("-"))
                .map(c -> new ItemCode(c).grouped())
                .orElse("—")
                .toUpperCase(Locale.ROOT);
    }
}
