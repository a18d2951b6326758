package cn.xinyuan.server.issuing.store;

import cn.xinyuan.codes.CodeCipher;
import cn.xinyuan.codes.CodeEngine;
import cn.xinyuan.codes.CodeKey;
import cn.xinyuan.server.issuing.domain.CodeKeys;
import cn.xinyuan.server.issuing.domain.KeyVersion;
import cn.xinyuan.server.pages.Refused;
import java.nio.file.Path;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * The keys that this node makes and reads codes with. The database knows a fingerprint of each, so
 * that a program with the wrong key store stops before it declares true labels false; and which
 * version is the newest, so that a version begun on one node is begun on all.
 */
@Component
class KeysInUse implements CodeKeys, SmartInitializingSingleton {

    private static final Logger LOG = LoggerFactory.getLogger(KeysInUse.class);

    private static final String KNOWN =
            "select fingerprint from issuing.code_key where version = :version";

    private static final String NEWEST = "select coalesce(max(version), -1) from issuing.code_key";

    private static final String VERSIONS =
            """
            select version, cipher, fingerprint, since, taken
              from issuing.code_key order by version desc
            """;

    private static final String ADD =
            """
            insert into issuing.code_key (version, installation, fingerprint, since, cipher, taken)
            select :version, :installation, :fingerprint, :since, :cipher,
                   coalesce(max(first_index + codes), 0)
              from issuing.batch where key_version = :version
            on conflict (version) do nothing
            """;

    private final JdbcClient db;
    private final Clock clock;
    private final SecretStore store;
    private final CodeCipher cipher;
    private volatile Held held;

    private record Held(List<CodeKey> keys, CodeEngine engine) {

        static Held of(List<CodeKey> keys) {
            return new Held(keys, new CodeEngine(keys));
        }

        int newest() {
            return keys.getLast().version();
        }
    }

    /**
     * @param cipher AES, or SM4 for national mode: what the next key is made for
     * @param module the SunPKCS11 configuration of a hardware module; empty for the file
     * @param pin the module's user PIN, best given as an environment variable
     */
    KeysInUse(
            JdbcClient db,
            Clock clock,
            @Value("${xinyuan.data:./data}") Path folder,
            @Value("${xinyuan.codes.cipher:AES}") CodeCipher cipher,
            @Value("${xinyuan.codes.pkcs11:}") String module,
            @Value("${xinyuan.codes.pkcs11-pin:}") String pin) {
        this.db = db;
        this.clock = clock;
        this.cipher = cipher;
        this.store =
                module.isBlank()
                        ? new CodeKeyFile(folder.resolve(CodeKeyFile.NAME))
                        : new HardwareModule(module, pin.toCharArray());
        List<CodeKey> keys = store.read();
        if (keys.isEmpty()) {
            store.add(UUID.randomUUID(), 0, cipher);
            keys = store.read();
        }
        if (keys.isEmpty()) {
            throw new IllegalStateException("密钥库 " + store.place() + " 里没有密钥。");
        }
        this.held = Held.of(keys);
    }

    @Override
    public CodeEngine engine() {
        return held.engine();
    }

    @Override
    public UUID installation() {
        return held.keys().getFirst().installation();
    }

    @Override
    public int current() {
        int newest = db.sql(NEWEST).query(Integer.class).single();
        if (newest > held.newest()) {
            reload();
        }
        if (newest > held.newest()) {
            throw wrongStore("缺少版本 " + newest);
        }
        return newest;
    }

    @Override
    public List<KeyVersion> versions() {
        return db.sql(VERSIONS)
                .query(
                        (row, n) ->
                                new KeyVersion(
                                        row.getInt("version"),
                                        row.getString("cipher"),
                                        row.getString("fingerprint"),
                                        row.getObject("since", OffsetDateTime.class).toInstant(),
                                        row.getLong("taken")))
                .list();
    }

    @Override
    public synchronized int begin() {
        int version = current() + 1;
        if (version >= CodeKey.VERSIONS) {
            throw new Refused("no-key-version-left", "16 个密钥版本都已用过，不能再启用新的。");
        }
        // the store first: a version that the database knows and no store has would stop every
        // start
        if (held.newest() < version) {
            store.add(held.keys().getFirst().installation(), version, cipher);
            reload();
        }
        CodeKey key =
                held.keys().stream().filter(k -> k.version() == version).findFirst().orElseThrow();
        add(key);
        return version;
    }

    /** Another node may have begun a version: its codes are read as soon as the store has it. */
    @Scheduled(fixedDelay = 1_000)
    void follow() {
        int newest = db.sql(NEWEST).query(Integer.class).single();
        if (newest > held.newest()) {
            reload();
            if (newest > held.newest()) {
                LOG.error(
                        "key version {} is in use, but not in {}: copy the key store of the node that"
                                + " began it",
                        newest,
                        store.place());
            }
        }
    }

    /** Compares the keys with what the database knows of them, before anything is served. */
    @Override
    public void afterSingletonsInstantiated() {
        int newest = db.sql(NEWEST).query(Integer.class).single();
        if (newest > held.newest()) {
            throw wrongStore("版本 " + newest);
        }
        for (CodeKey key : held.keys()) {
            add(key);
            Optional<String> known =
                    db.sql(KNOWN).param("version", key.version()).query(String.class).optional();
            if (!known.equals(Optional.of(key.fingerprint()))) {
                throw wrongStore("版本 " + key.version());
            }
        }
    }

    private synchronized void reload() {
        held = Held.of(store.read());
    }

    private void add(CodeKey key) {
        db.sql(ADD)
                .param("version", key.version())
                .param("installation", key.installation())
                .param("fingerprint", key.fingerprint())
                .param("cipher", key.cipher().name())
                .param("since", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    private IllegalStateException wrongStore(String which) {
        return new IllegalStateException(
                "密钥库 %s 与数据库不符（%s）：请放回原来的密钥库（code-keys 文件），否则已印的标签都无法识别。"
                        .formatted(store.place(), which));
    }
}
