package cn.xinyuan.server.issuing.usecase;

import cn.xinyuan.server.issuing.Codes;
import cn.xinyuan.server.trace.LabelledItems;
import cn.xinyuan.server.trace.Labels;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Lets a box be traced by the code on it: the code tells the serial, trace knows its lot. */
@Component
class LotsOfCodes implements LabelledItems {

    private final Codes codes;
    private final Labels labels;

    LotsOfCodes(Codes codes, Labels labels) {
        this.codes = codes;
        this.labels = labels;
    }

    @Override
    public Optional<UUID> lotOf(String code) {
        return codes.read(code).flatMap(issued -> labels.lotOf(issued.batch(), issued.serial()));
    }
}
