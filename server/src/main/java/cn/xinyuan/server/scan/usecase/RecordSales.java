package cn.xinyuan.server.scan.usecase;

import cn.xinyuan.server.issuing.Codes;
import cn.xinyuan.server.issuing.Codes.Tag;
import cn.xinyuan.server.pages.Problems;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.scan.domain.Tally;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * A shop's till tells which codes were sold. Nobody is obliged to; where it is done, a crowd that
 * scans a box after its sale is a sign of copies.
 */
@Component
public class RecordSales {

    /** Codes in one call. */
    public static final int MOST = 1000;

    private final Codes codes;
    private final Tally tally;
    private final Clock clock;

    RecordSales(Codes codes, Tally tally, Clock clock) {
        this.codes = codes;
        this.tally = tally;
        this.clock = clock;
    }

    /**
     * What became of the codes.
     *
     * @param recorded those whose sale is recorded now, or was before
     * @param unknown those that nobody issued, as they were sent
     */
    public record Recorded(int recorded, List<String> unknown) {}

    /**
     * Records sales; of a code that was recorded before the first record stays.
     *
     * @throws Problems on {@code codes}, {@code at}
     */
    @Transactional
    public Recorded record(Visitor by, List<String> typed, Instant at) {
        UUID party = by.party();
        new Problems.Collector()
                .require(
                        !typed.isEmpty() && typed.size() <= MOST,
                        "codes",
                        "每次 1 至 1000 个编号，现在有 " + typed.size() + " 个。")
                .require(!at.isAfter(clock.instant().plusSeconds(300)), "at", "售出时间不能晚于现在。")
                .require(party != null, "codes", "只有经营主体可以登记售出。")
                .throwIfAny();
        var unknown = new ArrayList<String>();
        for (String code : typed) {
            Optional<Tag> tag = codes.open(code);
            if (tag.isEmpty() || party == null) {
                unknown.add(code);
            } else {
                tally.sold(tag.get(), party, at);
            }
        }
        return new Recorded(typed.size() - unknown.size(), List.copyOf(unknown));
    }
}
