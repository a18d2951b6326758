package cn.xinyuan.server.trace.usecase;

import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.parties.Parties;
import cn.xinyuan.server.parties.Party;
import cn.xinyuan.server.trace.Lot;
import cn.xinyuan.server.trace.SampledLots;
import cn.xinyuan.server.trace.domain.EventArchive;
import cn.xinyuan.server.trace.domain.EventArchive.View;
import cn.xinyuan.server.trace.domain.LotBook;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.NullMarked;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Which events a visitor may see, in queries and in traces alike. Officials those of their
 * districts and those that belong to none of ours, the administrator all of them. A party its own,
 * what it handed in, and one step up and down: the events that name it as source or destination.
 * Where goods came from is open to whoever held them; where others took theirs is not. A farmer
 * sees what grew on the plots he works, an association its members, a laboratory the lots it has
 * samples of.
 */
@NullMarked
@Component
class EventsInSight {

    private final EventArchive archive;
    private final LotBook lots;
    private final Parties parties;
    private final ObjectProvider<SampledLots> sampled;

    EventsInSight(
            EventArchive archive,
            LotBook lots,
            Parties parties,
            ObjectProvider<SampledLots> sampled) {
        this.archive = archive;
        this.lots = lots;
        this.parties = parties;
        this.sampled = sampled;
    }

    /** Whether a visitor sees everything of everybody. */
    boolean isEverything(Visitor by) {
        return by.party() == null
                && (by.role() == Role.ADMINISTRATOR
                        || by.role().isOfficial() && by.districts().contains(""));
    }

    View of(Visitor by) {
        UUID party = by.party();
        if (party == null) {
            return new View(
                    isEverything(by),
                    Set.of(by.account()),
                    by.role().isOfficial() ? by.districts() : Set.of(),
                    Set.of(),
                    Set.of(),
                    by.account());
        }
        Set<UUID> seen = new HashSet<>(Set.of(party));
        Set<UUID> acts = new HashSet<>();
        Set<UUID> chain = new HashSet<>(Set.of(party));
        switch (by.role()) {
            case CLERK, RETAILER -> {
                members(party, seen);
                comeFrom(archive.heldBy(party), acts, chain);
            }
            case ASSOCIATION -> members(party, seen);
            case FARMER -> grown(party, acts, chain);
            case LABORATORY ->
                    sampled.ifAvailable(
                            room -> {
                                acts.addAll(room.sampledBy(party));
                                makers(acts, chain);
                            });
            case ADMINISTRATOR, CITY_MANAGER, SUPERVISOR, EVALUATOR -> {}
        }
        return new View(false, seen, Set.of(), acts, chain, party);
    }

    private void members(UUID party, Set<UUID> seen) {
        parties.membersOf(party).stream().map(Party::id).forEach(seen::add);
    }

    /** The lots and all they were made from, level by level. */
    private void comeFrom(Set<UUID> held, Set<UUID> acts, Set<UUID> chain) {
        Set<UUID> level = held;
        acts.addAll(held);
        while (!level.isEmpty()) {
            Set<UUID> next = new HashSet<>();
            lots.into(level).stream()
                    .filter(e -> !e.fromPlot())
                    .map(cn.xinyuan.server.trace.Genealogy.Edge::from)
                    .filter(acts::add)
                    .forEach(next::add);
            level = next;
        }
        makers(acts, chain);
    }

    private void makers(Set<UUID> some, Set<UUID> chain) {
        List<Lot> all = some.isEmpty() ? List.of() : lots.all(some);
        all.stream().map(Lot::maker).forEach(chain::add);
    }

    private void grown(UUID farmer, Set<UUID> acts, Set<UUID> chain) {
        List<UUID> plots =
                parties.plotsOf(farmer).stream().map(cn.xinyuan.server.parties.Plot::id).toList();
        if (!plots.isEmpty()) {
            lots.outOf(plots).forEach(e -> acts.add(e.to()));
            makers(acts, chain);
        }
    }
}
