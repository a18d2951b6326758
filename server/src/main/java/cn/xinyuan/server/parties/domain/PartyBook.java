package cn.xinyuan.server.parties.domain;

import cn.xinyuan.server.parties.Base;
import cn.xinyuan.server.parties.Party;
import cn.xinyuan.server.parties.Plot;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** All parties, bases, plots and memberships. */
public interface PartyBook {

    long nextLocationSerial();

    /**
     * @return what is taken already: {@code name} or {@code creditCode}; empty when it was added
     */
    Optional<String> add(Party party, UUID by, Instant at);

    /**
     * @return false if the party has a base of that name
     */
    boolean add(Base base);

    /**
     * @return false if the party has a plot of that number
     */
    boolean add(Plot plot);

    void enrol(UUID cooperative, UUID farmer, Instant since);

    Optional<Party> find(UUID id);

    Optional<Party> findByGln(String gln);

    /** By name. */
    List<Party> all();

    Optional<Base> findBase(UUID id);

    Optional<Plot> findPlot(UUID id);

    List<Plot> plotsOf(UUID party);

    List<Plot> plotsIn(Set<String> districts);

    List<Plot> plotsOfBase(UUID base);

    List<Base> basesOf(UUID party);

    List<Party> membersOf(UUID cooperative);

    List<Party> cooperativesOf(UUID farmer);
}
