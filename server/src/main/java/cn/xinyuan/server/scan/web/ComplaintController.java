package cn.xinyuan.server.scan.web;

import cn.xinyuan.server.pages.AnyoneMayCall;
import cn.xinyuan.server.pages.ChinaTime;
import cn.xinyuan.server.pages.Choice;
import cn.xinyuan.server.pages.Console;
import cn.xinyuan.server.pages.Form;
import cn.xinyuan.server.pages.HourlyPace;
import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.pages.Problem;
import cn.xinyuan.server.pages.Problems;
import cn.xinyuan.server.pages.Words;
import cn.xinyuan.server.scan.Scans.Complaint;
import cn.xinyuan.server.scan.domain.ComplaintBook;
import cn.xinyuan.server.scan.domain.TypedCode;
import cn.xinyuan.server.scan.usecase.Complain;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.servlet.http.HttpServletRequest;
import java.text.Normalizer;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
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

/** Complaints: no account, four fields, a number to ask by. */
@Controller
@AnyoneMayCall
class ComplaintController {

    private final Complain complain;
    private final ComplaintBook book;

    /** Enough for a market hall behind one address, too few to bury the officers' desk. */
    private final HourlyPace pace = new HourlyPace(60);

    private final Console console;

    ComplaintController(Complain complain, ComplaintBook book, Console console) {
        this.complain = complain;
        this.book = book;
        this.console = console;
    }

    @GetMapping("/complaint")
    ModelAndView form(
            @RequestParam(required = false) @Nullable String c,
            @RequestParam(required = false) @Nullable String lang) {
        Form form = Form.empty();
        if (c != null) {
            form = form.with("code", Words.groups(TypedCode.of(c).text()));
        }
        return page(form, UUID.randomUUID().toString(), "en".equals(lang));
    }

