package cn.xinyuan.server.parties;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A person or body that handles goods, tests or supervises them.
 *
 * @param creditCode the unified social credit code (GB 32100-2015); null for individual farmers
 * @param gln the 13-digit GS1 location number under which its events are written
 * @param district code of GB/T 2260, six digits or nine for a town
 */
public record Party(
        UUID id,
        Kind kind,
        String name,
        String nameEn,
        @Nullable String creditCode,
        String gln,
        String district,
        String contact,
        String phone) {

    /** What a party is. */
    public enum Kind {
        COOPERATIVE,
        ENTERPRISE,
        FARMER,
        RETAILER,
        LABORATORY,
        AUTHORITY,
        ASSOCIATION
    }
}
