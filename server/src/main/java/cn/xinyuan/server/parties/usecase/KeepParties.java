package cn.xinyuan.server.parties.usecase;

import cn.xinyuan.codes.Gln;
import cn.xinyuan.codes.UnifiedSocialCreditCode;
import cn.xinyuan.server.access.PartyNames;
import cn.xinyuan.server.pages.Choice;
import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.pages.Problems;
import cn.xinyuan.server.pages.Refused;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.parties.Base;
import cn.xinyuan.server.parties.District;
import cn.xinyuan.server.parties.Parties;
import cn.xinyuan.server.parties.Party;
import cn.xinyuan.server.parties.Plot;
import cn.xinyuan.server.parties.domain.PartyBook;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Parties are registered, their bases and plots written down, their members enrolled. */
@Component
public class KeepParties implements Parties, PartyNames {

    private static final BigDecimal LARGEST_MU = new BigDecimal(100_000);

    private final PartyBook book;
    private final Districts districts;
    private final Clock clock;
    private final String prefix;

    KeepParties(
            PartyBook book,
            Districts districts,
            Clock clock,
            @Value("${xinyuan.gs1-prefix:952}") String prefix) {
        this.book = book;
        this.districts = districts;
        this.clock = clock;
        this.prefix = prefix;
    }

    @Override
    @Transactional
    public Party register(Visitor by, NewParty asked) {
        boolean farmer = asked.kind() == Party.Kind.FARMER;
        String typed = asked.creditCode() == null ? "" : asked.creditCode().strip();
        Optional<UnifiedSocialCreditCode> code = UnifiedSocialCreditCode.read(typed);
        String name = asked.name().strip();
        String phone = asked.phone().strip();
        new Problems.Collector()
                .require(!name.isEmpty() && name.length() <= 100, "name", "请填写名称，最多 100 个字。")
                .require(farmer || !typed.isEmpty(), "creditCode", "请填写 18 位统一社会信用代码；个体农户才不用填。")
                .require(
                        typed.isEmpty() || code.isPresent(),
                        "creditCode",
                        UnifiedSocialCreditCode.problem(typed).orElse(""))
                .require(
                        districts.find(asked.district()).isPresent(),
                        "district",
                        "没有这个区划代码：" + asked.district())
                .require(
                        phone.isEmpty() || phone.matches("[0-9+*() -]{5,20}"),
                        "phone",
                        "电话只能是数字，可以带区号。")
                .require(asked.contact().strip().length() <= 60, "contact", "联系人最多 60 个字。")
                .throwIfAny();
        if (by.role().isOfficial() && !by.seesDistrict(asked.district())) {
            throw Problems.of("district", "这个区划不在您的管辖范围内。");
        }
        if (!by.role().isOfficial() && !(farmer && by.role() == Role.CLERK)) {
            throw new Refused("not-yours-to-register", "经办人员只能登记本社的农户，其他主体由监管人员登记。");
        }
        var party =
                new Party(
                        UUID.randomUUID(),
                        asked.kind(),
                        name,
                        asked.nameEn().strip(),
                        code.map(UnifiedSocialCreditCode::text).orElse(null),
                        nextLocation(),
                        asked.district(),
                        asked.contact().strip(),
                        phone);
        book.add(party, by.account(), clock.instant())
                .ifPresent(
                        taken -> {
                            throw Problems.of(
                                    taken,
                                    taken.equals("name")
                                            ? "已有同名主体，请核对是否重复登记。"
                                            : "这个统一社会信用代码已经登记过。");
                        });
        return party;
    }

    private String nextLocation() {
        int room = 12 - prefix.length();
        String serial = ("%0" + room + "d").formatted(book.nextLocationSerial());
        return Gln.withCheckDigit(prefix + serial).digits();
    }

    @Override
    @Transactional
    public Base addBase(Visitor by, UUID party, String name, String district) {
        Party owner = seen(by, party);
        String plain = name.strip();
        new Problems.Collector()
                .require(!plain.isEmpty() && plain.length() <= 60, "name", "请填写基地名称，最多 60 个字。")
                .require(districts.find(district).isPresent(), "district", "没有这个区划代码：" + district)
                .throwIfAny();
        var base = new Base(UUID.randomUUID(), owner.id(), plain, district);
        if (!book.add(base)) {
            throw Problems.of("name", "已有同名的基地，请换一个名称。");
        }
        return base;
    }

    @Override
    @Transactional
    public Plot addPlot(Visitor by, NewPlot asked) {
        Base base = getBase(by, asked.base());
        String number = asked.number().strip();
        UUID farmer = asked.farmer();
        BigDecimal area = asked.areaMu();
        new Problems.Collector()
                .require(!number.isEmpty() && number.length() <= 40, "number", "请填写地块编号，例如 根子-03。")
                .require(
                        area.signum() > 0 && area.compareTo(LARGEST_MU) <= 0,
                        "areaMu",
                        "面积要大于 0、不超过 100,000 亩。")
                .require(
                        area.stripTrailingZeros().scale() <= 3,
                        "areaMu",
                        "面积最多 3 位小数（1 亩 = 666.67 m²）。")
                .require(!asked.crop().isBlank(), "crop", "请选择作物。")
                .require(
                        !asked.variety().isBlank() && asked.variety().length() <= 40,
                        "variety",
                        "请填写品种，最多 40 个字。")
                .require(
                        districts.find(asked.district()).isPresent(),
                        "district",
                        "没有这个区划代码：" + asked.district())
                .require(
                        farmer == null || mayWorkFor(farmer, base.party()),
                        "farmer",
                        "这位农户不是本社社员，请先在“社员”里登记。")
                .throwIfAny();
        var plot =
                new Plot(
                        UUID.randomUUID(),
                        base.id(),
                        number,
                        base.party(),
                        farmer,
                        area.setScale(3),
                        asked.crop().strip(),
                        asked.variety().strip(),
                        asked.district());
        if (!book.add(plot)) {
            throw Problems.of("number", "已有编号为 " + number + " 的地块，请换一个编号。");
        }
        return plot;
    }

