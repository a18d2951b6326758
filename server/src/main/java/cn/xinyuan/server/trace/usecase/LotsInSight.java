package cn.xinyuan.server.trace.usecase;

import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.parties.Parties;
import cn.xinyuan.server.trace.Genealogy;
import cn.xinyuan.server.trace.Genealogy.Graph;
import cn.xinyuan.server.trace.Goods.Part;
import cn.xinyuan.server.trace.Goods.Shipment;
import cn.xinyuan.server.trace.Lot;
import cn.xinyuan.server.trace.Lots;
import cn.xinyuan.server.trace.Lots.Holding;
import cn.xinyuan.server.trace.domain.Account;
import cn.xinyuan.server.trace.domain.EventBook;
import cn.xinyuan.server.trace.domain.Ledger;
import cn.xinyuan.server.trace.domain.LotBook;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * The lots a visitor may see: officials those of their districts, a party what it made, held or is
 * being sent, a farmer what grew on the plots that he works. Where goods came from is open to
 * whoever holds them; where others took theirs is not.
 */
@Component
public class LotsInSight {

    private static final int AT_MOST = 2000;

    private final Lots lots;
    private final Genealogy genealogy;
    private final Ledger ledger;
    private final EventBook events;
    private final LotBook book;
    private final Parties parties;

    LotsInSight(
            Lots lots,
            Genealogy genealogy,
            Ledger ledger,
            EventBook events,
            LotBook book,
            Parties parties) {
        this.lots = lots;
        this.book = book;
        this.genealogy = genealogy;
        this.ledger = ledger;
        this.events = events;
        this.parties = parties;
    }

    /**
     * @param idOrNumber of the lot
     * @throws NotFound if there is none, or the visitor may not know
     */
    public Lot get(Visitor by, String idOrNumber) {
        return find(by, idOrNumber).orElseThrow(() -> new NotFound("没有这个批次"));
    }

    /** Empty if there is none, or the visitor may not know. */
    public Optional<Lot> find(Visitor by, String idOrNumber) {
        String asked = idOrNumber.strip();
        if (asked.isEmpty() || asked.length() > 100 || asked.indexOf('\0') >= 0) {
            return Optional.empty();
        }
        return byIdOrNumber(asked).filter(lot -> maySee(by, lot));
    }

    private Optional<Lot> byIdOrNumber(String asked) {
        if (asked.length() == 36) {
            try {
                return lots.find(UUID.fromString(asked));
            } catch (IllegalArgumentException _) {
                return Optional.empty();
            }
        }
        return lots.findByNumber(asked.toUpperCase(java.util.Locale.ROOT));
    }

    public boolean maySee(Visitor by, Lot lot) {
        if (by.maySee(lot.maker(), lot.district())) {
            return true;
        }
        UUID party = by.party();
        if (party == null) {
            return false;
        }
        return ledger.exists(Account.holding(lot.id(), party, Account.Unit.KG))
                || lots.holdings(lot.id()).stream().anyMatch(h -> h.party().equals(party))
                || by.role() == Role.FARMER && grewHere(party, lot);
    }

    private boolean grewHere(UUID farmer, Lot lot) {
        return genealogy.plots(lot.id()).stream()
                .flatMap(id -> parties.findPlot(id).stream())
                .anyMatch(plot -> farmer.equals(plot.farmer()));
    }

    /** All of them, newest first. */
    public List<Lot> all(Visitor by) {
        UUID party = by.party();
        return party == null ? lots.within(by.districts(), AT_MOST) : lots.of(party);
    }

    /** Walks from a lot as far as the visitor may see. */
    public Graph trace(Visitor by, Lot start, Genealogy.Direction direction) {
        return trimmed(by, genealogy.trace(start.id(), direction));
    }

    /** As {@link #trace(Visitor, Lot, Genealogy.Direction)}, at most {@code depth} links far. */
    public Graph trace(Visitor by, Lot start, Genealogy.Direction direction, int depth) {
        return trimmed(by, genealogy.trace(start.id(), direction, depth));
    }

