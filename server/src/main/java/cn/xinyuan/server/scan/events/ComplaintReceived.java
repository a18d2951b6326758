package cn.xinyuan.server.scan.events;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A shopper complained; {@code party} and {@code district} are null when the code is unknown. */
public record ComplaintReceived(
        String number,
        @Nullable String code,
        @Nullable UUID party,
        @Nullable String district,
        String about,
        Instant at) {}
