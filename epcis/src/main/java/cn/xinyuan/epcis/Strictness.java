package cn.xinyuan.epcis;

import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;

/**
 * How strictly documents are judged: a profile, with single checks set otherwise for a client.
 *
 * @param profile the column of {@link Check} that holds
 * @param otherwise checks with a severity of their own
 * @param clock what is now, for times that lie ahead
 */
public record Strictness(Profile profile, Map<Check, Severity> otherwise, InstantSource clock) {

    /** The three columns of the table. */
    public enum Profile {
        /** Takes in what can be understood at all. */
        LENIENT,
        /** Refuses what contradicts the standard; tells what is doubtful. */
        NORMAL,
        /** Refuses also what the standard's SHALL clauses forbid but partners often send. */
        STRICT
    }

    public static final Strictness LENIENT = of(Profile.LENIENT);
    public static final Strictness NORMAL = of(Profile.NORMAL);
    public static final Strictness STRICT = of(Profile.STRICT);

    public Strictness {
        otherwise = Map.copyOf(otherwise);
    }

    /** A profile as it stands. */
    public static Strictness of(Profile profile) {
        return new Strictness(profile, Map.of(), InstantSource.system());
    }

    /** The same with one check set otherwise. */
    public Strictness with(Check check, Severity severity) {
        Map<Check, Severity> more = new EnumMap<>(Check.class);
        more.putAll(otherwise);
        more.put(check, severity);
        return new Strictness(profile, more, clock);
    }

    /** The same by another clock. */
    public Strictness at(InstantSource other) {
        return new Strictness(profile, otherwise, other);
    }

    /** What a finding of this check does. */
    public Severity of(Check check) {
        return otherwise.getOrDefault(check, check.severity(profile));
    }
}
