package cn.xinyuan.server.scan.domain;

import static cn.xinyuan.server.scan.domain.TypedLink.page;

import cn.xinyuan.codes.DigitalLink;
import cn.xinyuan.server.catalog.LinkType;
import cn.xinyuan.server.catalog.Product;
import cn.xinyuan.server.catalog.ProductLinks.ProductLink;
import cn.xinyuan.server.certificates.Certificates.Certificate;
import cn.xinyuan.server.issuing.Cases.Kind;
import cn.xinyuan.server.issuing.Cases.LogisticUnit;
import cn.xinyuan.server.licensing.Licence;
import cn.xinyuan.server.parties.Party;
import cn.xinyuan.server.trace.Lot;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which links each level has: what the platform can truly show of it, and what its owner added. */
public final class OwnLinks {

    private OwnLinks() {}

    /** A product: its page, its data, its licence if it ever had one, and its owner's links. */
    public static LinkContext product(
            DigitalLink anchor,
            Product product,
            @Nullable Licence licence,
            List<ProductLink> registered) {
        String home = "/catalog/" + product.id();
        var defaults = new ArrayList<TypedLink>();
        defaults.add(page(LinkType.PIP, home, product.name(), "zh"));
        defaults.add(page(LinkType.PIP, home + "?lang=en", english(product), "en"));
        defaults.add(
                new TypedLink(
                        LinkType.MASTER_DATA,
                        "/api/v1/products/" + product.id(),
                        "Product master data",
                        null,
                        "application/json",
                        null));
        var others = new ArrayList<TypedLink>();
        others.add(page(LinkType.TRACEABILITY, "/q", "输入标签编号查溯源", "zh"));
        others.add(page(LinkType.TRACEABILITY, "/q?lang=en", "Trace a pack by its label", "en"));
        others.add(page(LinkType.VERIFICATION_SERVICE, "/q", "输入标签编号验真伪", "zh"));
        others.add(
                page(
                        LinkType.VERIFICATION_SERVICE,
                        "/q?lang=en",
                        "Check a label by its code",
                        "en"));
        if (licence != null) {
            String paper = "/licence/" + escaped(licence.number());
            others.add(page(LinkType.CERTIFICATION_INFO, paper, "“信”字号使用授权", "zh"));
            others.add(
                    page(
                            LinkType.CERTIFICATION_INFO,
                            paper + "?lang=en",
                            "Licence to use the Xin mark",
                            "en"));
        }
        for (ProductLink link : registered) {
            others.add(
                    new TypedLink(
                            link.type(),
                            link.href(),
                            link.title(),
                            link.language(),
                            link.mediaType(),
                            link.context()));
        }
        return LinkContext.of(
                anchor,
                product.name() + " " + product.pack() + " / " + english(product),
                defaults,
                others);
    }

    /** A lot of a product: where it stands, whether it is recalled, its certificate, its events. */
    public static LinkContext lot(
            DigitalLink anchor, Product product, Lot lot, @Nullable Certificate certificate) {
        String home = "/lot/" + escaped(lot.number());
        var defaults = new ArrayList<TypedLink>();
        defaults.add(page(LinkType.TRACEABILITY, home, "批次 " + lot.number(), "zh"));
        defaults.add(page(LinkType.TRACEABILITY, home + "?lang=en", "Lot " + lot.number(), "en"));
        var others = new ArrayList<TypedLink>();
        others.add(page(LinkType.RECALL_STATUS, home + "#recall", "召回状态", "zh"));
        others.add(page(LinkType.RECALL_STATUS, home + "?lang=en#recall", "Recall status", "en"));
        paper(certificate, others);
        others.add(
                new TypedLink(
                        LinkType.EPCIS,
                        "/epcis/events?MATCH_anyEPCClass="
                                + escaped(
                                        DigitalLink.GS1
                                                + "/01/"
                                                + product.gtin()
                                                + "/10/"
                                                + lot.number()),
                        "EPCIS events, for those entitled",
                        null,
                        "application/json",
                        null));
        return LinkContext.of(anchor, product.name() + " 批次 " + lot.number(), defaults, others);
    }

