package cn.xinyuan.server.access.web;

import cn.xinyuan.server.pages.AnyoneMayCall;
import cn.xinyuan.server.pages.MayCall;
import cn.xinyuan.server.pages.SignedIn;
import cn.xinyuan.server.pages.Visitor;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Compares what a handler says about its callers with who calls. A silent handler is shut. */
@Component
class WhoMayCall implements HandlerInterceptor {

    private final SignedIn signedIn;

    WhoMayCall(SignedIn signedIn) {
        this.signedIn = signedIn;
    }

    @Override
    public boolean preHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException {
        if (!(handler instanceof HandlerMethod method) || isOfTheFrameworks(method)) {
            return true;
        }
        MayCall may = AnnotatedElementUtils.findMergedAnnotation(method.getMethod(), MayCall.class);
        if (may == null) {
            if (says(method, AnyoneMayCall.class)) {
                return true;
            }
            may = AnnotatedElementUtils.findMergedAnnotation(method.getBeanType(), MayCall.class);
        }
        Optional<Visitor> visitor = signedIn.find();
        if (visitor.isEmpty()) {
            Refusals.notSignedIn(request, response);
            return false;
        }
        if (may == null || !Arrays.asList(may.value()).contains(visitor.get().role())) {
            forbidden(request, response);
            return false;
        }
        return true;
    }

    private static boolean says(
            HandlerMethod method, Class<? extends java.lang.annotation.Annotation> word) {
        return AnnotatedElementUtils.hasAnnotation(method.getMethod(), word)
                || AnnotatedElementUtils.hasAnnotation(method.getBeanType(), word);
    }

    /**
     * The error page, the health of the program and the API description are not ours to annotate.
     */
    private static boolean isOfTheFrameworks(HandlerMethod method) {
        String name = method.getBeanType().getName();
        return name.startsWith("org.springframework.") || name.startsWith("org.springdoc.");
    }

    private static void forbidden(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (Refusals.isMachine(request)) {
            Refusals.wrongRole(request, response);
        } else {
            response.sendError(403, "您的角色不能看这一页");
        }
    }
}
