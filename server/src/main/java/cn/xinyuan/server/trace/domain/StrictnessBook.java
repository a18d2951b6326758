package cn.xinyuan.server.trace.domain;

import cn.xinyuan.epcis.Strictness.Profile;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/** Who chose how strictly the documents of which account are judged. */
@NullMarked
public interface StrictnessBook {

    /** The choices that count now, by account. */
    Map<UUID, Choice> choices();

    void choose(UUID account, Choice choice);

    /**
     * @param profile null to go back to the setting of the platform
     */
    record Choice(@Nullable Profile profile, UUID by, Instant at) {}
}
