package cn.xinyuan.server.issuing.store;

import cn.xinyuan.codes.CodeCipher;
import cn.xinyuan.codes.CodeKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The key store: the file {@code code-keys} in the data folder, which only its owner may read. It
 * is made with the first key; the secrets are nowhere else.
 *
 * <p>Format: a line {@code installation UUID}, then {@code key VERSION CIPHER HEX} lines; {@code #}
 * begins a remark. A line without a cipher is an AES key.
 */
final class CodeKeyFile implements SecretStore {

    private static final Logger LOG = LoggerFactory.getLogger(CodeKeyFile.class);

    static final String NAME = "code-keys";
    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private static final String REMARK =
            """
            # The keys that make and read the item codes of this installation.
            # Whoever has them can make codes; without them no printed label can be read.
            # Keep this file in your backup, locked away, and nowhere else.
            """;

    private final Path file;

    CodeKeyFile(Path file) {
        this.file = file;
    }

    @Override
    public String place() {
        return file.toAbsolutePath().toString();
    }

    @Override
    public List<CodeKey> read() {
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            demandOwnerOnly(file);
            return parse(Files.readAllLines(file, StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Written whole under another name first: a start that is cut off leaves no half a key, and a
     * key that is handed out is on the disk.
     */
    @Override
    public void add(UUID installation, int version, CodeCipher cipher) {
        try {
            boolean first = !Files.exists(file);
            String known =
                    first
                            ? REMARK + "installation " + installation + "\n"
                            : Files.readString(file, StandardCharsets.US_ASCII);
            String secret = HexFormat.of().formatHex(CodeKey.newSecret(new SecureRandom()));
            String line = "key " + version + " " + cipher + " " + secret + "\n";
            write(known + (known.endsWith("\n") ? "" : "\n") + line, first);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(String text, boolean first) throws IOException {
        Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElseThrow();
        Files.createDirectories(folder);
        boolean posix = Files.getFileStore(folder).supportsFileAttributeView("posix");
        Path draft =
                posix
                        ? Files.createTempFile(
                                folder,
                                NAME,
                                ".new",
                                PosixFilePermissions.asFileAttribute(OWNER_ONLY))
                        : Files.createTempFile(folder, NAME, ".new");
        try {
            Files.writeString(draft, text, StandardCharsets.US_ASCII, StandardOpenOption.SYNC);
            if (first) {
                place(draft);
            } else {
                Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            }
            if (posix) {
                // the name as well is to survive a power cut
                try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
                    names.force(true);
                }
            }
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /** A link, not a move: whoever comes second must not overwrite the first. */
    private void place(Path draft) throws IOException {
        try {
            Files.createLink(file, draft);
            LOG.info("made a new key store {}", file.toAbsolutePath());
        } catch (FileAlreadyExistsException another) {
            LOG.info("the key store {} was made by another start", file.toAbsolutePath());
        } catch (UnsupportedOperationException noLinks) {
            Files.move(draft, file);
        }
    }

    private static void demandOwnerOnly(Path file) throws IOException {
        if (Files.getFileStore(file).supportsFileAttributeView("posix")
                && !OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
            LOG.warn("others could read {}; its permissions are narrowed to its owner", file);
            Files.setPosixFilePermissions(file, OWNER_ONLY);
        }
    }

    private List<CodeKey> parse(List<String> lines) {
        UUID installation = null;
        var keys = new ArrayList<CodeKey>();
        try {
            for (String line : lines) {
                String[] words = line.strip().split("\\s+");
                if (words[0].equals("installation") && words.length == 2) {
                    installation = UUID.fromString(words[1]);
                } else if (words[0].equals("key") && installation != null) {
                    keys.add(key(installation, words));
                } else if (!words[0].isEmpty() && !words[0].startsWith("#")) {
                    throw new IllegalArgumentException("an unknown line");
                }
            }
        } catch (IllegalArgumentException e) {
            // the cause may quote the secret: it is left out
            throw new IllegalStateException("密钥库 " + place() + " 读不懂：文件已损坏或被改动。");
        }
        keys.sort(Comparator.comparingInt(CodeKey::version));
        return List.copyOf(keys);
    }

    private static CodeKey key(@Nullable UUID installation, String[] words) {
        if (installation == null || words.length < 3 || words.length > 4) {
            throw new IllegalArgumentException("not a key");
        }
        return new CodeKey(
                installation,
                Integer.parseInt(words[1]),
                words.length == 3 ? CodeCipher.AES : CodeCipher.valueOf(words[2]),
                HexFormat.of().parseHex(words[words.length - 1]));
    }
}
