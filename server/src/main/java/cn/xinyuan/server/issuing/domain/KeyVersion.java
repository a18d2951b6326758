package cn.xinyuan.server.issuing.domain;

import java.time.Instant;

/**
 * A key version, without its key.
 *
 * @param cipher AES or SM4
 * @param taken how many of its indices are given out
 */
public record KeyVersion(
        int version, String cipher, String fingerprint, Instant since, long taken) {}