    private boolean mayWorkFor(UUID farmer, UUID party) {
        return farmer.equals(party)
                || book.membersOf(party).stream().anyMatch(m -> m.id().equals(farmer));
    }

    @Override
    @Transactional
    public void enrol(Visitor by, UUID cooperative, UUID farmer) {
        Party host = seen(by, cooperative);
        boolean association = host.kind() == Party.Kind.ASSOCIATION;
        if (host.kind() != Party.Kind.COOPERATIVE
                && host.kind() != Party.Kind.ENTERPRISE
                && !association) {
            throw new Refused("not-a-cooperative", "只有合作社、企业或协会可以登记社员、会员。");
        }
        Party member = get(farmer);
        boolean firm =
                member.kind() == Party.Kind.COOPERATIVE || member.kind() == Party.Kind.ENTERPRISE;
        if (member.kind() != Party.Kind.FARMER && !(association && firm)) {
            throw new Refused("not-a-farmer", member.name() + " 不是个体农户，不能登记为社员。");
        }
        book.enrol(host.id(), member.id(), clock.instant());
    }

    /** A clerk registers a farmer and enrols him in one step. */
    @Transactional
    public Party enrolNew(
            Visitor by, UUID cooperative, String name, String district, String phone) {
        Party farmer =
                register(
                        by,
                        new NewParty(
                                Party.Kind.FARMER, name, "", null, district, name.strip(), phone));
        enrol(by, cooperative, farmer.id());
        return farmer;
    }

    @Override
    public Optional<Party> find(UUID id) {
        return book.find(id);
    }

    @Override
    public Party get(UUID id) {
        return book.find(id).orElseThrow(() -> new NotFound("party " + id));
    }

    /** A party within the visitor's scope; anything else is not there. */
    public Party seen(Visitor by, UUID id) {
        return book.find(id)
                .filter(
                        p ->
                                by.maySee(p.id(), p.district())
                                        || book.cooperativesOf(p.id()).stream()
                                                .anyMatch(c -> c.id().equals(by.party())))
                .orElseThrow(() -> new NotFound("party " + id));
    }

    /** The parties within the visitor's scope, by name. */
    public List<Party> seen(Visitor by) {
        return book.all().stream().filter(p -> by.maySee(p.id(), p.district())).toList();
    }

    /** A base within the visitor's scope. */
    public Base getBase(Visitor by, UUID id) {
        Base base = book.findBase(id).orElseThrow(() -> new NotFound("base " + id));
        if (!by.maySee(base.party(), get(base.party()).district())) {
            throw new NotFound("base " + id);
        }
        return base;
    }

    public List<Plot> plotsOfBase(UUID base) {
        return book.plotsOfBase(base);
    }

    @Override
    public Optional<Party> findByGln(String gln) {
        return book.findByGln(gln);
    }

    @Override
    public List<Party> all(Party.Kind kind) {
        return book.all().stream().filter(p -> p.kind() == kind).toList();
    }

    @Override
    public Optional<Plot> findPlot(UUID id) {
        return book.findPlot(id);
    }

    @Override
    public Plot getPlot(UUID id) {
        return book.findPlot(id).orElseThrow(() -> new NotFound("plot " + id));
    }

    @Override
    public List<Plot> plotsOf(UUID party) {
        return book.plotsOf(party);
    }

    @Override
    public List<Plot> plotsIn(Set<String> districts) {
        return book.plotsIn(districts);
    }

    @Override
    public List<Base> basesOf(UUID party) {
        return book.basesOf(party);
    }

    @Override
    public List<Party> membersOf(UUID cooperative) {
        return book.membersOf(cooperative);
    }

    @Override
    public District district(String code) {
        return districts.find(code).orElseGet(() -> new District(code, code, code));
    }

    @Override
    public List<District> districts() {
        return districts.all();
    }

    @Override
    public List<Choice> choices() {
        return book.all().stream()
                .map(p -> new Choice(p.id().toString(), p.name() + "（" + kindWord(p.kind()) + "）"))
                .toList();
    }

    @Override
    public Optional<String> nameOf(UUID party) {
        return book.find(party).map(Party::name);
    }

    /** What a party is, in Chinese. */
    public static String kindWord(Party.Kind kind) {
        return switch (kind) {
            case COOPERATIVE -> "合作社";
            case ENTERPRISE -> "企业";
            case FARMER -> "农户";
            case RETAILER -> "零售";
            case LABORATORY -> "检测机构";
            case AUTHORITY -> "主管部门";
            case ASSOCIATION -> "协会";
        };
    }

    /** A phone number with its middle hidden; what pages and the API show. */
    public static String masked(@Nullable String phone) {
        String plain = Objects.requireNonNullElse(phone, "");
        return plain.length() < 7
                ? plain.replaceAll(".", "*")
                : plain.substring(0, 3)
                        + "*".repeat(plain.length() - 7)
                        + plain.substring(plain.length() - 4);
    }
}
