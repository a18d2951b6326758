package cn.xinyuan.server.trace.usecase;

import cn.xinyuan.epcis.Identifier;
import cn.xinyuan.server.trace.domain.GoodsEvent.Draft;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An act on our goods as somebody's own system told it: the event is kept as it was given, and the
 * lots it makes keep the identifiers it gives them.
 *
 * @param event what is kept instead of an event of our own making
 * @param made the canonical identifiers of the lots that come to be, in the event's order
 * @param shipment the shipment that the event names; null when it names none
 */
record Told(Draft event, List<String> made, @Nullable UUID shipment) {

    /** Bound while an act is carried out that was told; the commands look here. */
    static final ScopedValue<Told> NOW = ScopedValue.newInstance();

    Told {
        made = List.copyOf(made);
    }

    /** The number of the lot that comes to be at this place. */
    String number(int at) {
        return Identifier.of(made.get(at)).lot().orElseThrow();
    }

    String epcClass(String number) {
        return made.stream()
                .filter(name -> Identifier.of(name).lot().filter(number::equals).isPresent())
                .findFirst()
                .orElseThrow();
    }
}
