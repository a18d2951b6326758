package cn.xinyuan.server.issuing.domain;

import cn.xinyuan.codes.CodeEngine;
import java.util.List;
import java.util.UUID;

/** The keys of this installation, in use. */
public interface CodeKeys {

    /** Writes and reads codes with all keys. */
    CodeEngine engine();

    /** Whose codes these are. */
    UUID installation();

    /** The version that new batches are ordered under. */
    int current();

    /** All versions, newest first. */
    List<KeyVersion> versions();

    /**
     * Begins a new key version: its secret is made and kept durably, and codes of it can be read.
     * Within the caller's transaction it becomes the one that new batches are ordered under.
     *
     * @return the new version
     * @throws cn.xinyuan.server.pages.Refused {@code no-key-version-left} after the sixteenth
     */
    int begin();
}
