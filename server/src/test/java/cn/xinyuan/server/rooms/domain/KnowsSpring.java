package cn.xinyuan.server.rooms.domain;

import org.springframework.stereotype.Component;

/** Breaks the rule that a domain knows no framework, so that the rule is seen to bite. */
@Component
public class KnowsSpring {}
