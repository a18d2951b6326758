package cn.xinyuan.server.standards.domain;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The product categories of the launch, and which limits govern which. */
public final class Categories {

    private static final Map<String, String> NAMES =
            Map.ofEntries(
                    Map.entry("litchi", "荔枝"),
                    Map.entry("dried-litchi", "荔枝干"),
                    Map.entry("longan", "龙眼"),
                    Map.entry("dried-longan", "桂圆干"),
                    Map.entry("sanhua-plum", "三华李"),
                    Map.entry("huajuhong", "化橘红"),
                    Map.entry("tilapia", "罗非鱼"),
                    Map.entry("peanut-oil", "花生油"),
                    Map.entry("mooncake", "月饼"));

    private static final Map<String, String> GOVERNED_BY =
            Map.of("dried-litchi", "litchi", "dried-longan", "longan");

    private static final Set<String> FRUIT_AND_HERBS =
            Set.of("litchi", "longan", "sanhua-plum", "huajuhong");

    private Categories() {}

    /** Dried fruit is judged by the limits of the fresh fruit (assumption of this slice). */
    public static String governing(String category) {
        return GOVERNED_BY.getOrDefault(category, category);
    }

    public static String name(String category) {
        return NAMES.getOrDefault(category, category);
    }

    /** Reads a code or a Chinese name. */
    public static Optional<String> read(String text) {
        String plain = text.strip();
        String code = plain.toLowerCase(Locale.ROOT).replace('_', '-').replace(' ', '-');
        if (NAMES.containsKey(code)) {
            return Optional.of(code);
        }
        return NAMES.entrySet().stream()
                .filter(e -> e.getValue().equals(plain))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /**
     * Whether a ban's scope, as the reference files write it, takes in the category: {@code all
     * use}, or a list of crop groups of which {@code fruit} and {@code herbs} matter here.
     */
    static boolean inScope(String scope, String category) {
        return scope.equals("all use")
                || (scope.contains("fruit") && FRUIT_AND_HERBS.contains(governing(category)));
    }

    /** A ban's scope in Chinese. */
    public static String scopeWords(String scope) {
        return switch (scope) {
            case "all use" -> "禁止销售和使用";
            case "vegetables fruit melons tea mushrooms herbs" -> "禁止在蔬菜、瓜果、茶叶、菌类和中草药材上使用";
            default -> scope;
        };
    }
}
