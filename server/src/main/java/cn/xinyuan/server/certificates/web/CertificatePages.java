package cn.xinyuan.server.certificates.web;

import cn.xinyuan.server.catalog.Catalog;
import cn.xinyuan.server.catalog.Product;
import cn.xinyuan.server.certificates.Certificates;
import cn.xinyuan.server.certificates.Certificates.Basis;
import cn.xinyuan.server.certificates.Certificates.Certificate;
import cn.xinyuan.server.farming.Farming;
import cn.xinyuan.server.laboratory.Laboratory;
import cn.xinyuan.server.pages.AnyoneMayCall;
import cn.xinyuan.server.pages.Badge;
import cn.xinyuan.server.pages.Choice;
import cn.xinyuan.server.pages.Console;
import cn.xinyuan.server.pages.Form;
import cn.xinyuan.server.pages.MayCall;
import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.pages.Problems;
import cn.xinyuan.server.pages.Refused;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.SignedIn;
import cn.xinyuan.server.pages.Words;
import cn.xinyuan.server.parties.Parties;
import cn.xinyuan.server.trace.Genealogy;
import cn.xinyuan.server.trace.Lot;
import cn.xinyuan.server.trace.Lots;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** Certificates on the clerk's desk, on paper, and for anyone who holds one in his hand. */
@Controller
class CertificatePages {

    private static final String CERTS = "/p/certs";
    private static final String EDITION =
            "格式按农业农村部令 2025 年第 4 号《农产品质量安全承诺达标合格证管理办法》（2026 年 2 月 1 日起施行）；演示的 2025 年产季也按此格式。";

    private final Certificates certificates;
    private final Lots lots;
    private final Genealogy genealogy;
    private final Farming farming;
    private final Laboratory laboratory;
    private final Parties parties;
    private final Catalog catalog;
    private final SignedIn signedIn;
    private final Console console;

    CertificatePages(
            Certificates certificates,
            Lots lots,
            Genealogy genealogy,
            Farming farming,
            Laboratory laboratory,
            Parties parties,
            Catalog catalog,
            SignedIn signedIn,
            Console console) {
        this.certificates = certificates;
        this.lots = lots;
        this.genealogy = genealogy;
        this.farming = farming;
        this.laboratory = laboratory;
        this.parties = parties;
        this.catalog = catalog;
        this.signedIn = signedIn;
        this.console = console;
    }

    @GetMapping(CERTS)
    @MayCall(Role.CLERK)
    ModelAndView list(@RequestParam(required = false) @Nullable UUID lot) {
        if (lot != null) {
            // from the lot's own page: to its certificate, or to the form that makes one
            return new ModelAndView(
                    "redirect:"
                            + CERTS
                            + certificates
                                    .ofLot(own(lot).id())
                                    .map(c -> "/" + c.id())
                                    .orElse("/new?lot=" + lot));
        }
        UUID party = signedIn.get().party();
        List<Certificate> all = party == null ? List.of() : certificates.of(party);
        Set<UUID> certified =
                all.stream()
                        .filter(c -> !c.revoked())
                        .map(Certificate::lot)
                        .collect(Collectors.toSet());
        var without =
                (party == null ? Stream.<Lot>empty() : lots.of(party).stream())
                        .filter(l -> l.maker().equals(party) && l.kind() != Lot.Kind.FOREIGN)
                        .filter(l -> !certified.contains(l.id()) && l.held() == null)
                        .filter(
                                l ->
                                        lots.balance(l.id()).inHand().signum() > 0
                                                || l.kind() == Lot.Kind.PACKED)
                        .limit(30)
                        .map(
                                l ->
                                        new CertificateListPage.Lot(
                                                l.id().toString(),
                                                l.number(),
                                                productOf(l),
                                                Words.kg(l.kilograms()),
                                                l.day().toString()))
                        .toList();
        return console.page(
                "certificates/list",
                CERTS,
                new CertificateListPage(
                        all.stream()
                                .map(
                                        c ->
                                                new CertificateListPage.Row(
                                                        c.id().toString(),
                                                        c.number(),
                                                        lotNumber(c),
                                                        c.product(),
                                                        Words.kg(c.kilograms()),
                                                        c.basis().stream()
                                                                .sorted()
                                                                .map(CertificatePages::word)
                                                                .collect(Collectors.joining("、")),
                                                        c.day().toString(),
                                                        badge(c)))
                                .toList(),
                        without,
                        "共 " + all.size() + " 张"));
    }

