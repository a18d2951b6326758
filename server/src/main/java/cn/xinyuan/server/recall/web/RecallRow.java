package cn.xinyuan.server.recall.web;

import cn.xinyuan.server.pages.Badge;

/** One recall in a list, in words. */
public record RecallRow(
        String id,
        String number,
        String lotId,
        String lot,
        String maker,
        String level,
        Badge state,
        String published,
        String kilograms,
        long packs,
        long codes,
        int recoveredPercent,
        boolean closed) {}
