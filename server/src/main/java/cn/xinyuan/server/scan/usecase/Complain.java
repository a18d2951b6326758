package cn.xinyuan.server.scan.usecase;

import cn.xinyuan.server.issuing.Codes;
import cn.xinyuan.server.issuing.Codes.Issued;
import cn.xinyuan.server.pages.ChinaTime;
import cn.xinyuan.server.pages.Problems;
import cn.xinyuan.server.parties.Parties;
import cn.xinyuan.server.parties.Party;
import cn.xinyuan.server.scan.domain.ComplaintBook;
import cn.xinyuan.server.scan.domain.TypedCode;
import cn.xinyuan.server.scan.events.ComplaintReceived;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Takes a complaint: four fields, no account, a number to ask by. */
@Component
public class Complain {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final Pattern PHONE = Pattern.compile("\\+?[0-9][0-9 -]{5,18}[0-9]");

    private final ComplaintBook book;
    private final Codes codes;
    private final Parties parties;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Complain(
            ComplaintBook book,
            Codes codes,
            Parties parties,
            ApplicationEventPublisher events,
            Clock clock) {
        this.book = book;
        this.codes = codes;
        this.parties = parties;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Stores a complaint and gives it a number. Sent twice with the same {@code once}, it is one
     * complaint.
     *
     * @throws Problems naming the field
     */
    @Transactional
    public String complain(
            String once,
            @Nullable String typed,
            String about,
            String text,
            @Nullable String phone) {
        String words = text.strip();
        String call = phone == null ? "" : phone.strip();
        new Problems.Collector()
                .require(!about.isBlank() && about.length() <= 40, "about", "请选择一种情况。")
                .require(!words.isEmpty(), "text", "请写几个字，说说发生了什么。")
                .require(words.length() <= 2000, "text", "写得太长了：最多 2,000 个字。")
                .require(
                        call.isEmpty() || PHONE.matcher(call).matches(),
                        "phone",
                        "电话号码只能有数字，例如 13800000000；也可以不填。")
                .throwIfAny();
        TypedCode code = TypedCode.of(typed == null ? "" : typed);
        Optional<Issued> issued = code.isWellFormed() ? codes.read(code.text()) : Optional.empty();
        Optional<Party> party = issued.flatMap(i -> parties.find(i.party()));
        UUID partyId = party.map(Party::id).orElse(null);
        String district = party.map(Party::district).orElse(null);
        String codeText = code.text().isEmpty() ? null : code.text();
        Instant now = clock.instant();
        String fresh = newNumber(now);
        String number =
                book.add(
                        fresh,
                        once,
                        codeText,
                        partyId,
                        district,
                        about,
                        words,
                        call.isEmpty() ? null : call,
                        now);
        if (number.equals(fresh)) {
            events.publishEvent(
                    new ComplaintReceived(number, codeText, partyId, district, about, now));
        }
        return number;
    }

    private static String newNumber(Instant now) {
        var number =
                new StringBuilder("TS")
                        .append(
                                DateTimeFormatter.ofPattern("yyMMdd", Locale.ROOT)
                                        .format(ChinaTime.day(now)))
                        .append('-');
        for (int i = 0; i < 8; i++) {
            number.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return number.toString();
    }
}
