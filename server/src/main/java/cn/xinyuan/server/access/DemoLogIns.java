package cn.xinyuan.server.access;

import java.util.List;

/** The log-ins of the demo season, for the sign-in page. Only the demo has them. */
public interface DemoLogIns {

    List<DemoLogIn> list();

    /**
     * One log-in that anybody may use.
     *
     * @param person who it is, in words, such as 合作社文员
     */
    record DemoLogIn(String person, String loginName, String password) {}
}
