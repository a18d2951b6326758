package cn.xinyuan.server.parties;

import cn.xinyuan.server.pages.Visitor;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the rest of the platform may ask of, and tell, parties. */
public interface Parties {

    /**
     * Registers a party and gives it a location number.
     *
     * @throws cn.xinyuan.server.pages.Problems on a wrong credit code, an unknown district, a name
     *     taken
     */
    Party register(Visitor by, NewParty party);

    Base addBase(Visitor by, UUID party, String name, String district);

    Plot addPlot(Visitor by, NewPlot plot);

    /**
     * Makes a farmer a member of a cooperative: the cooperative's clerks may then act for him. Or a
     * firm, a cooperative or a farmer a member of an association, which may then see its events.
     */
    void enrol(Visitor by, UUID cooperative, UUID farmer);

    Optional<Party> find(UUID id);

    /**
     * @throws cn.xinyuan.server.pages.NotFound if there is none
     */
    Party get(UUID id);

    Optional<Party> findByGln(String gln);

    List<Party> all(Party.Kind kind);

    Optional<Plot> findPlot(UUID id);

    /**
     * @throws cn.xinyuan.server.pages.NotFound if there is none
     */
    Plot getPlot(UUID id);

    /** The plots whose harvest {@code party} sells, or that the farmer {@code party} works. */
    List<Plot> plotsOf(UUID party);

    /** The plots that lie within districts (prefixes of GB/T 2260), by number. */
    List<Plot> plotsIn(Set<String> districts);

    List<Base> basesOf(UUID party);

    List<Party> membersOf(UUID cooperative);

    /** The division itself; a code we do not know comes back with the code as its name. */
    District district(String code);

    List<District> districts();

    /** A party as it comes in. Codes and names are checked on registration. */
    record NewParty(
            Party.Kind kind,
            String name,
            String nameEn,
            @Nullable String creditCode,
            String district,
            String contact,
            String phone) {}

    /** A plot as it comes in; area in mu. */
    record NewPlot(
            UUID base,
            String number,
            @Nullable UUID farmer,
            BigDecimal areaMu,
            String crop,
            String variety,
            String district) {}
}
