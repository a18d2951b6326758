package cn.xinyuan.server.recall.domain;

import static java.nio.charset.StandardCharsets.UTF_8;

import cn.xinyuan.server.recall.Recalls.Level;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What the journal keeps of a recall that was published: the lots reached, in the order of their
 * ids, and how much there was. No names, no words of people.
 */
public record RecallFact(
        String number,
        UUID lot,
        Level level,
        BigDecimal kilograms,
        long packs,
        long codes,
        List<UUID> reached,
        Instant at) {

    public static final String KIND = "recall/1";

    public RecallFact {
        reached = reached.stream().sorted().toList();
    }

    /** The bytes of version 1: one value a line. */
    public byte[] bytes() {
        var text = new StringBuilder("xinyuan/recall/1\n");
        text.append(number).append('\n');
        text.append(lot).append('\n');
        text.append(level).append('\n');
        text.append(kilograms.stripTrailingZeros().toPlainString()).append('\n');
        text.append(packs).append('\n');
        text.append(codes).append('\n');
        text.append(at).append('\n');
        reached.forEach(id -> text.append(id).append('\n'));
        return text.toString().getBytes(UTF_8);
    }
}
