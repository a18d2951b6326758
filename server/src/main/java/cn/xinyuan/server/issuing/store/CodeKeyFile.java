package cn.xinyuan.server.issuing.store;

import cn.xinyuan.codes.CodeEngine;
import cn.xinyuan.codes.CodeKey;
import cn.xinyuan.server.issuing.domain.CodeKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The key store: the file {@code code-keys} in the data folder, which only its owner may read. It
 * is made at the first start; the secrets are nowhere else. The database knows a fingerprint of
 * each key, so that a program with the wrong file stops before it declares true labels false.
 *
 * <p>Format: a line {@code installation UUID}, then {@code key VERSION HEX} lines; {@code #} begins
 * a remark.
 */
@Component
class CodeKeyFile implements CodeKeys, SmartInitializingSingleton {

    private static final Logger LOG = LoggerFactory.getLogger(CodeKeyFile.class);

    private static final String NAME = "code-keys";
    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private static final String REMARK =
            """
            # The keys that make and read the item codes of this installation.
            # Whoever has them can make codes; without them no printed label can be read.
            # Keep this file in your backup, locked away, and nowhere else.
            """;

    private static final String KNOWN =
            "select fingerprint from issuing.code_key where version = :version";

    private static final String NEWEST = "select coalesce(max(version), -1) from issuing.code_key";

    private static final String ADD =
            """
            insert into issuing.code_key (version, installation, fingerprint, since)
            values (:version, :installation, :fingerprint, :since)
            on conflict (version) do nothing
            """;

    private final JdbcClient db;
    private final Clock clock;
    private final Path file;
    private final List<CodeKey> keys;
    private final CodeEngine engine;

    CodeKeyFile(JdbcClient db, Clock clock, @Value("${xinyuan.data:./data}") Path folder) {
        this.db = db;
        this.clock = clock;
        this.file = folder.resolve(NAME);
        this.keys = readOrMake(file);
        this.engine = new CodeEngine(keys);
    }

    @Override
    public CodeEngine engine() {
        return engine;
    }

    @Override
    public int current() {
        return keys.getLast().version();
    }

    /** Compares the keys with what the database knows of them, before anything is served. */
    @Override
    public void afterSingletonsInstantiated() {
        int newest = db.sql(NEWEST).query(Integer.class).single();
        if (newest > current()) {
            throw wrongFile("版本 " + newest);
        }
        for (CodeKey key : keys) {
            db.sql(ADD)
                    .param("version", key.version())
                    .param("installation", key.installation())
                    .param("fingerprint", fingerprint(key))
                    .param("since", clock.instant().atOffset(ZoneOffset.UTC))
                    .update();
            String known =
                    db.sql(KNOWN).param("version", key.version()).query(String.class).single();
            if (!known.equals(fingerprint(key))) {
                throw wrongFile("版本 " + key.version());
            }
        }
    }

    private IllegalStateException wrongFile(String which) {
        return new IllegalStateException(
                "密钥库 %s 与数据库不符（%s）：请放回原来的 code-keys 文件，否则已印的标签都无法识别。"
                        .formatted(file.toAbsolutePath(), which));
    }

    static List<CodeKey> readOrMake(Path file) {
        try {
            if (!Files.exists(file)) {
                make(file);
            }
            demandOwnerOnly(file);
            return read(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Written whole under another name first: a start that is cut off leaves no half a key. */
    private static void make(Path file) throws IOException {
        Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElseThrow();
        Files.createDirectories(folder);
        CodeKey key = CodeKey.random(UUID.randomUUID(), 0, new SecureRandom());
        String text =
                REMARK
                        + "installation "
                        + key.installation()
                        + "\nkey "
                        + key.version()
                        + " "
                        + key.secret()
                        + "\n";
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
            try {
                // a link, not a move: whoever comes second must not overwrite the first
                Files.createLink(file, draft);
                LOG.info("made a new key store {}", file.toAbsolutePath());
            } catch (FileAlreadyExistsException another) {
                LOG.info("the key store {} was made by another start", file.toAbsolutePath());
            } catch (UnsupportedOperationException noLinks) {
                Files.move(draft, file);
            }
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static void demandOwnerOnly(Path file) throws IOException {
        if (Files.getFileStore(file).supportsFileAttributeView("posix")
                && !OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
            LOG.warn("others could read {}; its permissions are narrowed to its owner", file);
            Files.setPosixFilePermissions(file, OWNER_ONLY);
        }
    }

    private static List<CodeKey> read(Path file) throws IOException {
        UUID installation = null;
        var keys = new ArrayList<CodeKey>();
        try {
            for (String line : Files.readAllLines(file, StandardCharsets.US_ASCII)) {
                String[] words = line.strip().split("\\s+");
                if (words[0].equals("installation") && words.length == 2) {
                    installation = UUID.fromString(words[1]);
                } else if (words[0].equals("key") && words.length == 3 && installation != null) {
                    keys.add(
                            new CodeKey(
                                    installation,
                                    Integer.parseInt(words[1]),
                                    HexFormat.of().parseHex(words[2])));
                } else if (!words[0].isEmpty() && !words[0].startsWith("#")) {
                    throw new IllegalArgumentException("an unknown line");
                }
            }
        } catch (IllegalArgumentException e) {
            // the cause may quote the secret: it is left out
            throw new IllegalStateException("密钥库 " + file.toAbsolutePath() + " 读不懂：文件已损坏或被改动。");
        }
        if (keys.isEmpty()) {
            throw new IllegalStateException("密钥库 " + file.toAbsolutePath() + " 里没有密钥。");
        }
        keys.sort(Comparator.comparingInt(CodeKey::version));
        return List.copyOf(keys);
    }

    /** Tells one key from another and nothing about the key: 256 random bits are behind it. */
    private static String fingerprint(CodeKey key) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(
                                    ("xinyuan code key " + key.installation() + " " + key.secret())
                                            .getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
