package cn.xinyuan.server.issuing.web;

import java.util.List;

/**
 * The files by which codes are checked without a network.
 *
 * @param seasons years
 * @param fingerprint of the public key, to compare with what was published elsewhere
 */
public record OfflinePage(List<String> seasons, String fingerprint) {}
