package cn.xinyuan.server.scan.web;

import cn.xinyuan.server.catalog.Catalog;
import cn.xinyuan.server.catalog.Product;
import cn.xinyuan.server.issuing.Cases.Kind;
import cn.xinyuan.server.pages.AnyoneMayCall;
import cn.xinyuan.server.pages.Badge;
import cn.xinyuan.server.pages.ChinaTime;
import cn.xinyuan.server.pages.Console;
import cn.xinyuan.server.pages.Words;
import cn.xinyuan.server.scan.usecase.LookAtCase;
import cn.xinyuan.server.scan.usecase.LookAtCase.Part;
import cn.xinyuan.server.scan.usecase.LookAtCase.Seen;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** A case or pallet by the SSCC on it: for whoever receives it, without an account. */
@Controller
@AnyoneMayCall
class CaseController {

    private final LookAtCase look;
    private final Catalog catalog;
    private final Console console;

    CaseController(LookAtCase look, Catalog catalog, Console console) {
        this.look = look;
        this.catalog = catalog;
        this.console = console;
    }

    @GetMapping(value = "/case/{sscc}", produces = MediaType.TEXT_HTML_VALUE)
    ModelAndView page(@PathVariable String sscc, @RequestParam(defaultValue = "") String lang) {
        Seen seen = look.see(sscc);
        Say say = new Say(lang.equals("en"));
        boolean pallet = seen.unit().kind() == Kind.PALLET;
        return console.page(
                "scan/case",
                "",
                new LogisticUnitPage(
                        seen.unit().sscc(),
                        pallet ? say.in("托盘", "Pallet") : say.in("箱", "Case"),
                        seen.packer() == null
                                ? ""
                                : say.in(seen.packer().name(), seen.packer().nameEn()),
                        ChinaTime.day(seen.unit().at()).toString(),
                        Words.count(seen.unit().boxes()),
                        pallet ? Words.count(seen.unit().cases().size()) : "",
                        seen.unit().unpacked() == null
                                ? ""
                                : ChinaTime.day(seen.unit().unpacked()).toString(),
                        seen.unit().pallet() == null ? "" : seen.unit().pallet(),
                        seen.parts().stream().map(p -> row(p, say)).toList(),
                        catalog.brand().hotline()));
    }

    @GetMapping(value = "/case/{sscc}", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "What is in a case or on a pallet, for anyone",
            description =
                    "By the SSCC on it; /00/SSCC leads here. state of each lot is RECALLED, REVOKED"
                            + " (licence not in force), ON_HOLD or VALID. 404: no SSCC of ours.")
    ResponseEntity<CaseJson> json(@PathVariable String sscc) {
        Seen seen = look.see(sscc);
        return ResponseEntity.ok()
                .header("Cache-Control", "no-cache")
                .body(
                        new CaseJson(
                                seen.unit().sscc(),
                                seen.unit().kind().name(),
                                seen.packer() == null ? "" : seen.packer().name(),
                                seen.unit().at(),
                                seen.unit().unpacked(),
                                seen.unit().boxes(),
                                seen.unit().pallet(),
                                seen.unit().cases().size(),
                                seen.parts().stream()
                                        .map(
                                                p ->
                                                        new CaseJson.Lot(
                                                                p.lot().number(),
                                                                p.product() == null
                                                                        ? ""
                                                                        : p.product().name(),
                                                                p.boxes(),
                                                                p.voided(),
                                                                state(p)))
                                        .toList()));
    }

    /** The data twin of the page. */
    record CaseJson(
            String sscc,
            String kind,
            String packer,
            Instant packed,
            @Nullable Instant unpacked,
            long boxes,
            @Nullable String pallet,
            int cases,
            List<Lot> lots) {

        /** Boxes of one lot. */
        record Lot(String number, String product, long boxes, long voided, String state) {}
    }

    private static String state(Part part) {
        if (part.recall() != null && !part.recall().closed()) {
            return "RECALLED";
        }
        if (!part.licensed()) {
            return "REVOKED";
        }
        return part.lot().held() == null ? "VALID" : "ON_HOLD";
    }

    private static LogisticUnitPage.Row row(Part part, Say say) {
        Product product = part.product();
        String state = state(part);
        return new LogisticUnitPage.Row(
                part.lot().number(),
                "/lot/" + part.lot().number() + (say.english() ? "?lang=en" : ""),
                product == null ? "—" : say.in(product.name(), product.nameEn()),
                Words.count(part.boxes()),
                part.voided() == 0 ? "" : Words.count(part.voided()),
                switch (state) {
                    case "RECALLED" -> Badge.RECALLED;
                    case "REVOKED" -> Badge.REVOKED;
                    case "ON_HOLD" -> Badge.HELD;
                    default -> Badge.FREE;
                },
                switch (state) {
                    case "RECALLED" -> say.in("召回中，请勿销售", "recalled, do not sell");
                    case "REVOKED" -> say.in("授权已失效", "licence not in force");
                    case "ON_HOLD" -> say.in("已冻结，暂停流通", "on hold, do not pass on");
                    default -> say.in("正常", "in order");
                });
    }
}
