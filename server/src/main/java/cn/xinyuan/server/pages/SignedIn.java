package cn.xinyuan.server.pages;

import java.util.Optional;

/** Who is signed in; {@code access} knows. */
public interface SignedIn {

    /** Empty for a shopper, or anyone else without an account. */
    Optional<Visitor> find();

    /**
     * The visitor of a handler that is closed to strangers.
     *
     * @throws IllegalStateException if nobody is signed in; the handler then lacks {@link MayCall}
     */
    default Visitor get() {
        return find().orElseThrow(() -> new IllegalStateException("nobody is signed in"));
    }
}
