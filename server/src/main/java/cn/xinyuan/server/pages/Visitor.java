package cn.xinyuan.server.pages;

import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The person or machine that makes the present request.
 *
 * @param account the account; what a decision is signed with
 * @param name the name to show, in the person's own script
 * @param role the one role of the account
 * @param party the party the account acts for; null for officials
 * @param districts six-digit codes (GB/T 2260) the account may see, as prefixes: {@code 4409} is
 *     the whole city; empty for accounts that are scoped by party
 */
public record Visitor(
        UUID account, String name, Role role, @Nullable UUID party, Set<String> districts) {

    public Visitor {
        districts = Set.copyOf(districts);
    }

    /**
     * Whether this visitor may see what belongs to {@code owner}, which lies in {@code district}.
     */
    public boolean maySee(UUID owner, String district) {
        return owner.equals(party) || seesDistrict(district);
    }

    /** Whether a code of GB/T 2260 lies within the visitor's districts. */
    public boolean seesDistrict(String district) {
        return role.isOfficial() && districts.stream().anyMatch(district::startsWith);
    }
}
