package cn.xinyuan.server.issuing.store;

import cn.xinyuan.codes.CodeCipher;
import cn.xinyuan.codes.CodeKey;
import java.util.List;
import java.util.UUID;

/** Where the secrets of the key versions lie: a file, or a hardware module. Never the database. */
interface SecretStore {

    /**
     * All keys, by version.
     *
     * @throws IllegalStateException in words for the operator when it cannot be read
     */
    List<CodeKey> read();

    /** Makes a secret for a version and keeps it durably; returns when it is. */
    void add(UUID installation, int version, CodeCipher cipher);

    /** The place in words, such as the path of a file. */
    String place();
}
