package cn.xinyuan.server.farming.domain;

import cn.xinyuan.server.standards.Standards.PublishedYield;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What yields of a crop are plausible, seen from those that were published for it. A published
 * yield is an average over a county or city: a well kept orchard may bear twice as much, none ten
 * times.
 *
 * @param published of one crop, in any order; without any, nothing can be said
 */
public record Plausible(List<PublishedYield> published) {

    private static final BigDecimal UNHEARD_OF = BigDecimal.TEN;
    private static final BigDecimal UNUSUAL = BigDecimal.TWO;

    public Plausible {
        published = List.copyOf(published);
    }

    /** The lowest published figure, kilograms per mu. */
    public Optional<BigDecimal> least() {
        return published.stream().map(PublishedYield::kgPerMu).min(Comparator.naturalOrder());
    }

    /** The highest published figure, kilograms per mu. */
    public Optional<BigDecimal> most() {
        return published.stream().map(PublishedYield::kgPerMu).max(Comparator.naturalOrder());
    }

    /** Ten times the highest published figure, or more: a slip of the pen, or jin for kilograms. */
    public boolean absurd(BigDecimal kgPerMu) {
        return most().filter(m -> kgPerMu.compareTo(m.multiply(UNHEARD_OF)) >= 0).isPresent();
    }

    /** More than twice the highest published figure: possible, but somebody has to say why. */
    public boolean unusual(BigDecimal kgPerMu) {
        return most().filter(m -> kgPerMu.compareTo(m.multiply(UNUSUAL)) > 0).isPresent();
    }

    /** Such as 357–475 kg/亩; empty when nothing was published. */
    public Optional<String> words() {
        return least().flatMap(
                        l ->
                                most().map(
                                                m ->
                                                        l.compareTo(m) == 0
                                                                ? m.toPlainString() + " kg/亩"
                                                                : l.toPlainString()
                                                                        + "–"
                                                                        + m.toPlainString()
                                                                        + " kg/亩"));
    }
}
