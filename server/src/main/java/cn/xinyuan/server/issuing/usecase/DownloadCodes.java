package cn.xinyuan.server.issuing.usecase;

import cn.xinyuan.codes.CodeFile;
import cn.xinyuan.codes.CodeFile.Format;
import cn.xinyuan.server.issuing.domain.CodeKeys;
import cn.xinyuan.server.issuing.domain.Download;
import cn.xinyuan.server.issuing.domain.Downloads;
import cn.xinyuan.server.issuing.domain.IssuedRange;
import cn.xinyuan.server.issuing.domain.IssuedRanges;
import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.pages.Visitor;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * The codes of a batch go to a printer as a file, made while it is sent: nothing of it is stored,
 * and any part can be asked for again. Who took what, and how far it came, is kept.
 */
@Component
public class DownloadCodes {

    private static final long STEP = 32L << 20;

    private final IssuedRanges ranges;
    private final CodeKeys keys;
    private final Downloads downloads;
    private final Clock clock;

    DownloadCodes(IssuedRanges ranges, CodeKeys keys, Downloads downloads, Clock clock) {
        this.ranges = ranges;
        this.keys = keys;
        this.downloads = downloads;
        this.clock = clock;
    }

    /**
     * The file of a batch of the visitor's own.
     *
     * @param base what stands before the code in an address
     * @param head the first line of a CSV file
     * @throws NotFound if the batch is not the visitor's
     */
    public CodeFile file(Visitor by, long batch, Format format, String base, String head) {
        IssuedRange range =
                ranges.of(batch)
                        .filter(r -> r.party().equals(by.party()))
                        .orElseThrow(() -> new NotFound("batch " + batch));
        return new CodeFile(
                keys.engine(),
                range.keyVersion(),
                range.first(),
                range.count(),
                format,
                base,
                head);
    }

    /** Writes the bytes {@code from} to {@code to - 1} of a file, and keeps who took them. */
    public void send(
            Visitor by,
            long batch,
            Format format,
            CodeFile file,
            long from,
            long to,
            OutputStream out)
            throws IOException {
        UUID id = UUID.randomUUID();
        downloads.begin(
                new Download(
                        id,
                        batch,
                        format,
                        file.bytes(),
                        from,
                        to,
                        0,
                        by.account(),
                        by.name(),
                        clock.instant(),
                        null));
        long sent = 0;
        try {
            while (from + sent < to) {
                if (sent > 0) {
                    downloads.progress(id, sent);
                }
                long next = Math.min(to, from + sent + STEP);
                var counted = new Counted(out);
                try {
                    file.write(from + sent, next, counted);
                } finally {
                    sent += counted.count;
                }
            }
            out.flush();
        } finally {
            downloads.end(id, sent, clock.instant());
        }
    }

    /** Counts what was taken off us, also when the other side breaks off. */
    private static final class Counted extends OutputStream {

        private final OutputStream out;
        private long count;

        Counted(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            count++;
        }

        @Override
        public void write(byte[] bytes, int at, int length) throws IOException {
            out.write(bytes, at, length);
            count += length;
        }
    }
}
