package cn.xinyuan.server.recall.web;

import java.util.List;

/** All recalls an officer may see. */
public record RecallListPage(List<RecallRow> rows) {}
