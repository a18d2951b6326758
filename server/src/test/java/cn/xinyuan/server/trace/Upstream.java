package cn.xinyuan.server.trace;

import cn.xinyuan.server.catalog.Catalog;
import cn.xinyuan.server.catalog.Product;
import cn.xinyuan.server.farming.Farming;
import cn.xinyuan.server.farming.Farming.HarvestGate;
import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.SignedIn;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.parties.Base;
import cn.xinyuan.server.parties.District;
import cn.xinyuan.server.parties.Parties;
import cn.xinyuan.server.parties.Party;
import cn.xinyuan.server.parties.Plot;
import cn.xinyuan.server.standards.Standards;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** The rooms below trace, kept in memory: parties, plots, products, yields and gates. */
@TestConfiguration(proxyBeanMethods = false)
public class Upstream {

    /** The day of the tests. */
    static final LocalDate TODAY = LocalDate.of(2025, 6, 11);

    @Bean
    @Primary
    Clock clockOfTheSeason() {
        return Clock.fixed(Instant.parse("2025-06-11T02:00:00Z"), ZoneOffset.UTC);
    }

    @Bean
    @Primary
    SignedIn nobodySignedIn() {
        return Optional::empty;
    }

    @Bean
    @Primary
    Village village() {
        return new Village();
    }

    @Bean
    @Primary
    Shop shop() {
        return new Shop();
    }

    @Bean
    @Primary
    Fields fields() {
        return new Fields();
    }

    @Bean
    @Primary
    Standards wordsOfStandards() {
        return (Standards)
                Proxy.newProxyInstance(
                        Standards.class.getClassLoader(),
                        new Class<?>[] {Standards.class},
                        (self, method, args) ->
                                switch (method.getName()) {
                                    case "categoryName" -> "荔枝";
                                    case "hashCode" -> System.identityHashCode(self);
                                    case "equals" -> self == args[0];
                                    default -> throw new UnsupportedOperationException();
                                });
    }

    @Bean
    @Primary
    Farming farmingOfFields(Fields fields) {
        return fields.asFarming();
    }

    static Visitor clerk(UUID party) {
        return new Visitor(UUID.randomUUID(), "经办（演示）", Role.CLERK, party, Set.of());
    }

    /** Parties and plots. */
    static final class Village implements Parties {
        private final Map<UUID, Party> parties = new ConcurrentHashMap<>();
        private final Map<UUID, Plot> plots = new ConcurrentHashMap<>();
        private final AtomicLong number = new AtomicLong(1);

        Party cooperative(String name) {
            return add(name, Party.Kind.COOPERATIVE, "440904001");
        }

        Party add(String name, Party.Kind kind, String district) {
            long n = number.getAndIncrement();
            var party =
                    new Party(
                            UUID.randomUUID(),
                            kind,
                            name + "（演示）",
                            "Demo " + n,
                            null,
                            gln(n),
                            district,
                            "张示例",
                            "13800000001");
            parties.put(party.id(), party);
            return party;
        }

        Plot plot(Party party) {
            var plot =
                    new Plot(
                            UUID.randomUUID(),
                            UUID.randomUUID(),
                            "根子-" + number.getAndIncrement(),
                            party.id(),
                            null,
                            new BigDecimal("10"),
                            "litchi",
                            "桂味",
                            party.district());
            plots.put(plot.id(), plot);
            return plot;
        }

        private static String gln(long n) {
            String twelve = "952%09d".formatted(n);
            int sum = 0;
            for (int i = 0; i < 12; i++) {
                sum += (twelve.charAt(i) - '0') * (i % 2 == 0 ? 1 : 3);
            }
            return twelve + (10 - sum % 10) % 10;
        }

        @Override
        public Party register(Visitor by, NewParty party) {
            return add(party.name(), party.kind(), party.district());
        }

        @Override
        public Base addBase(Visitor by, UUID party, String name, String district) {
            return new Base(UUID.randomUUID(), party, name, district);
        }

        @Override
        public Plot addPlot(Visitor by, NewPlot plot) {
            return plot(parties.values().iterator().next());
        }

        @Override
        public void enrol(Visitor by, UUID cooperative, UUID farmer) {
            throw new NotFound("no members here");
        }

        @Override
        public Optional<Party> find(UUID id) {
            return Optional.ofNullable(parties.get(id));
        }

        @Override
        public Party get(UUID id) {
            return find(id).orElseThrow(() -> new NotFound("party"));
        }

        @Override
        public Optional<Party> findByGln(String gln) {
            return parties.values().stream().filter(p -> p.gln().equals(gln)).findFirst();
        }

