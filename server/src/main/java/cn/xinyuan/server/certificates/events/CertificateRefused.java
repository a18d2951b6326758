package cn.xinyuan.server.certificates.events;

import java.time.Instant;
import java.util.UUID;

/** A certificate was refused. */
public record CertificateRefused(
        UUID lot, UUID party, String district, String rule, String text, Instant at) {}
