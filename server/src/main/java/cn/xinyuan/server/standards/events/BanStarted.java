package cn.xinyuan.server.standards.events;

import java.time.LocalDate;

/** From {@code day} on the substance may be neither sold nor used. */
public record BanStarted(String substance, LocalDate day) {}
