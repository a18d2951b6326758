package cn.xinyuan.server.issuing.usecase;

import cn.xinyuan.codes.ItemCode;
import cn.xinyuan.server.issuing.Codes;
import cn.xinyuan.server.issuing.domain.BatchBook;
import cn.xinyuan.server.issuing.domain.CodeKeys;
import cn.xinyuan.server.issuing.domain.IssuedRanges;
import cn.xinyuan.server.issuing.domain.WorthlessCodes;
import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.pages.Visitor;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** What other rooms see of this one. */
@Component
class IssuedCodes implements Codes {

    private final BatchBook book;
    private final CodeKeys keys;
    private final IssuedRanges ranges;
    private final WorthlessCodes worthless;
    private final WriteCodes write;
    private final OrderCodes order;
    private final ActivateCodes activate;
    private final VoidCodes voidCodes;

    IssuedCodes(
            BatchBook book,
            CodeKeys keys,
            IssuedRanges ranges,
            WorthlessCodes worthless,
            WriteCodes write,
            OrderCodes order,
            ActivateCodes activate,
            VoidCodes voidCodes) {
        this.book = book;
        this.keys = keys;
        this.ranges = ranges;
        this.worthless = worthless;
        this.write = write;
        this.order = order;
        this.activate = activate;
        this.voidCodes = voidCodes;
    }

    @Override
    public Batch order(Visitor by, UUID product, long count) {
        return order.order(by, product, count);
    }

    @Override
    public Activation activate(Visitor by, long batch, UUID lot, long count) {
        return activate.activate(by, batch, lot, OptionalLong.empty(), count);
    }

    @Override
    public void voidCodes(Visitor by, long batch, long first, long count, String reason) {
        voidCodes.voidCodes(by, batch, first, count, reason);
    }

    @Override
    public void voidCopied(Visitor by, String code, String reason) {
        Issued issued = read(code).orElseThrow(() -> new NotFound("code " + code));
        voidCodes.voidCopied(by, issued.batch(), issued.serial(), reason);
    }

    @Override
    public Optional<Batch> find(long batch) {
        return book.find(batch);
    }

    @Override
    public List<Batch> of(UUID party) {
        return book.of(party);
    }

    @Override
    public String text(long batch, long serial) {
        return write.code(batch, serial).text();
    }

    @Override
    public Optional<Issued> read(String typed) {
        return ItemCode.read(typed).flatMap(this::issued);
    }

    @Override
    public Optional<Tag> open(String typed) {
        return ItemCode.read(typed)
                .flatMap(
                        code ->
                                keys.engine()
                                        .open(code)
                                        .flatMap(
                                                o ->
                                                        ranges.holding(o.version(), o.index())
                                                                .map(
                                                                        r ->
                                                                                new Tag(
                                                                                        code.text(),
                                                                                        r.batch(),
                                                                                        o.index()
                                                                                                - r
                                                                                                        .first()))));
    }

    private Optional<Issued> issued(ItemCode code) {
        return keys.engine()
                .open(code)
                .flatMap(
                        origin ->
                                ranges.holding(origin.version(), origin.index())
                                        .map(
                                                range -> {
                                                    long serial = origin.index() - range.first();
                                                    return new Issued(
                                                            code.text(),
                                                            range.batch(),
                                                            serial,
                                                            range.party(),
                                                            range.product(),
                                                            range.licence(),
                                                            range.season(),
                                                            worthless
                                                                    .why(range, serial)
                                                                    .orElse(null));
                                                }));
    }
}
