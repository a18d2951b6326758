package cn.xinyuan.server.catalog.usecase;

import cn.xinyuan.server.catalog.LinkType;
import cn.xinyuan.server.catalog.Product;
import cn.xinyuan.server.catalog.ProductLinks;
import cn.xinyuan.server.catalog.domain.AllowedHosts;
import cn.xinyuan.server.catalog.domain.LinkBook;
import cn.xinyuan.server.catalog.domain.LinkFact;
import cn.xinyuan.server.catalog.domain.OutsideAddress;
import cn.xinyuan.server.catalog.domain.Products;
import cn.xinyuan.server.journal.Journal;
import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.pages.Problems;
import cn.xinyuan.server.pages.Refused;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.Visitor;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Links are registered by the owner of the product and checked again each time they are used. */
@Component
class KeepProductLinks implements ProductLinks {

    private static final int MOST = 40;
    private static final String LANGUAGE = "[a-z]{2}(-[A-Z]{2})?";
    private static final String MEDIA_TYPE =
            "(application|audio|font|image|model|text|video)/[a-z0-9][a-z0-9.+-]{0,70}";
    private static final String CONTEXT = "[A-Za-z0-9-]{1,20}";

    private final LinkBook book;
    private final Products products;
    private final Journal journal;
    private final AllowedHosts hosts;
    private final Clock clock;

    KeepProductLinks(
            LinkBook book, Products products, Journal journal, LinkSettings settings, Clock clock) {
        this.book = book;
        this.products = products;
        this.journal = journal;
        this.hosts = settings.hosts();
        this.clock = clock;
    }

    @Override
    @Transactional
    public ProductLink register(Visitor by, UUID product, NewLink fresh) {
        Product own = own(by, product);
        Optional<LinkType> type =
                LinkType.read(text(fresh.type())).filter(LinkType::ownersMayRegister);
        Optional<OutsideAddress> address = OutsideAddress.read(text(fresh.href()));
        String title = text(fresh.title());
        String language = blankToNull(fresh.language());
        String mediaType =
                Optional.ofNullable(blankToNull(fresh.mediaType()))
                        .orElse("text/html")
                        .toLowerCase(Locale.ROOT);
        String context = blankToNull(fresh.context());
        new Problems.Collector()
                .require(type.isPresent(), "type", "请选择链接类型，例如 gs1:recipeInfo；溯源、合格证和召回由平台提供，不能登记。")
                .require(address.isPresent(), "href", "请填写以 https:// 开头的完整网址，最多 500 个字符，不带用户名和端口。")
                .require(
                        address.isEmpty() || hosts.allow(address.get().host()),
                        "href",
                        hosts.names().isEmpty()
                                ? "运营方还没有开放外部网址，请联系运营方把网站加入允许名单。"
                                : "运营方没有允许这个网站；允许的有：" + String.join("、", hosts.names()) + "。")
                .require(
                        !title.isBlank()
                                && title.length() <= 80
                                && title.chars().noneMatch(Character::isISOControl),
                        "title",
                        "请填写给读者看的标题，最多 80 字。")
                .require(
                        language == null || language.matches(LANGUAGE),
                        "language",
                        "语言写成 zh、en 或 en-GB 的样子；不确定就留空。")
                .require(
                        mediaType.matches(MEDIA_TYPE),
                        "mediaType",
                        "格式写成 text/html、application/pdf 的样子。")
                .require(
                        context == null || context.matches(CONTEXT),
                        "context",
                        "场合最多 20 个字母、数字或短横，例如 HK；没有就留空。")
                .throwIfAny();
        book.queue(product);
        if (book.of(product).size() >= MOST) {
            throw new Refused("too-many-links", "一个产品最多登记 " + MOST + " 个链接，请先撤下不用的。");
        }
        var link =
                new ProductLink(
                        UUID.randomUUID(),
                        own.id(),
                        type.orElseThrow(),
                        address.orElseThrow().text(),
                        title,
                        language,
                        mediaType,
                        context,
                        clock.instant().truncatedTo(ChronoUnit.MICROS));
        if (!book.add(link, by.account())) {
            throw Problems.of("href", "这个链接已经登记过；要改标题，请先撤下再登记。");
        }
        journal(LinkFact.Act.REGISTERED, link);
        return link;
    }

    @Override
    @Transactional
    public void withdraw(Visitor by, UUID product, UUID link) {
        if (by.role() != Role.ADMINISTRATOR) {
            own(by, product);
        }
        ProductLink found =
                book.find(link)
                        .filter(l -> l.product().equals(product))
                        .orElseThrow(() -> new NotFound("没有这个链接"));
        if (!book.withdraw(link, by.account(), clock.instant())) {
            throw new NotFound("没有这个链接");
        }
        journal(LinkFact.Act.WITHDRAWN, found);
    }

    @Override
    public List<ProductLink> of(UUID product) {
        return book.of(product).stream()
                .filter(
                        l ->
                                OutsideAddress.read(l.href())
                                        .filter(a -> hosts.allow(a.host()))
                                        .isPresent())
                .toList();
    }

    @Override
    public List<String> allowedHosts() {
        return hosts.names();
    }

    private Product own(Visitor by, UUID product) {
        return products.find(product)
                .filter(p -> p.party().equals(by.party()))
                .orElseThrow(() -> new NotFound("没有这个产品"));
    }

    private void journal(LinkFact.Act act, ProductLink link) {
        journal.append(
                LinkFact.KIND,
                new LinkFact(
                                act,
                                link.id(),
                                link.product(),
                                link.type().term(),
                                link.href(),
                                act == LinkFact.Act.REGISTERED ? link.at() : clock.instant())
                        .bytes());
    }

    private static String text(@Nullable String typed) {
        return typed == null ? "" : typed.strip();
    }

    private static @Nullable String blankToNull(@Nullable String typed) {
        return typed == null || typed.isBlank() ? null : typed.strip();
    }
}
