package cn.xinyuan.server.rooms.web;

import org.springframework.jdbc.core.simple.JdbcClient;

/** Breaks the rule that pages are not drawn from tables, so that the rule is seen to bite. */
public class DrawsFromTables {
    final JdbcClient db;

    public DrawsFromTables(JdbcClient db) {
        this.db = db;
    }
}
