package cn.xinyuan.server.standards.events;

import java.time.LocalDate;

/** From {@code day} on, stock and pending lots of the category are judged by another edition. */
public record EditionInForce(String edition, LocalDate day) {}
