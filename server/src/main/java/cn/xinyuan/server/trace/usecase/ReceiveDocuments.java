package cn.xinyuan.server.trace.usecase;

import cn.xinyuan.epcis.Context;
import cn.xinyuan.epcis.DocumentSink;
import cn.xinyuan.epcis.EpcisDocument;
import cn.xinyuan.epcis.EpcisJson;
import cn.xinyuan.epcis.EpcisProblem;
import cn.xinyuan.epcis.EpcisXml;
import cn.xinyuan.epcis.Reading;
import cn.xinyuan.epcis.Strictness;
import cn.xinyuan.epcis.UnreadableDocument;
import cn.xinyuan.server.pages.Problems;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.trace.domain.CaptureBook;
import cn.xinyuan.server.trace.domain.CaptureBook.Document;
import cn.xinyuan.server.trace.domain.CaptureBook.Open;
import cn.xinyuan.server.trace.domain.CaptureJob;
import cn.xinyuan.server.trace.domain.CaptureJob.Doubt;
import cn.xinyuan.server.trace.domain.CaptureJob.Fault;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Large documents: received to disk first, durably, with a job that is visible at once; worked off
 * one after the other in the background, event by event, so that memory stays flat. A program that
 * was killed goes on when it starts again: a document that is all or nothing from its beginning,
 * for its transaction is undone; one that proceeds after the last part that was kept.
 */
