package cn.xinyuan.server.issuing.domain;

import cn.xinyuan.codes.CodeEngine;

/** The keys of this installation, in use. */
public interface CodeKeys {

    /** Writes and reads codes with all keys. */
    CodeEngine engine();

    /** The version that new batches are ordered under. */
    int current();
}