    /** Takes out of a walk what is nobody's business but its owner's. */
    public Graph trimmed(Visitor by, Graph graph) {
        if (by.party() == null) {
            return graph;
        }
        Set<UUID> back = genealogy.ancestors(graph.start());
        Set<UUID> seen = new HashSet<>();
        graph.lots().stream()
                .filter(lot -> back.contains(lot.id()) || maySee(by, lot))
                .forEach(lot -> seen.add(lot.id()));
        Set<UUID> made = new HashSet<>();
        graph.lots().stream()
                .filter(lot -> lot.maker().equals(by.party()))
                .forEach(lot -> made.add(lot.id()));
        return new Graph(
                graph.start(),
                graph.lots().stream().filter(lot -> seen.contains(lot.id())).toList(),
                graph.edges().stream()
                        .filter(e -> seen.contains(e.to()))
                        .filter(e -> e.fromPlot() || seen.contains(e.from()))
                        .toList(),
                holdings(by, graph.holdings(), made),
                graph.plots(),
                among(graph.circular(), seen),
                among(graph.dangling(), seen));
    }

    private static Set<UUID> among(Set<UUID> some, Set<UUID> seen) {
        Set<UUID> both = new HashSet<>(some);
        both.retainAll(seen);
        return both;
    }

    /** The latest harvest lots of some plots, newest first. */
    public List<Lot> harvestedOn(Collection<UUID> plots, int atMost) {
        if (plots.isEmpty()) {
            return List.of();
        }
        Set<UUID> made = new HashSet<>();
        book.outOf(plots).forEach(edge -> made.add(edge.to()));
        return book.all(made).reversed().stream().limit(atMost).toList();
    }

    /** What the visitor's party has of each lot now; for officials what its maker has. */
    public Map<UUID, BigDecimal> inHand(Visitor by, Collection<Lot> some) {
        Map<UUID, UUID> owners = new HashMap<>();
        some.forEach(lot -> owners.put(lot.id(), by.party() == null ? lot.maker() : by.party()));
        Map<UUID, BigDecimal> inHand = new HashMap<>();
        book.holdings(owners.keySet()).stream()
                .filter(h -> !h.inTransit() && h.party().equals(owners.get(h.lot())))
                .forEach(h -> inHand.put(h.lot(), h.kilograms()));
        return inHand;
    }

    /** Who holds the goods: the maker may know of its own lots, others of themselves. */
    public List<Holding> holdings(Visitor by, Lot lot) {
        return by.seesDistrict(lot.district()) || lot.maker().equals(by.party())
                ? lots.holdings(lot.id())
                : holdings(by, lots.holdings(lot.id()), Set.of());
    }

    private static List<Holding> holdings(Visitor by, List<Holding> all, Set<UUID> made) {
        return all.stream()
                .filter(h -> made.contains(h.lot()) || h.party().equals(by.party()))
                .toList();
    }

    /** The events that touch a lot, oldest first; of a stranger's lot only those of the visitor. */
    public List<EventBook.Written> events(Visitor by, Lot lot) {
        boolean whole = by.seesDistrict(lot.district()) || lot.maker().equals(by.party());
        return events.touching(List.of(lot.id())).stream()
                .filter(e -> whole || e.party().equals(by.party()) || e.party().equals(lot.maker()))
                .toList();
    }

    /** The day a shipment was taken in; empty while it is under way. */
    public Optional<LocalDate> receivedOn(Shipment shipment) {
        String id = "urn:uuid:" + shipment.id();
        return events.touching(shipment.parts().stream().map(Part::lot).toList()).stream()
                .filter(e -> e.command().equals("receive") && e.json().contains(id))
                .map(EventBook.Written::day)
                .findFirst();
    }

    /**
     * What a recall would reach.
     *
     * @throws NotFound for those who merely hold the lot: where else it went is not theirs to know
     */
    public Genealogy.RecallScope recallScope(Visitor by, Lot lot) {
        if (!by.maySee(lot.maker(), lot.district())) {
            throw new NotFound("没有这个批次");
        }
        return genealogy.recallScope(lot.id());
    }
}
