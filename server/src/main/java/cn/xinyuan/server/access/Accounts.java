package cn.xinyuan.server.access;

import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.Visitor;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the rest of the program may ask of, and tell, access. */
public interface Accounts {

    /**
     * Opens an account. For the set-up of an installation and for the demo season; people open
     * accounts on the administrator's pages.
     *
     * @throws cn.xinyuan.server.pages.Problems if the name is taken or the password too weak
     */
    Visitor open(NewAccount account);

    /** Makes an API key for an account; the token is told once and kept as a hash only. */
    String newKey(UUID account, String label);

    Optional<Visitor> findByName(String loginName);

    /** The account as it is now; empty if there is none or it is closed. */
    Optional<Visitor> findEnabled(UUID account);

    /**
     * The name of the person in charge of a district: an enabled supervisor, the one with the
     * closest district first.
     */
    Optional<String> officerFor(String district);

    /** An account as it comes in: officials have districts, everyone else a party. */
    record NewAccount(
            String loginName,
            String displayName,
            Role role,
            @Nullable UUID party,
            Set<String> districts,
            String password) {}
}
