package cn.xinyuan.server.access.domain;

import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.Visitor;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One person or machine that may come in, with one role.
 *
 * @param party whom it acts for; null for officials
 * @param districts prefixes of GB/T 2260 codes an official sees; the empty prefix is everything
 * @param mustChange the password was given by somebody else and should be replaced
 */
public record Account(
        UUID id,
        LoginName name,
        String displayName,
        Role role,
        @Nullable UUID party,
        Set<String> districts,
        boolean mustChange,
        boolean enabled,
        Instant createdAt) {

    public Account {
        districts = Set.copyOf(districts);
        if (role.isOfficial() ? party != null || districts.isEmpty() : party == null) {
            throw new IllegalArgumentException(
                    "an official has districts and no party, everyone else a party: "
                            + name.text());
        }
    }

    public Visitor visitor() {
        return new Visitor(id, displayName, role, party, districts);
    }
}
