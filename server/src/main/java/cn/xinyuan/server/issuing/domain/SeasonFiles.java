package cn.xinyuan.server.issuing.domain;

import java.nio.file.Path;
import java.security.PrivateKey;

/** The key that season files are signed with, and the folder they lie in. */
public interface SeasonFiles {

    /** Never leaves this process. */
    PrivateKey signingKey();

    /** The public half in PEM (RFC 8410), for whoever checks a file. */
    String publicKey();

    Path folder();
}
