package cn.xinyuan.server.issuing.web;

import cn.xinyuan.server.issuing.domain.CodeKeys;
import cn.xinyuan.server.issuing.domain.IssuedRange;
import cn.xinyuan.server.issuing.domain.IssuedRanges;
import cn.xinyuan.server.issuing.domain.Revoked;
import cn.xinyuan.server.issuing.domain.WorthlessCodes;
import cn.xinyuan.server.issuing.usecase.BeginKeyVersion;
import cn.xinyuan.server.issuing.usecase.RevokeCodes;
import cn.xinyuan.server.pages.Badge;
import cn.xinyuan.server.pages.ChinaTime;
import cn.xinyuan.server.pages.Console;
import cn.xinyuan.server.pages.Form;
import cn.xinyuan.server.pages.MayCall;
import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.pages.Problem;
import cn.xinyuan.server.pages.Problems;
import cn.xinyuan.server.pages.Refused;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.SignedIn;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.pages.Words;
import cn.xinyuan.server.parties.Parties;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;

/** Officials take back their trust in codes; the administrator looks after the keys. */
@Controller
@MayCall({Role.SUPERVISOR, Role.CITY_MANAGER, Role.ADMINISTRATOR})
class TrustController {

    private static final String HOME = "/s/codes";

    private final RevokeCodes revoke;
    private final BeginKeyVersion begin;
    private final CodeKeys keys;
    private final IssuedRanges ranges;
    private final WorthlessCodes worthless;
    private final Parties parties;
    private final SignedIn signedIn;
    private final Console console;

    TrustController(
            RevokeCodes revoke,
            BeginKeyVersion begin,
            CodeKeys keys,
            IssuedRanges ranges,
            WorthlessCodes worthless,
            Parties parties,
            SignedIn signedIn,
            Console console) {
        this.revoke = revoke;
        this.begin = begin;
        this.keys = keys;
        this.ranges = ranges;
        this.worthless = worthless;
        this.parties = parties;
        this.signedIn = signedIn;
        this.console = console;
    }

    @GetMapping(HOME)
    ModelAndView page() {
        return page("", Form.empty());
    }

    @PostMapping(HOME + "/revocations")
    Object revoke(HttpServletRequest request) {
        return answer(
                request,
                "range",
                form -> {
                    var problems = new ArrayList<Problem>();
                    long batch = Whole.read(form, "batch", "码批编号", problems);
                    long from = 1;
                    if (!form.value("from").isBlank()) {
                        from = Whole.read(form, "from", "起始序号", problems);
                    }
                    long count = 0;
                    if (!form.value("count").isBlank()) {
                        count = Whole.read(form, "count", "数量", problems);
                    }
                    if (problems.isEmpty() && sees(signedIn.get(), batch) == null) {
                        problems.add(new Problem("batch", "辖区内没有编号 " + batch + " 的码批。"));
                    }
                    if (!problems.isEmpty()) {
                        throw new Problems(problems);
                    }
                    revoke.revoke(signedIn.get(), batch, from - 1, count, form.value("reason"));
                });
    }

    @PostMapping(HOME + "/versions/revocations")
    @MayCall(Role.ADMINISTRATOR)
    Object revokeVersion(HttpServletRequest request) {
        return answer(
                request,
                "version",
                form -> {
                    var problems = new ArrayList<Problem>();
                    long version = Whole.read(form, "keyVersion", "密钥版本", problems);
                    if (!problems.isEmpty()) {
                        throw new Problems(problems);
                    }
                    revoke.revokeVersion(
                            signedIn.get(), (int) Math.min(version, 99), form.value("why"));
                });
    }

    @PostMapping(HOME + "/versions")
    @MayCall(Role.ADMINISTRATOR)
    Object begin(HttpServletRequest request) {
        return answer(
                request,
                "begin",
                form -> {
                    var problems = new ArrayList<Problem>();
                    long version = Whole.read(form, "current", "当前的密钥版本号", problems);
                    if (!problems.isEmpty()) {
                        throw new Problems(problems);
                    }
                    begin.begin(signedIn.get(), (int) Math.min(version, 99));
                });
    }

    /** What a form does; whatever is refused comes back in the form. */
    private interface Act {
        void run(Form form);
    }

    private Object answer(HttpServletRequest request, String open, Act act) {
        Function<Form, Object> again = form -> page(open, form);
        try {
            act.run(Form.of(request));
            return "redirect:" + HOME;
        } catch (Problems p) {
            var renamed =
                    p.list().stream()
                            .map(
                                    each ->
                                            open.equals("version") && each.field().equals("reason")
                                                    ? new Problem("why", each.text())
                                                    : each)
                            .toList();
            return again.apply(Form.of(request, new Problems(renamed)));
        } catch (Refused r) {
            return again.apply(Form.of(request, r));
        }
    }

    private @org.jspecify.annotations.Nullable IssuedRange sees(Visitor by, long batch) {
        return ranges.of(batch)
                .filter(
                        r ->
                                parties.find(r.party())
                                        .filter(p -> by.seesDistrict(p.district()))
                                        .isPresent())
                .orElse(null);
    }

    private ModelAndView page(String open, Form form) {
        Visitor visitor = signedIn.get();
        var versions = keys.versions();
        List<Revoked> revoked = worthless.revoked();
        var page =
                new TrustPage(
                        visitor.role() == Role.ADMINISTRATOR,
                        String.valueOf(versions.getFirst().version()),
                        versions.stream()
                                .map(
                                        v ->
                                                new TrustPage.Version(
                                                        String.valueOf(v.version()),
                                                        v.cipher(),
                                                        v.fingerprint(),
                                                        Words.count(v.taken()),
                                                        ChinaTime.minute(v.since()),
                                                        revoked.stream()
                                                                        .anyMatch(
                                                                                r ->
                                                                                        r.batch()
                                                                                                        == null
                                                                                                && r
                                                                                                                .keyVersion()
                                                                                                        == v
                                                                                                                .version())
                                                                ? Badge.REVOKED
                                                                : Badge.IN_FORCE))
                                .toList(),
                        revoked.stream()
                                .filter(r -> r.batch() == null || sees(visitor, r.batch()) != null)
                                .map(this::row)
                                .toList(),
                        open,
                        open.equals("range") ? form : Form.empty(),
                        open.equals("version") ? form : Form.empty(),
                        open.equals("begin") ? form : Form.empty());
        return console.page("issuing/trust", HOME, page);
    }

    private TrustPage.Row row(Revoked r) {
        String what;
        if (r.batch() == null) {
            what = "密钥版本 " + r.keyVersion();
        } else {
            IssuedRange range =
                    ranges.of(r.batch()).orElseThrow(() -> new NotFound("batch " + r.batch()));
            long from = r.first() - range.first();
            what =
                    r.count() == range.count()
                            ? "码批 " + r.batch()
                            : "码批 %d 第 %s 至 %s 号"
                                    .formatted(
                                            r.batch(),
                                            Words.count(from + 1),
                                            Words.count(from + r.count()));
        }
        return new TrustPage.Row(
                what,
                r.batch() == null ? "全部" : Words.count(r.count()),
                r.reason(),
                r.byName(),
                ChinaTime.minute(r.at()));
    }
}
