package cn.xinyuan.server.issuing.web;

import cn.xinyuan.server.issuing.domain.CodeKeys;
import cn.xinyuan.server.issuing.domain.IssuedRanges;
import cn.xinyuan.server.issuing.domain.KeyVersion;
import cn.xinyuan.server.issuing.domain.Revoked;
import cn.xinyuan.server.issuing.domain.WorthlessCodes;
import cn.xinyuan.server.issuing.usecase.BeginKeyVersion;
import cn.xinyuan.server.issuing.usecase.RevokeCodes;
import cn.xinyuan.server.pages.MayCall;
import cn.xinyuan.server.pages.Problems;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.SignedIn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Key versions and revocations for machines. Serials are counted from 1. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "codes")
@MayCall(Role.ADMINISTRATOR)
class TrustApi {

    private final RevokeCodes revoke;
    private final BeginKeyVersion begin;
    private final CodeKeys keys;
    private final IssuedRanges ranges;
    private final WorthlessCodes worthless;
    private final SignedIn signedIn;

    TrustApi(
            RevokeCodes revoke,
            BeginKeyVersion begin,
            CodeKeys keys,
            IssuedRanges ranges,
            WorthlessCodes worthless,
            SignedIn signedIn) {
        this.revoke = revoke;
        this.begin = begin;
        this.keys = keys;
        this.ranges = ranges;
        this.worthless = worthless;
        this.signedIn = signedIn;
    }

    @GetMapping("/code-keys")
    @Operation(summary = "The key versions, newest first; never the keys")
    List<KeyVersion> versions() {
        return keys.versions();
    }

    @PostMapping("/code-keys")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary = "Begins a new key version that new orders take",
            description =
                    "current is the newest version as the caller knows it; 409 no-key-version-left")
    KeyVersion begin(@RequestBody NewVersion body) {
        if (body.current() == null) {
            throw Problems.of("current", "请给出当前的密钥版本号，以免重复启用。");
        }
        int version = begin.begin(signedIn.get(), body.current());
        return keys.versions().stream()
                .filter(v -> v.version() == version)
                .findFirst()
                .orElseThrow();
    }

    @GetMapping("/code-revocations")
    @Operation(summary = "All revocations, newest first")
    List<RevocationView> revocations() {
        return worthless.revoked().stream().map(this::view).toList();
    }

    @PostMapping("/code-revocations")
    @ResponseStatus(HttpStatus.CREATED)
    @MayCall({Role.SUPERVISOR, Role.CITY_MANAGER, Role.ADMINISTRATOR})
    @Operation(
            summary =
                    "Revokes a range of a batch, a batch, or, by the administrator, a key version",
            description =
                    "give batch (with from and count for a part of it) or keyVersion; the next scan says"
                            + " it. 409 key-in-use, already-revoked")
    RevocationView revoke(@RequestBody NewRevocation body) {
        String reason = body.reason() == null ? "" : body.reason();
        Long batch = body.batch();
        Integer version = body.keyVersion();
        if (batch != null && version == null) {
            long from = body.from() == null ? 1 : body.from();
            Long count = body.count();
            if (count != null && count < 1) {
                throw Problems.of("count", "数量应为大于 0 的整数；整批撤销请省去。");
            }
            return view(
                    revoke.revoke(
                            signedIn.get(), batch, from - 1, count == null ? 0 : count, reason));
        }
        if (version == null || batch != null) {
            throw Problems.of("batch", "请给出 batch 或 keyVersion，二者之一。");
        }
        if (signedIn.get().role() != Role.ADMINISTRATOR) {
            throw Problems.of("keyVersion", "只有系统管理员可以撤销整个密钥版本；请给出 batch。");
        }
        return view(revoke.revokeVersion(signedIn.get(), version, reason));
    }

    private RevocationView view(Revoked r) {
        Long from = null;
        if (r.batch() != null) {
            from = ranges.of(r.batch()).map(range -> r.first() - range.first() + 1).orElse(null);
        }
        return new RevocationView(
                r.id(),
                r.keyVersion(),
                r.batch(),
                from,
                r.batch() == null ? null : r.count(),
                r.reason(),
                r.at());
    }

    /** A version to begin. */
    record NewVersion(@Nullable Integer current) {}

    /** Codes to revoke; {@code from} counts from 1. */
    record NewRevocation(
            @Nullable Long batch,
            @Nullable Long from,
            @Nullable Long count,
            @Nullable Integer keyVersion,
            @Nullable String reason) {}

    /** A revocation; batch, from and count are null for a whole key version. */
    record RevocationView(
            UUID id,
            int keyVersion,
            @Nullable Long batch,
            @Nullable Long from,
            @Nullable Long count,
            String reason,
            Instant at) {}
}
