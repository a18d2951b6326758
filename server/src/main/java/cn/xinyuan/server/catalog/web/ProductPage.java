package cn.xinyuan.server.catalog.web;

import cn.xinyuan.server.pages.Badge;
import cn.xinyuan.server.pages.Evidence;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One product for the public. */
public record ProductPage(
        String name,
        String producer,
        @Nullable Badge mark,
        @Nullable String licence,
        boolean geographical,
        List<Fact> facts,
        List<Outside> outside) {

    /** An address of the producer outside the platform. */
    public record Outside(String href, String title, String type, @Nullable String language) {}

    /** One claim with whoever stands behind it. */
    public record Fact(String name, String value, Evidence source) {}
}