    @PostMapping(path = "/complaint", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    Object send(HttpServletRequest request) {
        Form form = Form.of(request);
        boolean english = form.value("lang").equals("en");
        String once = form.value("once");
        if (once.isEmpty() || once.length() > 60) {
            once = UUID.randomUUID().toString();
        }
        if (!pace.allows(request.getRemoteAddr())) {
            String text =
                    english
                            ? "Too many complaints came from your network within an hour. Please send"
                                    + " yours later, or call 12345."
                            : "您所在的网络一小时内提交的投诉太多。请过一会儿再提交，或拨打 12345。";
            ModelAndView again = page(Form.of(request, Problems.of("", text)), once, english);
            again.setStatus(HttpStatus.TOO_MANY_REQUESTS);
            return again;
        }
        try {
            String number =
                    complain.complain(
                            once,
                            form.value("code"),
                            form.value("about"),
                            form.value("text"),
                            form.value("phone"));
            return "redirect:/complaint/" + number + (english ? "?lang=en&new=1" : "?new=1");
        } catch (Problems problems) {
            return page(Form.of(request, english ? inEnglish(problems) : problems), once, english);
        }
    }

    /** The same act for machines. */
    @Operation(
            summary = "Send a complaint",
            description = "No account; 429 after 60 from one address within an hour.")
    @PostMapping(path = "/api/v1/complaints", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Receipt> send(@RequestBody NewComplaint sent, HttpServletRequest request) {
        if (!pace.allows(request.getRemoteAddr())) {
            throw new ResponseStatusException(HttpStatus.TOO_MANY_REQUESTS);
        }
        String number =
                complain.complain(
                        UUID.randomUUID().toString(),
                        sent.code(),
                        sent.about() == null ? "" : sent.about(),
                        sent.text() == null ? "" : sent.text(),
                        sent.phone());
        return ResponseEntity.status(HttpStatus.CREATED)
                .header("Location", "/complaint/" + number)
                .body(new Receipt(number));
    }

    /** For whoever wrote the number down: spaces, small letters and full-width characters do. */
    @GetMapping("/complaint/find")
    ModelAndView find(
            @RequestParam(defaultValue = "") String number,
            @RequestParam(required = false) @Nullable String lang) {
        boolean english = "en".equals(lang);
        String wanted = number(number);
        if (!wanted.isEmpty() && book.find(wanted).isPresent()) {
            return new ModelAndView("redirect:/complaint/" + wanted + (english ? "?lang=en" : ""));
        }
        return page(
                new Form(
                        Map.of("number", List.of(number)),
                        List.of(
                                new Problem(
                                        "number",
                                        english
                                                ? "There is no complaint of this number. It begins"
                                                        + " with TS and was shown when you sent it."
                                                : "没有这个投诉编号。编号以 TS 开头，提交投诉时显示过。"))),
                UUID.randomUUID().toString(),
                english);
    }

    private static String number(String typed) {
        return Normalizer.normalize(typed, Normalizer.Form.NFKC)
                .replaceAll("\\s", "")
                .toUpperCase(Locale.ROOT);
    }

    @GetMapping("/complaint/{number}")
    ModelAndView follow(
            @PathVariable String number,
            @RequestParam(required = false) @Nullable String lang,
            @RequestParam(name = "new", required = false) @Nullable String fresh) {
        Complaint complaint =
                book.find(number.strip().toUpperCase(Locale.ROOT))
                        .orElseThrow(() -> new NotFound("complaint " + number));
        boolean english = "en".equals(lang);
        return console.page(
                "scan/complaint",
                "",
                new ComplaintPage(
                        english,
                        fresh != null,
                        complaint.number(),
                        about(complaint.about(), english),
                        complaint.code() == null ? "" : Words.groups(complaint.code()),
                        ChinaTime.minute(complaint.at()),
                        promise(ChinaTime.day(complaint.at())).toString(),
                        complaint.answer()));
    }

    private ModelAndView page(Form form, String once, boolean english) {
        return console.page(
                "scan/complain",
                "",
                new ComplainPage(
                        form,
                        once,
                        english,
                        ABOUT.stream()
                                .map(
                                        a ->
                                                new Choice(
                                                        a.chinese(),
                                                        english ? a.english() : a.chinese()))
                                .toList()));
    }

    private static Problems inEnglish(Problems problems) {
        return new Problems(
                problems.list().stream()
                        .map(
                                p ->
                                        new Problem(
                                                p.field(),
                                                switch (p.field()) {
                                                    case "about" ->
                                                            "Please choose what it is about.";
                                                    case "text" ->
                                                            "Please say what happened, in at most 2,000"
                                                                    + " characters.";
                                                    case "phone" ->
                                                            "A phone number has digits only, such as"
                                                                    + " 13800000000; it may be left out.";
                                                    default -> p.text();
                                                }))
                        .toList());
    }

    private static String about(String chinese, boolean english) {
        return ABOUT.stream()
                .filter(a -> english && a.chinese().equals(chinese))
                .map(About::english)
                .findFirst()
                .orElse(chinese);
    }

    /** Two working days; Saturdays and Sundays do not count. */
    static LocalDate promise(LocalDate received) {
        LocalDate day = received;
        for (int left = 2; left > 0; ) {
            day = day.plusDays(1);
            if (day.getDayOfWeek() != DayOfWeek.SATURDAY
                    && day.getDayOfWeek() != DayOfWeek.SUNDAY) {
                left--;
            }
        }
        return day;
    }

    private static final List<About> ABOUT =
            List.of(
                    new About("商品与页面信息不符", "Goods differ from this page"),
                    new About("怀疑假冒或标签被复制", "Fake goods or a copied label"),
                    new About("变质、异物或质量问题", "Spoiled, foreign matter, bad quality"),
                    new About("食用后不适", "Felt unwell after eating"),
                    new About("召回商品不能退款", "No refund for recalled goods"),
                    new About("其他", "Something else"));

    private record About(String chinese, String english) {}

    /** A complaint as machines send it. */
    record NewComplaint(
            @Nullable String code,
            @Nullable String about,
            @Nullable String text,
            @Nullable String phone) {}

    /** The number to ask by. */
    record Receipt(String number) {}
}