    @GetMapping(CERTS + "/new")
    @MayCall(Role.CLERK)
    ModelAndView form(@RequestParam UUID lot) {
        return form(own(lot), Form.empty().with("basis", Basis.QUALITY_CONTROL));
    }

    @PostMapping(CERTS)
    @MayCall(Role.CLERK)
    Object issue(@RequestParam UUID lot, HttpServletRequest request) {
        var typed = Form.of(request);
        var basis = EnumSet.noneOf(Basis.class);
        for (Basis b : Basis.values()) {
            if (typed.chose("basis", b.name())) {
                basis.add(b);
            }
        }
        try {
            return "redirect:" + CERTS + "/" + certificates.issue(signedIn.get(), lot, basis).id();
        } catch (Problems problems) {
            return form(own(lot), Form.of(request, problems));
        } catch (Refused no) {
            return form(own(lot), Form.of(request, no));
        }
    }

    @GetMapping(CERTS + "/{id}")
    @MayCall({Role.CLERK, Role.SUPERVISOR, Role.CITY_MANAGER, Role.ADMINISTRATOR})
    ModelAndView one(@PathVariable UUID id) {
        return console.page("certificates/one", CERTS, page(inSight(id), false, Form.empty()));
    }

    @GetMapping(value = CERTS + "/{id}/pdf", produces = MediaType.APPLICATION_PDF_VALUE)
    @MayCall({Role.CLERK, Role.SUPERVISOR, Role.CITY_MANAGER, Role.ADMINISTRATOR})
    ResponseEntity<byte[]> pdf(@PathVariable UUID id) {
        var certificate = inSight(id);
        return ResponseEntity.ok()
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.inline()
                                .filename(
                                        "合格证 " + certificate.number() + ".pdf",
                                        StandardCharsets.UTF_8)
                                .build()
                                .toString())
                .contentType(MediaType.APPLICATION_PDF)
                .body(CertificatePaper.of(page(certificate, false, Form.empty())));
    }

    @PostMapping(CERTS + "/{id}/revocation")
    @MayCall({Role.CLERK, Role.SUPERVISOR, Role.CITY_MANAGER, Role.ADMINISTRATOR})
    Object revoke(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String reason,
            HttpServletRequest request) {
        var certificate = inSight(id);
        try {
            certificates.revoke(signedIn.get(), id, reason);
            return "redirect:" + CERTS + "/" + id;
        } catch (Problems problems) {
            return console.page(
                    "certificates/one",
                    CERTS,
                    page(certificate, false, Form.of(request, problems)));
        } catch (Refused no) {
            return console.page(
                    "certificates/one", CERTS, page(certificate, false, Form.of(request, no)));
        }
    }

    /** Whether a certificate is genuine, for anyone who holds it in his hand. */
    @GetMapping("/c/{number}")
    @AnyoneMayCall
    ModelAndView check(@PathVariable String number) {
        var certificate =
                certificates
                        .findByNumber(number.strip().toUpperCase(Locale.ROOT))
                        .orElseThrow(() -> new NotFound("没有这张合格证"));
        return console.page("certificates/public", "", page(certificate, true, Form.empty()));
    }

    private ModelAndView form(Lot lot, Form form) {
        var coverage = laboratory.coverage(lot.id());
        var party = parties.get(lot.maker());
        return console.page(
                "certificates/form",
                CERTS,
                new CertificateFormPage(
                        lot.id().toString(),
                        lot.number(),
                        productOf(lot),
                        Words.kg(lot.kilograms()),
                        parties.district(lot.district()).name(),
                        party.name(),
                        party.phone(),
                        lot.held(),
                        shut(lot),
                        coverage.covered(),
                        coverage.gap().stream().sorted().toList(),
                        Stream.of(Basis.values())
                                .map(b -> new Choice(b.name(), word(b) + " · " + meaning(b)))
                                .toList(),
                        form));
    }

    /** Which gate was shut on the day something in the lot was picked. */
    private List<String> shut(Lot lot) {
        var reasons = new ArrayList<String>();
        for (Lot picked : genealogy.trace(lot.id(), Genealogy.Direction.BACK).lots()) {
            if (picked.kind() == Lot.Kind.HARVEST) {
                for (UUID plot : genealogy.plots(picked.id())) {
                    farming.gate(plot, picked.day())
                            .reasons()
                            .forEach(r -> reasons.add(picked.number() + "：" + r));
                }
            }
        }
        return reasons;
    }

    private CertificatePage page(Certificate c, boolean open, Form form) {
        var address =
                ServletUriComponentsBuilder.fromCurrentContextPath()
                        .path("/c/{number}")
                        .buildAndExpand(c.number())
                        .encode()
                        .toUri();
        var qr = Qr.of(address.toString());
        return new CertificatePage(
                c.id().toString(),
                c.number(),
                c.lot().toString(),
                lotNumber(c),
                c.product(),
                Words.kg(c.kilograms()),
                c.origin(),
                c.committer(),
                open ? Words.maskedPhone(c.phone()) : c.phone(),
                c.day().toString(),
                Stream.of(Basis.values())
                        .map(
                                b ->
                                        new CertificatePage.Basis(
                                                word(b), english(b), c.basis().contains(b)))
                        .toList(),
                badge(c),
                c.revokedBecause(),
                EDITION,
                address.toString(),
                qr.path(),
                qr.size(),
                !open && !c.revoked(),
                form);
    }

    private Lot own(UUID lot) {
        return lots.find(lot)
                .filter(l -> l.maker().equals(signedIn.get().party()))
                .orElseThrow(() -> new NotFound("没有这个批次"));
    }

    private Certificate inSight(UUID id) {
        return certificates
                .find(id)
                .filter(
                        c ->
                                signedIn.get()
                                        .maySee(
                                                c.party(),
                                                lots.find(c.lot()).map(Lot::district).orElse("")))
                .orElseThrow(() -> new NotFound("没有这张合格证"));
    }

    private String lotNumber(Certificate c) {
        return lots.find(c.lot()).map(Lot::number).orElse("—");
    }

    private String productOf(Lot lot) {
        var product = lot.product();
        return product == null
                ? lot.variety() + "（" + lot.grade() + "）"
                : catalog.find(product).map(Product::name).orElse(lot.variety());
    }

    private static Badge badge(Certificate c) {
        return c.revoked() ? Badge.REVOKED : Badge.IN_FORCE;
    }

    private static String word(Basis basis) {
        return switch (basis) {
            case QUALITY_CONTROL -> "质量安全控制";
            case SELF_TEST -> "自检";
            case TESTED -> "委托检测";
        };
    }

    private static String english(Basis basis) {
        return switch (basis) {
            case QUALITY_CONTROL -> "quality control";
            case SELF_TEST -> "own test";
            case TESTED -> "commissioned test";
        };
    }

    private static String meaning(Basis basis) {
        return switch (basis) {
            case QUALITY_CONTROL -> "按规程生产，记录完整";
            case SELF_TEST -> "自己检测合格，结果留存备查";
            case TESTED -> "有覆盖本批次的检测机构合格报告";
        };
    }
}
