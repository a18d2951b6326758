package cn.xinyuan.server.parties.web;

import cn.xinyuan.server.pages.MayCall;
import cn.xinyuan.server.pages.Problems;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.SignedIn;
import cn.xinyuan.server.parties.Base;
import cn.xinyuan.server.parties.District;
import cn.xinyuan.server.parties.Parties.NewParty;
import cn.xinyuan.server.parties.Parties.NewPlot;
import cn.xinyuan.server.parties.Party;
import cn.xinyuan.server.parties.Plot;
import cn.xinyuan.server.parties.usecase.KeepParties;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Parties, bases, plots and members, for machines. Phones are masked. */
@RestController
@RequestMapping("/api/v1")
@MayCall({
    Role.ADMINISTRATOR,
    Role.CITY_MANAGER,
    Role.SUPERVISOR,
    Role.EVALUATOR,
    Role.CLERK,
    Role.FARMER
})
class PartiesApi {

    private final KeepParties parties;
    private final SignedIn signedIn;

    PartiesApi(KeepParties parties, SignedIn signedIn) {
        this.parties = parties;
        this.signedIn = signedIn;
    }

    @GetMapping("/districts")
    List<District> districts() {
        return parties.districts();
    }

    @GetMapping("/parties")
    List<PartyView> list() {
        return parties.seen(signedIn.get()).stream().map(PartyView::of).toList();
    }

    @GetMapping("/parties/{id}")
    PartyView one(@PathVariable UUID id) {
        return PartyView.of(parties.seen(signedIn.get(), id));
    }

    @PostMapping("/parties")
    @ResponseStatus(HttpStatus.CREATED)
    @MayCall({Role.ADMINISTRATOR, Role.CITY_MANAGER, Role.SUPERVISOR, Role.CLERK})
    PartyView register(@RequestBody PartyWish wish) {
        if (wish.kind() == null) {
            throw Problems.of("kind", "请写明主体类型，例如 COOPERATIVE。");
        }
        return PartyView.of(
                parties.register(
                        signedIn.get(),
                        new NewParty(
                                wish.kind(),
                                text(wish.name()),
                                text(wish.nameEn()),
                                wish.creditCode(),
                                text(wish.district()),
                                text(wish.contact()),
                                text(wish.phone()))));
    }

    @GetMapping("/parties/{id}/bases")
    List<Base> bases(@PathVariable UUID id) {
        return parties.basesOf(parties.seen(signedIn.get(), id).id());
    }

    @PostMapping("/parties/{id}/bases")
    @ResponseStatus(HttpStatus.CREATED)
    @MayCall({Role.ADMINISTRATOR, Role.SUPERVISOR, Role.CLERK})
    Base addBase(@PathVariable UUID id, @RequestBody BaseWish wish) {
        return parties.addBase(signedIn.get(), id, text(wish.name()), text(wish.district()));
    }

    @GetMapping("/parties/{id}/plots")
    List<PlotView> plots(@PathVariable UUID id) {
        return parties.plotsOf(parties.seen(signedIn.get(), id).id()).stream()
                .map(PlotView::of)
                .toList();
    }

    @PostMapping("/bases/{id}/plots")
    @ResponseStatus(HttpStatus.CREATED)
    @MayCall({Role.ADMINISTRATOR, Role.SUPERVISOR, Role.CLERK})
    PlotView addPlot(@PathVariable UUID id, @RequestBody PlotWish wish) {
        return PlotView.of(
                parties.addPlot(
                        signedIn.get(),
                        new NewPlot(
                                id,
                                text(wish.number()),
                                wish.farmer(),
                                Objects.requireNonNullElse(wish.areaMu(), BigDecimal.ZERO),
                                text(wish.crop()),
                                text(wish.variety()),
                                text(wish.district()))));
    }

    @GetMapping("/parties/{id}/members")
    List<PartyView> members(@PathVariable UUID id) {
        return parties.membersOf(parties.seen(signedIn.get(), id).id()).stream()
                .map(PartyView::of)
                .toList();
    }

    /** Registers a farmer and enrols him. */
    @PostMapping("/parties/{id}/members")
    @ResponseStatus(HttpStatus.CREATED)
    @MayCall({Role.ADMINISTRATOR, Role.SUPERVISOR, Role.CLERK})
    PartyView enrol(@PathVariable UUID id, @RequestBody MemberWish wish) {
        return PartyView.of(
                parties.enrolNew(
                        signedIn.get(),
                        id,
                        text(wish.name()),
                        text(wish.district()),
                        text(wish.phone())));
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    record PartyWish(
            Party.@Nullable Kind kind,
            @Nullable String name,
            @Nullable String nameEn,
            @Nullable String creditCode,
            @Nullable String district,
            @Nullable String contact,
            @Nullable String phone) {}

    record BaseWish(@Nullable String name, @Nullable String district) {}

    record PlotWish(
            @Nullable String number,
            @Nullable UUID farmer,
            @Nullable BigDecimal areaMu,
            @Nullable String crop,
            @Nullable String variety,
            @Nullable String district) {}

    record MemberWish(@Nullable String name, @Nullable String district, @Nullable String phone) {}

    record PartyView(
            UUID id,
            Party.Kind kind,
            String name,
            String nameEn,
            @Nullable String creditCode,
            String gln,
            String district,
            String contact,
            String phone) {
        static PartyView of(Party p) {
            return new PartyView(
                    p.id(),
                    p.kind(),
                    p.name(),
                    p.nameEn(),
                    p.creditCode(),
                    p.gln(),
                    p.district(),
                    p.contact(),
                    KeepParties.masked(p.phone()));
        }
    }

    record PlotView(
            UUID id,
            UUID base,
            String number,
            @Nullable UUID farmer,
            BigDecimal areaMu,
            BigDecimal areaSquareMetres,
            String crop,
            String variety,
            String district) {
        static PlotView of(Plot p) {
            return new PlotView(
                    p.id(),
                    p.base(),
                    p.number(),
                    p.farmer(),
                    p.areaMu(),
                    p.areaSquareMetres(),
                    p.crop(),
                    p.variety(),
                    p.district());
        }
    }
}
