package cn.xinyuan.server.trace;

import java.util.Optional;
import java.util.UUID;

/** Tells the lot behind the code on a box. A higher room knows how to read codes. */
public interface LabelledItems {

    /** Empty for what is no code, or for a code that is on no box yet. */
    Optional<UUID> lotOf(String code);
}
