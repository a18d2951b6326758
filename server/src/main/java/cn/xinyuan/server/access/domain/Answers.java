package cn.xinyuan.server.access.domain;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The answers given to keyed POST requests (Idempotency-Key of the IETF HTTPAPI draft; the hidden
 * one-time field of a form). A request is claimed before it is carried out; what it changes commits
 * together with the mark that it did.
 */
public interface Answers {

    Claim claim(Keyed request, UUID process, Instant now);

    /** Joins the present transaction: the claimed request changed something. */
    void markCommitted(Keyed request);

    void keep(Keyed request, Answer answer);

    /** The request changed nothing that must not happen twice: the key may be used again. */
    void release(Keyed request);

    /**
     * The request changed something and then failed: it must not be carried out again, and there is
     * no answer to repeat.
     */
    void lose(Keyed request);

    /** Removes answers older than an instant. */
    void forget(Instant before);

    /** A request that bears a key. */
    @SuppressWarnings("ArrayRecordComponent")
    record Keyed(UUID account, String path, String key, byte[] bodyHash) {}

    /** What was answered. */
    @SuppressWarnings("ArrayRecordComponent")
    record Answer(
            int status, @Nullable String contentType, @Nullable String location, byte[] body) {}

    /** What became of a claim. */
    sealed interface Claim {
        /** Nobody did this before: carry it out. */
        record New() implements Claim {}

        /** It was done: say the same again. */
        record Done(Answer answer) implements Claim {}

        /** It is being done just now. */
        record Running() implements Claim {}

        /** It was done, but its answer was lost: the program stopped, or failed after it. */
        record AnswerLost() implements Claim {}

        /** The key was used for something else. */
        record OtherBody() implements Claim {}
    }
}
