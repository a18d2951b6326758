package cn.xinyuan.server.trace.domain;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What was refused, kept for supervision. */
public interface Refusals {
    void writeDown(
            @Nullable UUID party,
            String district,
            String rule,
            String text,
            String subject,
            Instant at);
}
