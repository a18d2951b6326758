package cn.xinyuan.server.scan.store;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import cn.xinyuan.server.scan.domain.ScanLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The scan log in the data folder: {@code scans/DATABASE/N/}, one N for each node that writes at
 * the same time, in pieces of 16 MB.
 *
 * <p>A piece begins with {@code xyscan1} and a line feed. Then follow records: two bytes with the
 * length of the rest without its sum, four bytes CRC-32C of it, batch, serial and milliseconds
 * since 1970 with eight bytes each, the token with four, and the region in UTF-8. The first record
 * that is not whole ends a piece that nobody writes to any more.
 */
@Component
class ScanLogFiles implements ScanLog {

    private static final Logger LOG = LoggerFactory.getLogger(ScanLogFiles.class);

    private static final byte[] MAGIC = "xyscan1\n".getBytes(US_ASCII);
    private static final int HEAD = 6;
    private static final int FIXED = 28;
    private static final int LONGEST_REGION = 160;
    private static final long PIECE = 16L << 20;

    /** Some twenty million scans: beyond it scans go uncounted until the database is back. */
    private static final long MOST = 1L << 30;

    private static final int MOST_NODES = 64;

    private final Path folder;
    private final ReentrantLock writing = new ReentrantLock();
    private final Deque<Piece> pieces = new ArrayDeque<>();
    private final ByteBuffer record = ByteBuffer.allocateDirect(HEAD + FIXED + LONGEST_REGION);
    private @Nullable Path home;
    private @Nullable FileChannel lock;
    private volatile @Nullable Piece current;
    private volatile boolean dirty;
    private volatile long counted;

    private static final class Piece {
        private final Path path;
        private final FileChannel channel;
        private volatile long size;

        private Piece(Path path, FileChannel channel, long size) {
            this.path = path;
            this.channel = channel;
            this.size = size;
        }

        private String name() {
            return String.valueOf(path.getFileName());
        }
    }

    ScanLogFiles(@Value("${xinyuan.data:./data}") Path data) {
        this.folder = data.resolve("scans");
    }

    @Override
    public void open(UUID database) throws IOException {
        writing.lock();
        try {
            home = locked(folder.resolve(database.toString()));
            List<Path> found;
            try (var files = Files.list(home)) {
                found = files.filter(f -> f.toString().endsWith(".scans")).sorted().toList();
            }
            for (Path old : found) {
                var channel = FileChannel.open(old, StandardOpenOption.READ);
                pieces.add(new Piece(old, channel, channel.size()));
            }
            begin();
        } finally {
            writing.unlock();
        }
    }

