package cn.xinyuan.server.pages;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The page that says no. */
public record ErrorPage(
        String status,
        String title,
        String text,
        List<Problem> problems,
        @Nullable String number) {}
