package cn.xinyuan.server.trace.usecase;

import cn.xinyuan.epcis.Strictness;
import cn.xinyuan.server.pages.Visitor;
import java.time.Clock;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * How strictly the documents of a client are judged: {@code lenient}, {@code normal} or {@code
 * strict}. Set for an account by {@code xinyuan.capture.strictness.ACCOUNT}, for a party by {@code
 * xinyuan.capture.strictness.PARTY} (their ids), for all others by {@code
 * xinyuan.capture.strictness.default}.
 */
@NullMarked
@Component
public class HowStrict {

    private static final String SETTING = "xinyuan.capture.strictness.";

    private final Environment settings;
    private final Clock clock;

    HowStrict(Environment settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * @throws IllegalArgumentException if the setting is none of the three words
     */
    public Strictness with(Visitor by) {
        UUID party = by.party();
        String word = settings.getProperty(SETTING + by.account());
        if (word == null && party != null) {
            word = settings.getProperty(SETTING + party);
        }
        return Strictness.of(profile(word)).at(clock);
    }

    private Strictness.Profile profile(@Nullable String word) {
        String said = word == null ? settings.getProperty(SETTING + "default", "normal") : word;
        return Strictness.Profile.valueOf(said.strip().toUpperCase(Locale.ROOT));
    }
}
