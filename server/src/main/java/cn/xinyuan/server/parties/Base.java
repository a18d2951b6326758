package cn.xinyuan.server.parties;

import java.util.UUID;

/** A growing base of a party: what a site visit is made to. */
public record Base(UUID id, UUID party, String name, String district) {}
