package cn.xinyuan.server.access.web;

import cn.xinyuan.server.pages.Visitor;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** What Spring Security holds for a visitor during one request; never stored. */
final class VisitorAuthentication extends AbstractAuthenticationToken {

    private final transient Visitor visitor;

    VisitorAuthentication(Visitor visitor) {
        super(List.of(new SimpleGrantedAuthority("ROLE_" + visitor.role().name())));
        this.visitor = visitor;
        setAuthenticated(true);
    }

    Visitor visitor() {
        return visitor;
    }

    @Override
    public @Nullable Object getCredentials() {
        return null;
    }

    @Override
    public Object getPrincipal() {
        return visitor;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof VisitorAuthentication that && that.visitor.equals(visitor);
    }

    @Override
    public int hashCode() {
        return visitor.hashCode();
    }
}