    private Path locked(Path database) throws IOException {
        for (int n = 1; n <= MOST_NODES; n++) {
            Path mine = database.resolve(String.valueOf(n));
            Files.createDirectories(mine);
            var channel =
                    FileChannel.open(
                            mine.resolve("lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
            try {
                if (channel.tryLock() != null) {
                    lock = channel;
                    return mine;
                }
            } catch (OverlappingFileLockException anotherOfThisProgram) {
                LOG.debug("{} is in use", mine);
            }
            channel.close();
        }
        throw new IOException(database + " is in use by " + MOST_NODES + " nodes");
    }

    private Piece begin() throws IOException {
        if (home == null) {
            throw new IOException("the scan log is not open");
        }
        String name =
                "%013d-%s.scans"
                        .formatted(System.currentTimeMillis(), UUID.randomUUID().toString());
        Path path = home.resolve(name);
        var channel =
                FileChannel.open(
                        path,
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        channel.write(ByteBuffer.wrap(MAGIC));
        Piece before = current;
        var piece = new Piece(path, channel, MAGIC.length);
        pieces.add(piece);
        current = piece;
        if (before != null) {
            before.channel.force(true);
        }
        try (var directory = FileChannel.open(home, StandardOpenOption.READ)) {
            directory.force(true);
        } catch (IOException notHere) {
            LOG.debug("this system does not force folders", notHere);
        }
        return piece;
    }

    @Override
    public void append(Scan scan) throws IOException {
        byte[] region = scan.region().getBytes(UTF_8);
        int length = Math.min(region.length, LONGEST_REGION);
        writing.lock();
        try {
            Piece piece = current;
            if (piece == null || waiting() > MOST) {
                throw new IOException(
                        piece == null ? "the scan log is closed" : "the scan log is full");
            }
            if (piece.size > PIECE) {
                piece = begin();
            }
            record.clear();
            record.putShort((short) (FIXED + length)).putInt(0);
            record.putLong(scan.batch()).putLong(scan.serial()).putLong(scan.millis());
            record.putInt(scan.token()).put(region, 0, length).flip();
            record.putInt(2, sum(record.slice(HEAD, FIXED + length)));
            long at = piece.size;
            while (record.hasRemaining()) {
                at += piece.channel.write(record, at);
            }
            piece.size = at;
            dirty = true;
        } finally {
            writing.unlock();
        }
    }

    @Override
    public void force() throws IOException {
        Piece piece = current;
        if (dirty && piece != null) {
            dirty = false;
            try {
                piece.channel.force(false);
            } catch (IOException failed) {
                dirty = true;
                throw failed;
            }
        }
    }

    @Override
    public Next next(Done done, int most) throws IOException {
        for (Piece piece : listed()) {
            long size = piece.size;
            long from = Math.max(done.of(piece.name()), MAGIC.length);
            if (from < size) {
                return read(piece, from, size, most);
            }
        }
        return new Next("", List.of(), 0);
    }

    private List<Piece> listed() {
        writing.lock();
        try {
            return List.copyOf(pieces);
        } finally {
            writing.unlock();
        }
    }

    private Next read(Piece piece, long from, long size, int most) throws IOException {
        int bytes = (int) Math.min(size - from, (long) most * (HEAD + FIXED + LONGEST_REGION));
        var in = ByteBuffer.allocate(bytes);
        while (in.hasRemaining() && piece.channel.read(in, from + in.position()) > 0) {
            // until all is there
        }
        in.flip();
        var scans = new ArrayList<Scan>();
        while (scans.size() < most && in.remaining() >= HEAD) {
            int at = in.position();
            int length = in.getShort(at) & 0xFFFF;
            if (length < FIXED || in.remaining() < HEAD + length) {
                break;
            }
            if (in.getInt(at + 2) != sum(in.slice(at + HEAD, length))) {
                break;
            }
            in.position(at + HEAD);
            long batch = in.getLong();
            long serial = in.getLong();
            long millis = in.getLong();
            int token = in.getInt();
            byte[] region = new byte[length - FIXED];
            in.get(region);
            scans.add(new Scan(batch, serial, millis, new String(region, UTF_8), token));
        }
        long end = from + in.position();
        if (scans.isEmpty()) {
            LOG.warn(
                    "{}: {} bytes behind a scan that was not written whole are left out",
                    piece.path,
                    size - from);
            end = size;
        }
        return new Next(piece.name(), scans, end);
    }

    private static int sum(ByteBuffer bytes) {
        var crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    @Override
    public List<String> tidy(Done done) throws IOException {
        var gone = new ArrayList<String>();
        writing.lock();
        try {
            long behind = 0;
            for (Iterator<Piece> all = pieces.iterator(); all.hasNext(); ) {
                Piece piece = all.next();
                long from = done.of(piece.name());
                if (piece != current && from >= piece.size) {
                    piece.channel.close();
                    Files.deleteIfExists(piece.path);
                    all.remove();
                    gone.add(piece.name());
                } else {
                    behind += Math.max(from, MAGIC.length);
                }
            }
            counted = behind;
        } finally {
            writing.unlock();
        }
        return gone;
    }

    @Override
    public List<String> pieces() {
        return listed().stream().map(Piece::name).toList();
    }

    @Override
    public long waiting() {
        long all = 0;
        writing.lock();
        try {
            for (Piece piece : pieces) {
                all += piece.size;
            }
        } finally {
            writing.unlock();
        }
        return Math.max(0, all - counted);
    }

    @Override
    public void close() throws IOException {
        force();
        writing.lock();
        try {
            current = null;
            for (Piece piece : pieces) {
                piece.channel.close();
            }
            pieces.clear();
            if (lock != null) {
                lock.close();
            }
        } finally {
            writing.unlock();
        }
    }
}