@NullMarked
@Component
public class ReceiveDocuments implements DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(ReceiveDocuments.class);
    private static final int PART = 1_000;
    private static final int MOST_TOLD = 1_000;

    private final CaptureBook book;
    private final CaptureEvents events;
    private final HowStrict howStrict;
    private final KeepMasterData masterData;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final Path folder;
    private final ExecutorService worker =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().daemon().name("capture-documents").factory());
    private volatile boolean stopped;

    ReceiveDocuments(
            CaptureBook book,
            CaptureEvents events,
            HowStrict howStrict,
            KeepMasterData masterData,
            TransactionTemplate transaction,
            Clock clock,
            @Value("${xinyuan.data:./data}") Path data) {
        this.book = book;
        this.events = events;
        this.howStrict = howStrict;
        this.masterData = masterData;
        this.transaction = transaction;
        this.clock = clock;
        this.folder = data.resolve("captures");
    }

    /**
     * Receives a document; when it returns, the document and its job outlive a power cut.
     *
     * @param begun what was read of it already
     * @throws IOException if it breaks off; nothing stays of it then
     */
    public CaptureJob receive(
            Visitor by, byte[] begun, InputStream rest, boolean xml, boolean proceed)
            throws IOException {
        UUID id = UUID.randomUUID();
        Path file = folder.resolve(id + (xml ? ".xml" : ".json"));
        Files.createDirectories(folder);
        boolean kept = false;
        try {
            write(file, begun, rest);
            Instant now = clock.instant();
            CaptureJob job =
                    new CaptureJob(
                            id,
                            now,
                            null,
                            proceed,
                            true,
                            0,
                            0,
                            0,
                            List.of(),
                            List.of(),
                            by.account(),
                            by.party());
            Document document = new Document(file.getFileName().toString(), xml, by);
            transaction.executeWithoutResult(_ -> book.open(job, document));
            kept = true;
            worker.execute(() -> workOff(new Open(job, document, 0)));
            return job;
        } finally {
            if (!kept) {
                Files.deleteIfExists(file);
            }
        }
    }

    private void write(Path file, byte[] begun, InputStream rest) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            writeAll(channel, begun, begun.length);
            byte[] buffer = new byte[1 << 16];
            for (int n = rest.read(buffer); n >= 0; n = rest.read(buffer)) {
                writeAll(channel, buffer, n);
            }
            channel.force(true);
        }
        // the name of the file too must outlive a power cut; not every system lets a folder be
        // opened
        try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
            names.force(true);
        } catch (IOException unsupported) {
            LOG.debug("the folder {} cannot be forced to disk", folder, unsupported);
        }
    }

    private static void writeAll(FileChannel channel, byte[] bytes, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, length);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    /** Goes on with what an earlier run left, and clears away what was never received whole. */
    @EventListener
    void goOn(WebServerInitializedEvent started) {
        worker.execute(
                () -> {
                    List<Open> left = book.unfinished();
                    clearAway(left);
                    left.forEach(this::workOff);
                });
    }

    private void clearAway(List<Open> wanted) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        List<String> names = wanted.stream().map(o -> o.document().file()).toList();
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                if (!names.contains(file.getFileName().toString())) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException unclear) {
            LOG.warn("left over documents in {} could not be removed", folder, unclear);
        }
    }

    @Override
    public void destroy() {
        stopped = true;
        worker.shutdownNow();
    }

    private void workOff(Open open) {
        Path file = folder.resolve(open.document().file());
        if (stopped || !Files.exists(file)) {
            return;
        }
        try {
            Progress progress = new Progress(open, clock);
            if (open.job().proceed()) {
                partByPart(open, file, progress);
            } else {
                allOrNothing(open, file, progress);
            }
            Files.deleteIfExists(file);
        } catch (Stopped interrupted) {
            LOG.info("capture {} goes on at the next start", open.job().id());
        } catch (IOException | RuntimeException failed) {
            if (!stopped) {
                LOG.error(
                        "capture {} failed; it is tried again at the next start",
                        open.job().id(),
                        failed);
            }
        }
    }

    /** Ends the reading of a document when the program ends. */
    private static final class Stopped extends RuntimeException {
        Stopped() {
            super("stopped", null, false, false);
        }
    }

    private void partByPart(Open open, Path file, Progress progress) throws IOException {
        Parts parts =
                new Parts(
                        open,
                        open.behind(),
                        (behind, part) -> {
                            progress.behind = behind;
                            progress.add(events.captureTogether(part));
                        },
                        progress);
        read(open, file, parts, progress);
        finish(progress);
    }

    private void allOrNothing(Open open, Path file, Progress progress) throws IOException {
        // all of it is looked at first, so that a bad event keeps nobody waiting
        Looking looking = new Looking(progress);
        read(open, file, looking, progress);
        if (progress.faults.isEmpty()) {
            boolean kept =
                    events.captureWhole(
                            each -> {
                                Parts parts =
                                        new Parts(
                                                open, 0, (_, part) -> each.accept(part), progress);
                                try {
                                    read(open, file, parts, progress);
                                } catch (IOException e) {
                                    throw new UncheckedIOException(e);
                                }
                            },
                            () -> book.goOn(progress.job(true), 0));
            if (kept) {
                keepMasterData(open, progress);
                return;
            }
        }
        progress.undo();
        finish(progress);
    }

    private void finish(Progress progress) {
        transaction.executeWithoutResult(_ -> book.goOn(progress.job(true), 0));
        if (progress.faults.isEmpty() || progress.open.job().proceed()) {
            keepMasterData(progress.open, progress);
        }
    }

    private void keepMasterData(Open open, Progress progress) {
        EpcisDocument head = progress.head;
        if (head != null) {
            masterData.keep(open.document().by(), head);
        }
    }

    private void read(Open open, Path file, Ending sink, Progress progress) throws IOException {
        Strictness strictness = howStrict.with(open.document().by());
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            Reading rest =
                    open.document().xml()
                            ? EpcisXml.read(in, strictness, sink)
                            : EpcisJson.read(in, strictness, sink);
            sink.end();
            progress.doubt(rest.warnings());
        } catch (UnreadableDocument unreadable) {
            sink.end();
            unreadable.problems().forEach(p -> progress.fault(Fault.invalid(p)));
        } catch (Problems problems) {
            problems.list()
                    .forEach(
                            p ->
                                    progress.fault(
                                            Fault.invalid(
                                                    EpcisProblem.grave(
                                                            p.field(), p.text(), "mend it"))));
        }
    }

    /** A sink that wants to know of the end. */
    private interface Ending extends DocumentSink {
        void end();
    }

    /** Looks whether every event can be understood. */
    private final class Looking implements Ending {
        private final Progress progress;

        Looking(Progress progress) {
            this.progress = progress;
        }

        @Override
        public void head(EpcisDocument document) {
            progress.head = document;
        }

        @Override
        public void event(Reading.Item item, Context context) {
            if (stopped) {
                throw new Stopped();
            }
            if (item instanceof Reading.Refused refused) {
                refused.problems().forEach(p -> progress.fault(Fault.invalid(p)));
            }
        }

        @Override
        public void end() {}
    }

    /** Takes a part of a document with the number of events that are behind it. */
    private interface Taker {
        void take(long behind, Delivery part);
    }

    /** Gathers events into parts. */
    private final class Parts implements Ending {
        private final Open open;
        private final long skip;
        private final Taker taker;
        private final Progress progress;
        private long seen;
        private Delivery part;

        Parts(Open open, long skip, Taker taker, Progress progress) {
            this.open = open;
            this.skip = skip;
            this.taker = taker;
            this.progress = progress;
            this.part = fresh();
        }

        private Delivery fresh() {
            return Delivery.part(
                    open.job().id(),
                    open.document().by(),
                    open.job().proceed(),
                    open.job().createdAt(),
                    open.job().proceed()
                            ? (book, part) -> book.goOn(progress.with(part), progress.behind)
                            : (_, part) -> progress.add(part));
        }

        @Override
        public void head(EpcisDocument document) {
            progress.head = document;
        }

        @Override
        public void event(Reading.Item item, Context context) {
            if (stopped) {
                throw new Stopped();
            }
            if (++seen <= skip) {
                return;
            }
            part.add(item, context);
            if (part.size() >= PART) {
                end();
            }
        }

        @Override
        public void end() {
            if (part.size() > 0) {
                Delivery full = part;
                part = fresh();
                taker.take(seen, full);
            }
        }
    }

    /** What is to be said about a job so far. */
    private static final class Progress {
        private final Open open;
        private final Clock clock;
        private final List<Fault> faults;
        private final List<Doubt> doubts;
        private int captured;
        private int repeated;
        private int unbalanced;
        private long behind;
        private @Nullable EpcisDocument head;

        Progress(Open open, Clock clock) {
            this.open = open;
            this.clock = clock;
            this.faults = new ArrayList<>(open.job().errors());
            this.doubts = new ArrayList<>(open.job().warnings());
            this.captured = open.job().captured();
            this.repeated = open.job().repeated();
            this.unbalanced = open.job().unbalanced();
            this.behind = open.behind();
        }

        void fault(Fault fault) {
            if (faults.size() < MOST_TOLD) {
                faults.add(fault);
            }
        }

        void doubt(List<EpcisProblem> warnings) {
            for (EpcisProblem each : warnings) {
                if (doubts.size() < MOST_TOLD) {
                    doubts.add(new Doubt("", each.pointer(), each.text() + "; " + each.fix()));
                }
            }
        }

        void add(CaptureJob part) {
            captured += part.captured();
            repeated += part.repeated();
            unbalanced += part.unbalanced();
            part.errors().forEach(this::fault);
            for (Doubt doubt : part.warnings()) {
                if (doubts.size() < MOST_TOLD) {
                    doubts.add(doubt);
                }
            }
        }

        /** The job as it will stand when this part is kept; tried again, it is the same. */
        CaptureJob with(CaptureJob part) {
            Progress then = new Progress(new Open(job(false), open.document(), behind), clock);
            then.add(part);
            return then.job(false);
        }

        void undo() {
            captured = 0;
            repeated = 0;
            unbalanced = 0;
            doubts.clear();
        }

        CaptureJob job(boolean finished) {
            CaptureJob begun = open.job();
            Instant now = clock.instant();
            return new CaptureJob(
                    begun.id(),
                    begun.createdAt(),
                    !finished ? null : now.isBefore(begun.createdAt()) ? begun.createdAt() : now,
                    begun.proceed(),
                    faults.isEmpty(),
                    captured,
                    repeated,
                    unbalanced,
                    faults,
                    doubts,
                    begun.account(),
                    begun.party());
        }
    }
}