    /** One pack: the page that its QR code opens too. */
    public static LinkContext item(
            DigitalLink anchor, Product product, String code, @Nullable Certificate certificate) {
        String home = "/t/" + code;
        var defaults = new ArrayList<TypedLink>();
        defaults.add(page(LinkType.TRACEABILITY, home, "产品溯源", "zh"));
        defaults.add(page(LinkType.TRACEABILITY, home + "?lang=en", "Product trace", "en"));
        defaults.add(
                new TypedLink(
                        LinkType.TRACEABILITY,
                        home,
                        "Product trace as data",
                        null,
                        "application/json",
                        null));
        var others = new ArrayList<TypedLink>();
        others.add(page(LinkType.VERIFICATION_SERVICE, home, "标签真伪", "zh"));
        others.add(page(LinkType.VERIFICATION_SERVICE, home + "?lang=en", "Check the label", "en"));
        others.add(page(LinkType.RECALL_STATUS, home, "召回状态", "zh"));
        others.add(page(LinkType.RECALL_STATUS, home + "?lang=en", "Recall status", "en"));
        paper(certificate, others);
        return LinkContext.of(anchor, product.name() + " " + code, defaults, others);
    }

    /** A case or pallet: its page, the same as data, how its lots stand. */
    public static LinkContext logisticUnit(DigitalLink anchor, LogisticUnit unit) {
        String home = "/case/" + unit.sscc();
        boolean pallet = unit.kind() == Kind.PALLET;
        var defaults = new ArrayList<TypedLink>();
        defaults.add(page(LinkType.TRACEABILITY, home, pallet ? "托盘内容" : "箱内内容", "zh"));
        defaults.add(
                page(
                        LinkType.TRACEABILITY,
                        home + "?lang=en",
                        pallet ? "What is on the pallet" : "What is in the case",
                        "en"));
        defaults.add(
                new TypedLink(
                        LinkType.TRACEABILITY,
                        home,
                        "Contents as data",
                        null,
                        "application/json",
                        null));
        var others = new ArrayList<TypedLink>();
        others.add(page(LinkType.RECALL_STATUS, home, "召回状态", "zh"));
        others.add(page(LinkType.RECALL_STATUS, home + "?lang=en", "Recall status", "en"));
        return LinkContext.of(anchor, (pallet ? "托盘 " : "箱 ") + unit.sscc(), defaults, others);
    }

    /** A producer, by its location number: what it sells under the mark. */
    public static LinkContext producer(DigitalLink anchor, Party party) {
        String home = "/catalog?q=" + escaped(party.name());
        return LinkContext.of(
                anchor,
                party.nameEn().isEmpty() ? party.name() : party.name() + " / " + party.nameEn(),
                List.of(
                        page(LinkType.PIP, home, party.name() + "的产品", "zh"),
                        page(
                                LinkType.PIP,
                                home + "&lang=en",
                                "Products of "
                                        + (party.nameEn().isEmpty()
                                                ? party.name()
                                                : party.nameEn()),
                                "en")),
                List.of());
    }

    /** A thing that events name: what happened to it and what it carried, behind a sign-in. */
    public static LinkContext traced(DigitalLink anchor) {
        String name = escaped(anchor.canonical());
        return LinkContext.of(
                anchor,
                anchor.path(),
                List.of(
                        page(
                                LinkType.TRACEABILITY,
                                "/trace?what=" + name,
                                "追溯，需要登录 / Trace, for those entitled",
                                "zh")),
                List.of(
                        new TypedLink(
                                LinkType.EPCIS,
                                "/epcis/events?MATCH_anyEPC=" + name,
                                "EPCIS events, for those entitled",
                                null,
                                "application/json",
                                null)));
    }

    private static void paper(@Nullable Certificate certificate, List<TypedLink> links) {
        if (certificate != null) {
            links.add(
                    page(
                            LinkType.CERTIFICATION_INFO,
                            "/c/" + escaped(certificate.number()),
                            "承诺达标合格证",
                            "zh"));
        }
    }

    private static String english(Product product) {
        return product.nameEn().isEmpty() ? product.name() : product.nameEn();
    }

    private static String escaped(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
