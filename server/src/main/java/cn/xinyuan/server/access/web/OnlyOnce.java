package cn.xinyuan.server.access.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import cn.xinyuan.server.access.domain.Answers;
import cn.xinyuan.server.access.domain.Answers.Answer;
import cn.xinyuan.server.access.domain.Answers.Claim;
import cn.xinyuan.server.access.domain.Answers.Keyed;
import cn.xinyuan.server.access.domain.Secret;
import cn.xinyuan.server.access.domain.WallTime;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Carries out a POST with a key once. The key is the {@code Idempotency-Key} header of an API call,
 * or the hidden {@code _key} field of a form. The answer to a request that was carried out, or that
 * the rules refused (409), is kept for a week and given again; a request that could not be
 * understood changed nothing, so its key may be used again. One that comes while the first is under
 * way waits for its answer: whoever presses a button twice sees what came of the first.
 */
final class OnlyOnce extends OncePerRequestFilter {

    /** The request's answer holds a secret that is told once: keep the fact, not the answer. */
    static final String TOLD_ONCE = OnlyOnce.class.getName() + ".toldOnce";

    private static final ThreadLocal<CarriedOut> CARRIED_OUT = new ThreadLocal<>();

    /** As long as people, and most machines, wait for an answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration PAUSE = Duration.ofMillis(50);

    private static final UUID STRANGER = new UUID(0, 0);
    private static final int LIMIT = 5 << 20;
    private static final Duration KEPT = Duration.ofDays(7);

    private final Answers answers;
    private final WallTime time;
    private final UUID process = UUID.randomUUID();
    private volatile Instant lastForgotten = Instant.EPOCH;

    OnlyOnce(Answers answers, WallTime time) {
        this.answers = answers;
        this.time = time;
    }

    /** The keyed request that the present thread carries out, if it does. */
    static @Nullable CarriedOut carriedOut() {
        return CARRIED_OUT.get();
    }

    /** A keyed request under way, and whether a transaction of it has committed. */
    static final class CarriedOut {
        private final Keyed keyed;
        private boolean committed;

        private CarriedOut(Keyed keyed) {
            this.keyed = keyed;
        }

        Keyed keyed() {
            return keyed;
        }

        void committed() {
            committed = true;
        }
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain rest)
            throws ServletException, IOException {
        String path = request.getRequestURI();
        if (!Doorkeeper.changes(request)) {
            rest.doFilter(request, response);
        } else if (path.startsWith("/api/") || path.startsWith("/epcis/")) {
            ofApi(request, response, rest);
        } else {
            ofForm(request, response, rest);
        }
    }

    private void ofApi(HttpServletRequest request, HttpServletResponse response, FilterChain rest)
            throws ServletException, IOException {
        String key = request.getHeader("Idempotency-Key");
        boolean multipart =
                request.getContentType() != null
                        && request.getContentType().startsWith("multipart/");
        if (key == null
                || multipart
                || !request.getMethod().equals("POST")
                || account().equals(STRANGER)) {
            rest.doFilter(request, response);
            return;
        }
        byte[] body = request.getInputStream().readNBytes(LIMIT);
        if (body.length == LIMIT) {
            response.sendError(413);
            return;
        }
        var again = new ReadAgain(request, body);
        if (key.isBlank() || key.length() > 200) {
            Refusals.problem(
                    response, 400, "bad-key", "Idempotency-Key 不对", "请用 1 至 200 个字符，例如 UUID。");
            return;
        }
        var keyed = new Keyed(account(), target(request), key, Secret.sha256(body));
        once(keyed, again, response, rest, true);
    }

    private void ofForm(HttpServletRequest request, HttpServletResponse response, FilterChain rest)
            throws ServletException, IOException {
        String key = request.getMethod().equals("POST") ? request.getParameter("_key") : null;
        if (key == null || key.length() < 16 || key.length() > 64 || holdsPassword(request)) {
            rest.doFilter(request, response);
            return;
        }
        var fields = new TreeMap<>(request.getParameterMap());
        fields.remove("_csrf");
        fields.remove("_key");
        var text = new StringBuilder();
        fields.forEach((name, values) -> text.append(name).append(Arrays.toString(values)));
        var keyed =
                new Keyed(
                        account(),
                        target(request),
                        key,
                        Secret.sha256(text.toString().getBytes(UTF_8)));
        once(keyed, request, response, rest, false);
    }

    /**
     * A plain hash of a password does not belong into the database; signing in twice is harmless.
     */
    private static boolean holdsPassword(HttpServletRequest request) {
        return request.getParameterMap().keySet().stream().anyMatch(n -> n.startsWith("password"));
    }

