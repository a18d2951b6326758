package cn.xinyuan.server.access.web;

import cn.xinyuan.server.pages.SignedIn;
import cn.xinyuan.server.pages.Visitor;
import java.util.Optional;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

/** Answers who makes the present request. */
@Component
class PresentVisitor implements SignedIn {

    @Override
    public Optional<Visitor> find() {
        return SecurityContextHolder.getContext().getAuthentication()
                        instanceof VisitorAuthentication present
                ? Optional.of(present.visitor())
                : Optional.empty();
    }
}
