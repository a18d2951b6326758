package cn.xinyuan.server.trace.web;

import cn.xinyuan.epcis.Check;
import cn.xinyuan.epcis.Severity;
import cn.xinyuan.epcis.Strictness.Profile;
import cn.xinyuan.server.pages.ChinaTime;
import cn.xinyuan.server.pages.Choice;
import cn.xinyuan.server.pages.Console;
import cn.xinyuan.server.pages.Form;
import cn.xinyuan.server.pages.MayCall;
import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.pages.Problems;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.SignedIn;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.trace.usecase.HowStrict;
import cn.xinyuan.server.trace.usecase.HowStrict.Standing;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/** How strictly an account's systems are judged: its owner chooses, or the operator for him. */
@Controller
@Tag(name = "epcis")
@MayCall({Role.ADMINISTRATOR, Role.CLERK, Role.RETAILER})
class StrictnessPages {

    private static final String ADDRESS = "/me/strictness";

    private final HowStrict howStrict;
    private final SignedIn signedIn;
    private final Console console;

    StrictnessPages(HowStrict howStrict, SignedIn signedIn, Console console) {
        this.howStrict = howStrict;
        this.signedIn = signedIn;
        this.console = console;
    }

    @GetMapping(ADDRESS)
    Object show(
            @RequestParam(defaultValue = "") String account,
            @RequestParam(defaultValue = "false") boolean saved,
            HttpServletRequest request) {
        Visitor by = signedIn.get();
        try {
            return page(by, account, howStrict.of(by, account), saved, Form.empty());
        } catch (NotFound no) {
            return page(
                    by,
                    account,
                    howStrict.of(by, ""),
                    false,
                    Form.of(request, Problems.of("account", String.valueOf(no.getMessage()))));
        }
    }

    @PostMapping(ADDRESS)
    Object choose(
            @RequestParam(defaultValue = "") String account,
            @RequestParam(defaultValue = "") String profile,
            HttpServletRequest request) {
        Visitor by = signedIn.get();
        try {
            howStrict.choose(by, account, profile(profile));
        } catch (NotFound no) {
            return page(
                    by,
                    account,
                    howStrict.of(by, ""),
                    false,
                    Form.of(request, Problems.of("account", String.valueOf(no.getMessage()))));
        } catch (Problems wrong) {
            return page(by, account, howStrict.of(by, ""), false, Form.of(request, wrong));
        }
        return "redirect:"
                + ADDRESS
                + "?saved=true"
                + (account.isBlank()
                        ? ""
                        : "&account=" + URLEncoder.encode(account, StandardCharsets.UTF_8));
    }

    /**
     * How an account's documents are judged.
     *
     * @param profile lenient, normal or strict
     * @param chosenBy the account that chose; null while the setting of the platform counts
     */
    record Told(UUID account, String profile, @Nullable UUID chosenBy, @Nullable Instant chosenAt) {

        static Told of(Standing standing) {
            var chosen = standing.chosen();
            return new Told(
                    standing.account().account(),
                    word(standing.profile()),
                    chosen == null ? null : chosen.by(),
                    chosen == null ? null : chosen.at());
        }
    }

    /** What is chosen: lenient, normal, strict; empty to go back to the setting of the platform. */
    record Wish(@Nullable String profile, @Nullable String account) {}

    @GetMapping("/api/v1/strictness")
    @ResponseBody
    @Operation(
            summary = "How strictly your EPCIS documents are judged",
            description =
                    "Administrators may ask for another account by its log-in name or id. The header"
                            + " Xinyuan-Strictness goes before it, for one request.")
    Told told(
            @Parameter(description = "Log-in name or id; yours when left out")
                    @RequestParam(defaultValue = "")
                    String account) {
        return Told.of(howStrict.of(signedIn.get(), account));
    }

    @PutMapping("/api/v1/strictness")
    @ResponseBody
    @Operation(
            summary = "Choose how strictly your EPCIS documents are judged",
            description =
                    "profile is lenient, normal or strict (docs/epcis-checks.md says what each makes"
                            + " of every check); an empty one goes back to the setting of the"
                            + " platform. Administrators may name another account.")
    Told choose(@RequestBody Wish wish) {
        String account = wish.account() == null ? "" : wish.account();
        String profile = wish.profile() == null ? "" : wish.profile();
        return Told.of(howStrict.choose(signedIn.get(), account, profile(profile)));
    }

    private static @Nullable Profile profile(String word) {
        if (word.isBlank()) {
            return null;
        }
        return Arrays.stream(Profile.values())
                .filter(p -> p.name().equalsIgnoreCase(word.strip()))
                .findFirst()
                .orElseThrow(() -> Problems.of("profile", "请写 lenient、normal 或 strict，或留空用平台的设置。"));
    }

    private static String word(Profile profile) {
        return profile.name().toLowerCase(Locale.ROOT);
    }

    private static String chinese(Profile profile) {
        return switch (profile) {
            case LENIENT -> "宽松";
            case NORMAL -> "一般";
            case STRICT -> "严格";
        };
    }

    private static String chinese(Severity severity) {
        return switch (severity) {
            case PASS -> "不提";
            case WARN -> "提醒";
            case REFUSE -> "拒收";
        };
    }

    private Object page(Visitor by, String account, Standing standing, boolean saved, Form form) {
        var chosen = standing.chosen();
        return console.page(
                "trace/strictness",
                "/me",
                new StrictnessPage(
                        by.role() == Role.ADMINISTRATOR,
                        account,
                        standing.account().name(),
                        chinese(standing.profile()),
                        chosen == null
                                ? "按平台的设置"
                                : ChinaTime.minute(chosen.at())
                                        + (chosen.by().equals(standing.account().account())
                                                ? " 本账号选定"
                                                : " 由管理员选定"),
                        saved,
                        List.of(
                                new Choice("", "按平台的设置"),
                                new Choice("lenient", "宽松：只拒收读不懂的"),
                                new Choice("normal", "一般：拒收说不通的，其余提醒"),
                                new Choice("strict", "严格：凡不合标准的都拒收")),
                        chosen == null ? "" : word(standing.profile()),
                        form,
                        Arrays.stream(Check.values())
                                .map(
                                        c ->
                                                new StrictnessPage.Row(
                                                        c.id(),
                                                        chinese(c.severity(Profile.LENIENT)),
                                                        chinese(c.severity(Profile.NORMAL)),
                                                        chinese(c.severity(Profile.STRICT))))
                                .toList()));
    }
}
