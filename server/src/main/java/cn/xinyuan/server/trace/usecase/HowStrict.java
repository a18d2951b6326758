package cn.xinyuan.server.trace.usecase;

import cn.xinyuan.epcis.Strictness;
import cn.xinyuan.epcis.Strictness.Profile;
import cn.xinyuan.server.access.Accounts;
import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.trace.domain.StrictnessBook;
import cn.xinyuan.server.trace.domain.StrictnessBook.Choice;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * How strictly the documents of a client are judged: {@code lenient}, {@code normal} or {@code
 * strict}. What the owner of an account, or the operator for him, chose comes first; then {@code
 * xinyuan.capture.strictness.ACCOUNT}, {@code xinyuan.capture.strictness.PARTY} (their ids), and
 * {@code xinyuan.capture.strictness.default}. A choice made on another node counts within a second.
 */
@NullMarked
@Component
public class HowStrict {

    private static final String SETTINGS = "xinyuan.capture.strictness";
    private static final Set<Role> CAPTURING =
            Set.of(Role.ADMINISTRATOR, Role.CLERK, Role.RETAILER);
    private static final long REMEMBERED = 1_000_000_000L;

    private final Map<String, Profile> settings;
    private final StrictnessBook book;
    private final Accounts accounts;
    private final Clock clock;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile Remembered remembered = new Remembered(Map.of(), 0, false);

    private record Remembered(Map<UUID, Choice> choices, long since, boolean read) {
        boolean holds() {
            return read && System.nanoTime() - since < REMEMBERED;
        }
    }

    HowStrict(Environment settings, StrictnessBook book, Accounts accounts, Clock clock) {
        this.settings =
                Binder.get(settings)
                        .bind(SETTINGS, Bindable.mapOf(String.class, Profile.class))
                        .orElse(Map.of());
        this.book = book;
        this.accounts = accounts;
        this.clock = clock;
    }

    /**
     * How an account's documents are judged.
     *
     * @param chosen null when nobody chose, or whoever chose went back to the setting
     */
    public record Standing(Visitor account, Profile profile, @Nullable Choice chosen) {}

    /** For reading what he sends now. */
    public Strictness with(Visitor by) {
        return Strictness.of(profile(by)).at(clock);
    }

    /**
     * How the documents of an account are judged.
     *
     * @param account its log-in name or id; empty for one's own
     * @throws NotFound if there is none that captures; only administrators ask for others
     */
    public Standing of(Visitor by, String account) {
        Visitor owner = owner(by, account);
        Choice choice = choices().get(owner.account());
        return new Standing(
                owner, profile(owner), choice == null || choice.profile() == null ? null : choice);
    }

    /**
     * Chooses for an account.
     *
     * @param account as in {@link #of}
     * @param profile null to go back to the setting of the platform
     * @throws NotFound as {@link #of}
     */
    public Standing choose(Visitor by, String account, @Nullable Profile profile) {
        Visitor owner = owner(by, account);
        book.choose(owner.account(), new Choice(profile, by.account(), clock.instant()));
        remembered = new Remembered(Map.of(), 0, false);
        return of(by, account);
    }

    private Visitor owner(Visitor by, String account) {
        String asked = account.strip();
        boolean own = asked.isEmpty() || asked.equals(by.account().toString());
        Optional<Visitor> found =
                own
                        ? Optional.of(by)
                        : by.role() == Role.ADMINISTRATOR ? named(asked) : Optional.empty();
        return found.filter(v -> CAPTURING.contains(v.role()))
                .orElseThrow(() -> new NotFound("没有这个账号，或它不采集事件；只有管理员能为别人选择"));
    }

    private Optional<Visitor> named(String account) {
        try {
            return account.length() == 36
                    ? accounts.findEnabled(UUID.fromString(account))
                    : accounts.findByName(account);
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private Profile profile(Visitor by) {
        Choice choice = choices().get(by.account());
        Profile chosen = choice == null ? null : choice.profile();
        if (chosen != null) {
            return chosen;
        }
        if (settings.isEmpty()) {
            return Profile.NORMAL;
        }
        UUID party = by.party();
        Profile set = settings.get(by.account().toString());
        if (set == null && party != null) {
            set = settings.get(party.toString());
        }
        return set == null ? settings.getOrDefault("default", Profile.NORMAL) : set;
    }

    private Map<UUID, Choice> choices() {
        Remembered known = remembered;
        if (known.holds() || known.read() && asking.isLocked()) {
            return known.choices();
        }
        asking.lock();
        try {
            known = remembered;
            if (!known.holds()) {
                known = new Remembered(book.choices(), System.nanoTime(), true);
                remembered = known;
            }
            return known.choices();
        } finally {
            asking.unlock();
        }
    }
}
