package cn.xinyuan.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * One program per data folder. The operating system lets go of the lock when its holder dies, so
 * there is no stale lock to clear.
 */
public final class FolderLock implements AutoCloseable {

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the folder for this program, making it when it is not there.
     *
     * @throws FolderInUse when another program (or another part of this one) holds it
     * @throws PostgresFailed when the folder cannot be made or written
     */
    public static FolderLock take(Path data) {
        try {
            Path folder = Files.createDirectories(data).toRealPath();
            Path owner = folder.resolve("xinyuan.pid");
            FileChannel channel =
                    FileChannel.open(
                            folder.resolve("xinyuan.lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
            FileLock lock = lock(channel);
            if (lock == null) {
                channel.close();
                throw new FolderInUse(folder, Files.exists(owner) ? Files.readString(owner) : "");
            }
            Files.writeString(owner, Long.toString(ProcessHandle.current().pid()));
            return new FolderLock(channel);
        } catch (IOException failed) {
            throw new PostgresFailed(
                    "The data folder %s cannot be written by this user: %s."
                            .formatted(data, failed.getMessage()),
                    failed);
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByOurselves) {
            return null;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
