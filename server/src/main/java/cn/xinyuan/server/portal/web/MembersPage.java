package cn.xinyuan.server.portal.web;

import java.util.List;

/** What an association sees of its trade: who holds a licence, who does not yet. */
public record MembersPage(String association, List<Member> members) {

    /** A cooperative or firm. */
    public record Member(String name, String town, long products, long licences, String next) {}
}
