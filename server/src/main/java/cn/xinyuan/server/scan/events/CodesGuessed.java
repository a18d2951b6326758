package cn.xinyuan.server.scan.events;

import java.time.Instant;

/**
 * Somebody tries codes one after another that nobody issued.
 *
 * @param network the coarse network they came from, such as 203.0.113.0/24; never an address
 * @param guesses how many within ten minutes so far
 */
public record CodesGuessed(String network, int guesses, Instant at) {}
