package cn.xinyuan.server.issuing.usecase;

import cn.xinyuan.codes.ItemCode;
import cn.xinyuan.server.issuing.domain.CodeKeys;
import cn.xinyuan.server.issuing.domain.IssuedRange;
import cn.xinyuan.server.issuing.domain.IssuedRanges;
import cn.xinyuan.server.pages.NotFound;
import org.springframework.stereotype.Component;

/** Makes the codes of a batch, as often as they are wanted: they are nowhere stored. */
@Component
public class WriteCodes {

    private final IssuedRanges ranges;
    private final CodeKeys keys;

    WriteCodes(IssuedRanges ranges, CodeKeys keys) {
        this.ranges = ranges;
        this.keys = keys;
    }

    /**
     * The code of one serial, counted from 0.
     *
     * @throws NotFound if there is no such batch or serial
     */
    public ItemCode code(long batch, long serial) {
        IssuedRange range =
                ranges.of(batch)
                        .filter(r -> serial >= 0 && serial < r.count())
                        .orElseThrow(() -> new NotFound("serial " + serial + " of batch " + batch));
        return keys.engine().code(range.keyVersion(), range.index(serial));
    }
}
