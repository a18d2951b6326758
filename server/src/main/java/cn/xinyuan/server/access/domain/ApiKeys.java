package cn.xinyuan.server.access.domain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The API keys; only their hashes are kept. */
public interface ApiKeys {

    void add(UUID id, UUID account, String label, Secret secret, UUID createdBy, Instant at);

    /** The enabled account behind a key that is not revoked. */
    Optional<Account> accountOf(Secret secret, Instant now);

    List<ApiKey> all();

    List<ApiKey> of(UUID account);

    /**
     * @return false if there is no such key, or it was revoked before
     */
    boolean revoke(UUID id, Instant at);

    /** A key as it may be shown. */
    record ApiKey(
            UUID id,
            UUID account,
            String accountName,
            String label,
            String prefix,
            Instant createdAt,
            @Nullable Instant usedAt,
            @Nullable Instant revokedAt) {}
}
