package cn.xinyuan.server.pages;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the frame around a page needs to know.
 *
 * @param active address of the navigation entry the page belongs to, such as {@code /p/lots}
 * @param visitor null for strangers
 * @param csrfName name of the hidden field against forged requests
 * @param csrf its value; empty where there is no session
 * @param key a value used once: a form sent twice is carried out once
 * @param demo whether the data are those of the demonstration
 */
public record Shell(
        String active,
        @Nullable Visitor visitor,
        List<Nav.Group> groups,
        String csrfName,
        String csrf,
        String key,
        boolean demo,
        boolean english) {

    /** For pages without a visitor, such as error pages outside any session. */
    public static Shell stranger(boolean english) {
        return new Shell("", null, List.of(), "_csrf", "", "", false, english);
    }

    public String home() {
        return visitor == null ? "/" : Nav.home(visitor.role());
    }

    /** The role in words. */
    public String roleName() {
        return visitor == null ? "" : visitor.role().word();
    }
}
