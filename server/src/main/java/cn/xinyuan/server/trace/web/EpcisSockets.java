package cn.xinyuan.server.trace.web;

import cn.xinyuan.epcis.EpcisJson;
import cn.xinyuan.epcis.query.SimpleEventQuery;
import cn.xinyuan.server.access.Accounts;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.trace.domain.CapturedEvents.Stored;
import cn.xinyuan.server.trace.domain.Schedule;
import cn.xinyuan.server.trace.domain.StandingQueries.Named;
import cn.xinyuan.server.trace.usecase.AskEvents;
import cn.xinyuan.server.trace.usecase.NamedQueries;
import cn.xinyuan.server.trace.usecase.QueryDocuments;
import cn.xinyuan.server.trace.usecase.QueryDocuments.EpcFormat;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.CloseReason;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.tomcat.websocket.server.WsSci;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Web sockets that hear of new events (EPCIS 2.0, 12.9). Each sends a query document for what
 * became visible since the last one, as it comes or by a schedule; a socket lives as long as its
 * query and its account do.
 */
@NullMarked
@Component
class EpcisSockets {

    private static final Logger LOG = LoggerFactory.getLogger(EpcisSockets.class);

    private static final int BATCH = 100;
    private static final int MOST_PER_ACCOUNT = 20;
    private static final int SEND_MILLIS = 10_000;
    private static final int TICKS_PER_PING = 30;

    private final AskEvents ask;
    private final NamedQueries queries;
    private final QueryDocuments documents;
    private final Accounts accounts;
    private final Clock clock;
    private final Set<Listener> open = ConcurrentHashMap.newKeySet();

    EpcisSockets(
            AskEvents ask,
            NamedQueries queries,
            QueryDocuments documents,
            Accounts accounts,
            Clock clock) {
        this.ask = ask;
        this.queries = queries;
        this.documents = documents;
        this.accounts = accounts;
        this.clock = clock;
    }

    /** The container's web sockets; no endpoint is registered, so only {@link #open} makes some. */
    @Bean
    static WebServerFactoryCustomizer<TomcatServletWebServerFactory> webSockets() {
        return factory ->
                factory.addContextCustomizers(
                        context -> context.addServletContainerInitializer(new WsSci(), null));
    }

    /**
     * Upgrades a request.
     *
     * @throws NamedQueries.NotPossible if the query or the schedule does not serve
     * @throws EpcisRefusal if the request comes from another site's page, or is one too many
     */
    void open(
            HttpServletRequest request,
            HttpServletResponse response,
            Visitor by,
            Named named,
            Negotiation wanted) {
        ownPagesOnly(request);
        SimpleEventQuery query = NamedQueries.query(named);
        NamedQueries.standing(query);
        Map<String, String> schedule = new LinkedHashMap<>();
        for (String field : Schedule.fields()) {
            String value = request.getParameter(field);
            if (value != null) {
                schedule.put(field, value);
            }
        }
        boolean stream = "true".equals(request.getParameter("stream"));
        if (stream != schedule.isEmpty()) {
            throw new EpcisRefusal(
                    400,
                    "SubscriptionControlsException",
                    "This cannot be subscribed to",
                    "give either stream=true or the fields of a schedule, and not both");
        }
        long same = open.stream().filter(l -> l.account.equals(by.account())).count();
        if (same >= MOST_PER_ACCOUNT) {
            throw new EpcisRefusal(
                    400,
                    "SubscriptionControlsException",
                    "This cannot be subscribed to",
                    "you have " + MOST_PER_ACCOUNT + " web sockets open; close one");
        }
        String initial = request.getParameter("initialRecordTime");
        Instant from = initial == null ? null : EpcisNamedQueriesApi.time(initial);
        Listener listener =
                new Listener(
                        by.account(),
                        named,
                        query.recordedFrom(from == null ? Instant.EPOCH : from),
                        schedule,
                        "true".equals(request.getParameter("reportIfEmpty")),
                        wanted.epcFormat(),
                        queries.start(from),
                        schedule.isEmpty()
                                ? Instant.EPOCH
                                : NamedQueries.next(schedule, clock.instant()));
        upgrade(request, response, listener);
    }

    private static void upgrade(
            HttpServletRequest request, HttpServletResponse response, Listener listener) {
        ServerContainer container =
                (ServerContainer)
                        request.getServletContext().getAttribute(ServerContainer.class.getName());
        if (container == null) {
            throw new EpcisRefusal(
                    501,
                    "ImplementationException",
                    "Functionality not supported by server",
                    "this server has no web sockets; subscribe by webhook");
        }
        ServerEndpointConfig config =
                ServerEndpointConfig.Builder.create(Listener.class, "/epcis/queries")
                        .configurator(
                                new ServerEndpointConfig.Configurator() {
                                    @Override
                                    public <T> T getEndpointInstance(Class<T> type) {
                                        return type.cast(listener);
                                    }
                                })
                        .build();
        try {
            container.upgradeHttpToWebSocket(request, response, config, Map.of());
        } catch (DeploymentException | IOException failed) {
            throw new EpcisRefusal(
                    400,
                    "ValidationException",
                    "The upgrade failed",
                    "this is no handshake of RFC 6455");
        }
    }

