package cn.xinyuan.server.scan.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Locale.LanguageRange;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a reader would rather have among links of one type: languages (RFC 9110, section 12.5.4;
 * matched as RFC 4647 looks up), formats (section 12.5.1) and a context. Wishes choose, they never
 * refuse: the first link is taken when none fits.
 */
public final class Wishes {

    private static final int MOST = 300;

    private final List<LanguageRange> languages;
    private final List<MediaRange> formats;
    private final @Nullable String context;

    /** A range of formats such as {@code text/*} with its weight from 0 to 1. */
    private record MediaRange(String type, String subtype, double weight) {

        /** 0 when it does not match, more the closer it does. */
        int closeness(String mediaType) {
            int slash = mediaType.indexOf('/');
            String main = mediaType.substring(0, slash);
            String sub = mediaType.substring(slash + 1);
            if (type.equals("*")) {
                return 1;
            }
            if (!type.equals(main)) {
                return 0;
            }
            return subtype.equals("*") ? 2 : subtype.equals(sub) ? 3 : 0;
        }
    }

    private Wishes(
            List<LanguageRange> languages, List<MediaRange> formats, @Nullable String context) {
        this.languages = languages;
        this.formats = formats;
        this.context = context;
    }

    /**
     * Reads the headers {@code Accept-Language} and {@code Accept}; what cannot be read counts as
     * not said.
     */
    public static Wishes of(
            @Nullable String acceptLanguage, @Nullable String accept, @Nullable String context) {
        return new Wishes(languages(acceptLanguage), formats(accept), context);
    }

    /**
     * The link to follow.
     *
     * @throws java.util.NoSuchElementException if there is none to choose from
     */
    public TypedLink choose(List<TypedLink> links) {
        List<TypedLink> meant = meant(links);
        TypedLink best = meant.getFirst();
        for (TypedLink link : meant) {
            if (score(link) > score(best)) {
                best = link;
            }
        }
        return best;
    }

    /** How much a format is wanted, from 0 to 1; 1 when nothing was said of any. */
    public double weight(String mediaType) {
        if (formats.isEmpty()) {
            return 1;
        }
        int closest = 0;
        double weight = 0;
        for (MediaRange range : formats) {
            int closeness = range.closeness(mediaType);
            if (closeness > closest) {
                closest = closeness;
                weight = range.weight();
            }
        }
        return weight;
    }

    /** Whether a format was named itself, not by a star. */
    public boolean names(String mediaType) {
        return formats.stream().anyMatch(r -> r.closeness(mediaType) == 3 && r.weight() > 0);
    }

    private List<TypedLink> meant(List<TypedLink> links) {
        List<TypedLink> exact =
                links.stream()
                        .filter(l -> context != null && context.equalsIgnoreCase(l.context()))
                        .toList();
        if (!exact.isEmpty()) {
            return exact;
        }
        List<TypedLink> everyones = links.stream().filter(l -> l.context() == null).toList();
        return everyones.isEmpty() ? links : everyones;
    }

    private double score(TypedLink link) {
        String mediaType = link.mediaType();
        double format = mediaType == null ? 0.5 : weight(mediaType);
        return format * (1 + language(link.language()));
    }

    private double language(@Nullable String tag) {
        if (tag == null) {
            return 0;
        }
        String own = tag.toLowerCase(Locale.ROOT);
        double best = 0;
        for (LanguageRange range : languages) {
            String wanted = range.getRange();
            boolean same = wanted.equals(own);
            boolean near =
                    wanted.equals("*")
                            || wanted.startsWith(own + "-")
                            || own.startsWith(wanted + "-");
            if (same) {
                best = Math.max(best, range.getWeight());
            } else if (near) {
                best = Math.max(best, range.getWeight() * 0.99);
            }
        }
        return best;
    }

    private static List<LanguageRange> languages(@Nullable String header) {
        if (header == null || header.isBlank() || header.length() > MOST) {
            return List.of();
        }
        try {
            return LanguageRange.parse(header);
        } catch (IllegalArgumentException unreadable) {
            return List.of();
        }
    }

    private static List<MediaRange> formats(@Nullable String header) {
        var ranges = new ArrayList<MediaRange>();
        if (header == null || header.length() > 4 * MOST) {
            return ranges;
        }
        for (String part : header.split(",", -1)) {
            String[] words = part.strip().toLowerCase(Locale.ROOT).split("\\s*;\\s*", -1);
            int slash = words[0].indexOf('/');
            if (slash <= 0 || slash == words[0].length() - 1) {
                continue;
            }
            double weight = 1;
            for (String word : words) {
                if (word.startsWith("q=")) {
                    weight = weight(word.substring(2), weight);
                }
            }
            ranges.add(
                    new MediaRange(
                            words[0].substring(0, slash), words[0].substring(slash + 1), weight));
        }
        return ranges;
    }

    private static double weight(String text, double otherwise) {
        return Optional.of(text)
                .filter(t -> t.matches("0(\\.[0-9]{0,3})?|1(\\.0{0,3})?"))
                .map(Double::parseDouble)
                .orElse(otherwise);
    }
}