    private void once(
            Keyed keyed,
            HttpServletRequest request,
            HttpServletResponse response,
            FilterChain rest,
            boolean api)
            throws ServletException, IOException {
        forgetNowAndThen();
        switch (claimed(keyed)) {
            case Claim.New fresh -> carryOut(keyed, request, response, rest, api);
            case Claim.Done done -> repeat(done.answer(), response);
            case Claim.Running running -> {
                response.setHeader("Retry-After", "1");
                no(api, response, 409, "in-progress", "同一请求正在处理", "请稍后用同一个键重试，会得到同一个结果。");
            }
            case Claim.AnswerLost lost ->
                    no(api, response, 409, "answer-lost", "已经办过", "这个请求已经办成，但回答丢失了。请查询结果，不要换键重发。");
            case Claim.OtherBody other -> {
                if (api) {
                    no(
                            true,
                            response,
                            422,
                            "key-reused",
                            "键已用过",
                            "同一个 Idempotency-Key 用在了另一份内容上，请换一个新的键。");
                } else {
                    no(false, response, 409, "key-reused", "已经提交过", "这份表单已经提交过一次。请重新打开页面再填。");
                }
            }
        }
    }

    private Claim claimed(Keyed keyed) {
        Instant end = Instant.now().plus(PATIENCE);
        while (true) {
            Claim claim = answers.claim(keyed, process, time.now());
            if (!(claim instanceof Claim.Running) || Instant.now().isAfter(end)) {
                return claim;
            }
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return claim;
            }
        }
    }

    private void carryOut(
            Keyed keyed,
            HttpServletRequest request,
            HttpServletResponse response,
            FilterChain rest,
            boolean api)
            throws ServletException, IOException {
        var wrapped = new ContentCachingResponseWrapper(response);
        boolean kept = false;
        var carriedOut = new CarriedOut(keyed);
        CARRIED_OUT.set(carriedOut);
        int status = 500;
        try {
            rest.doFilter(request, wrapped);
            status = wrapped.getStatus();
            if (request.getAttribute(TOLD_ONCE) != null && status < 300) {
                answers.keep(keyed, toldOnce(request, api));
                kept = true;
            } else if (status < 400 || (api && status == 409)) {
                answers.keep(
                        keyed,
                        new Answer(
                                status,
                                wrapped.getContentType(),
                                wrapped.getHeader("Location"),
                                wrapped.getContentAsByteArray()));
                kept = true;
            }
        } finally {
            CARRIED_OUT.remove();
            if (!kept && status >= 500 && carriedOut.committed) {
                answers.lose(keyed);
            } else if (!kept) {
                answers.release(keyed);
            }
        }
        wrapped.copyBodyToResponse();
    }

    private static Answer toldOnce(HttpServletRequest request, boolean api) {
        if (!api) {
            return new Answer(303, null, request.getRequestURI(), new byte[0]);
        }
        String body =
                """
                {"type":"about:blank","title":"已经办过","status":409,"detail":"密钥只显示一次；没有收到就作废它，再建一个。","rule":"told-once"}\
                """;
        return new Answer(409, "application/problem+json", null, body.getBytes(UTF_8));
    }

    private static void repeat(Answer answer, HttpServletResponse response) throws IOException {
        response.setStatus(answer.status());
        response.setHeader("Idempotency-Replayed", "true");
        if (answer.contentType() != null) {
            response.setContentType(answer.contentType());
        }
        if (answer.location() != null) {
            response.setHeader("Location", answer.location());
        }
        response.setContentLength(answer.body().length);
        response.getOutputStream().write(answer.body());
    }

    private static void no(
            boolean api,
            HttpServletResponse response,
            int status,
            String rule,
            String title,
            String detail)
            throws IOException {
        if (api) {
            Refusals.problem(response, status, rule, title, detail);
        } else {
            response.sendError(status, detail);
        }
    }

    private void forgetNowAndThen() {
        Instant now = time.now();
        if (lastForgotten.plus(Duration.ofHours(1)).isBefore(now)) {
            lastForgotten = now;
            answers.forget(now.minus(KEPT));
        }
    }

    private static UUID account() {
        return SecurityContextHolder.getContext().getAuthentication()
                        instanceof VisitorAuthentication present
                ? present.visitor().account()
                : STRANGER;
    }

    private static String target(HttpServletRequest request) {
        String query = request.getQueryString();
        String target = request.getRequestURI() + (query == null ? "" : "?" + query);
        return target.length() <= 500 ? target : target.substring(0, 500);
    }

    /** The request with its body read already. */
    private static final class ReadAgain extends HttpServletRequestWrapper {

        private final byte[] body;

        ReadAgain(HttpServletRequest request, byte[] body) {
            super(request);
            this.body = body;
        }

        @Override
        public ServletInputStream getInputStream() {
            var bytes = new ByteArrayInputStream(body);
            return new ServletInputStream() {
                @Override
                public boolean isFinished() {
                    return bytes.available() == 0;
                }

                @Override
                public boolean isReady() {
                    return true;
                }

                @Override
                public void setReadListener(ReadListener listener) {
                    throw new UnsupportedOperationException("the body is read at once");
                }

                @Override
                public int read() {
                    return bytes.read();
                }

                @Override
                public int read(byte[] into, int from, int length) {
                    return bytes.read(into, from, length);
                }
            };
        }

        @Override
        public BufferedReader getReader() {
            return new BufferedReader(new InputStreamReader(getInputStream(), UTF_8));
        }
    }
}