    /** A page of another site must not use the cookies of ours. */
    private static void ownPagesOnly(HttpServletRequest request) {
        String origin = request.getHeader("Origin");
        if (origin == null || request.getHeader("Authorization") != null) {
            return;
        }
        String host = request.getHeader("Host");
        try {
            if (host != null && host.equalsIgnoreCase(URI.create(origin).getRawAuthority())) {
                return;
            }
        } catch (IllegalArgumentException _) {
            // said below
        }
        throw new EpcisRefusal(
                403,
                "SecurityException",
                "Access to resource forbidden",
                "the page of another site may not listen; use a key in the Authorization header");
    }

    /** Looks what is new for every open socket. */
    @Scheduled(
            initialDelayString = "${xinyuan.epcis.tick:1s}",
            fixedDelayString = "${xinyuan.epcis.tick:1s}")
    void tick() {
        if (open.isEmpty()) {
            return;
        }
        long newest = ask.newest();
        for (Listener each : open) {
            if (each.busy.compareAndSet(false, true)) {
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    try {
                                        tell(each, newest);
                                    } finally {
                                        each.busy.set(false);
                                    }
                                });
            }
        }
    }

    private void tell(Listener listener, long newest) {
        Session session = listener.session;
        if (session == null || !session.isOpen()) {
            open.remove(listener);
            return;
        }
        try {
            Optional<Visitor> reader = accounts.findEnabled(listener.account);
            if (reader.isEmpty() || queries.stillThere(listener.named.id()).isEmpty()) {
                open.remove(listener);
                session.close(
                        new CloseReason(
                                CloseReason.CloseCodes.NORMAL_CLOSURE, "the query is no more"));
                return;
            }
            Instant now = clock.instant();
            if (++listener.ticks % TICKS_PER_PING == 0) {
                session.getBasicRemote().sendPing(ByteBuffer.allocate(0));
            }
            if (listener.next.isAfter(now)) {
                return;
            }
            boolean told = false;
            while (listener.position < newest) {
                List<Stored> some =
                        ask.since(reader.get(), listener.query, listener.position, BATCH).stream()
                                .filter(e -> e.seq() <= newest)
                                .toList();
                if (some.isEmpty()) {
                    listener.position = newest;
                    break;
                }
                send(session, listener, some);
                told = true;
                listener.position = some.getLast().seq();
            }
            if (!listener.schedule.isEmpty()) {
                if (!told && listener.reportIfEmpty) {
                    send(session, listener, List.of());
                }
                listener.next = NamedQueries.next(listener.schedule, now);
            }
        } catch (IOException | RuntimeException failed) {
            LOG.info("a web socket was not told: {}", failed.toString());
            open.remove(listener);
            try {
                session.close();
            } catch (IOException gone) {
                LOG.debug("it was gone already", gone);
            }
        }
    }

    private void send(Session session, Listener listener, List<Stored> events) throws IOException {
        session.getBasicRemote()
                .sendText(
                        EpcisJson.text(
                                documents.document(
                                        listener.named.name(),
                                        listener.id.toString(),
                                        events,
                                        listener.format)));
    }

    /** One open socket. */
    private final class Listener extends Endpoint {
        private final UUID id = UUID.randomUUID();
        private final UUID account;
        private final Named named;
        private final SimpleEventQuery query;
        private final Map<String, String> schedule;
        private final boolean reportIfEmpty;
        private final EpcFormat format;
        private final AtomicBoolean busy = new AtomicBoolean();
        private volatile @Nullable Session session;
        private volatile long position;
        private volatile Instant next;
        private int ticks;

        private Listener(
                UUID account,
                Named named,
                SimpleEventQuery query,
                Map<String, String> schedule,
                boolean reportIfEmpty,
                EpcFormat format,
                long position,
                Instant next) {
            this.account = account;
            this.named = named;
            this.query = query;
            this.schedule = schedule;
            this.reportIfEmpty = reportIfEmpty;
            this.format = format;
            this.position = position;
            this.next = next;
        }

        @Override
        public void onOpen(Session opened, EndpointConfig config) {
            opened.setMaxTextMessageBufferSize(1024);
            opened.setMaxBinaryMessageBufferSize(1024);
            opened.getUserProperties()
                    .put("org.apache.tomcat.websocket.BLOCKING_SEND_TIMEOUT", (long) SEND_MILLIS);
            session = opened;
            open.add(this);
        }

        @Override
        public void onClose(Session closed, CloseReason reason) {
            open.remove(this);
        }

        @Override
        public void onError(Session broken, Throwable cause) {
            LOG.debug("a web socket broke", cause);
            open.remove(this);
        }
    }
}