        @Override
        public List<Party> all(Party.Kind kind) {
            return parties.values().stream().filter(p -> p.kind() == kind).toList();
        }

        @Override
        public Optional<Plot> findPlot(UUID id) {
            return Optional.ofNullable(plots.get(id));
        }

        @Override
        public Plot getPlot(UUID id) {
            return findPlot(id).orElseThrow(() -> new NotFound("plot"));
        }

        @Override
        public List<Plot> plotsIn(Set<String> districts) {
            throw new UnsupportedOperationException("plotsIn");
        }

        @Override
        public List<Plot> plotsOf(UUID party) {
            return plots.values().stream().filter(p -> p.party().equals(party)).toList();
        }

        @Override
        public List<Base> basesOf(UUID party) {
            return List.of();
        }

        @Override
        public List<Party> membersOf(UUID cooperative) {
            return List.of();
        }

        @Override
        public District district(String code) {
            return new District(code, code.equals("440904001") ? "根子镇" : code, "Genzi");
        }

        @Override
        public List<District> districts() {
            return List.of(district("440904001"));
        }
    }

    /** Products. */
    static final class Shop implements Catalog {
        private final Map<UUID, Product> products = new ConcurrentHashMap<>();
        private final AtomicLong number = new AtomicLong(1);

        Product box(Party party, String packKg) {
            var product =
                    new Product(
                            UUID.randomUUID(),
                            party.id(),
                            gtin(number.getAndIncrement()),
                            "桂味荔枝",
                            "Guiwei litchi",
                            "litchi",
                            "桂味",
                            "一级",
                            new BigDecimal(packKg),
                            packKg + " kg 礼盒",
                            false);
            products.put(product.id(), product);
            return product;
        }

        private static String gtin(long n) {
            String thirteen = "0952%09d".formatted(n);
            int sum = 0;
            for (int i = 0; i < 13; i++) {
                sum += (thirteen.charAt(i) - '0') * (i % 2 == 0 ? 3 : 1);
            }
            return thirteen + (10 - sum % 10) % 10;
        }

        @Override
        public Product register(Visitor by, NewProduct product) {
            throw new NotFound("not here");
        }

        @Override
        public Optional<Product> find(UUID id) {
            return Optional.ofNullable(products.get(id));
        }

        @Override
        public Product get(UUID id) {
            return find(id).orElseThrow(() -> new NotFound("product"));
        }

        @Override
        public Optional<Product> findByGtin(String gtin) {
            return products.values().stream().filter(p -> p.gtin().equals(gtin)).findFirst();
        }

        @Override
        public List<Product> productsOf(UUID party) {
            return products.values().stream().filter(p -> p.party().equals(party)).toList();
        }

        @Override
        public List<Product> all() {
            return List.copyOf(products.values());
        }

        @Override
        public Brand brand() {
            return new Brand("示例市", "Demo City", "信字号", "Xin", "示例运营", "12315");
        }
    }

    /** Yields and gates: what trace asks of farming. */
    static final class Fields {
        private final Map<String, BigDecimal> caps = new ConcurrentHashMap<>();
        private final Map<UUID, LocalDate> closed = new ConcurrentHashMap<>();

        void cap(UUID plot, String kilograms) {
            caps.put(plot + ":" + TODAY.getYear(), new BigDecimal(kilograms));
        }

        void closeUntil(UUID plot, LocalDate day) {
            closed.put(plot, day);
        }

        private HarvestGate gate(UUID plot, LocalDate day) {
            @Nullable LocalDate until = closed.get(plot);
            return until == null || !day.isBefore(until)
                    ? new HarvestGate(true, null, List.of())
                    : new HarvestGate(false, until, List.of("吡唑醚菌酯 安全间隔期未满"));
        }

        Farming asFarming() {
            return (Farming)
                    Proxy.newProxyInstance(
                            Farming.class.getClassLoader(),
                            new Class<?>[] {Farming.class},
                            (self, method, args) ->
                                    switch (method.getName()) {
                                        case "seasonCap" ->
                                                Optional.ofNullable(
                                                        caps.get(args[0] + ":" + args[1]));
                                        case "gate" -> gate((UUID) args[0], (LocalDate) args[1]);
                                        case "hashCode" -> System.identityHashCode(self);
                                        case "equals" -> self == args[0];
                                        case "toString" -> "fields";
                                        default ->
                                                throw new UnsupportedOperationException(
                                                        method.getName());
                                    });
        }
    }
}
