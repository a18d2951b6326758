package cn.xinyuan.server.pages;

/** What a signed-in person is on the platform. A shopper needs none. */
public enum Role {
    ADMINISTRATOR("系统管理员"),
    CITY_MANAGER("市级管理"),
    SUPERVISOR("监管人员"),
    EVALUATOR("评审专家"),
    LABORATORY("检测机构"),
    CLERK("主体经办"),
    FARMER("农户"),
    RETAILER("收货方"),
    ASSOCIATION("行业协会");

    private final String word;

    Role(String word) {
        this.word = word;
    }

    /** The role in Chinese. */
    public String word() {
        return word;
    }

    /** Whether the role speaks for the public side: it sees every party within its districts. */
    public boolean isOfficial() {
        return this == ADMINISTRATOR
                || this == CITY_MANAGER
                || this == SUPERVISOR
                || this == EVALUATOR;
    }
}
