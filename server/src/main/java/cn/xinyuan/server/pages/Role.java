package cn.xinyuan.server.pages;

/** What a signed-in person is on the platform. A shopper needs none. */
public enum Role {
    ADMINISTRATOR,
    CITY_MANAGER,
    SUPERVISOR,
    EVALUATOR,
    LABORATORY,
    CLERK,
    FARMER,
    RETAILER,
    ASSOCIATION;

    /** Whether the role speaks for the public side: it sees every party within its districts. */
    public boolean isOfficial() {
        return this == ADMINISTRATOR
                || this == CITY_MANAGER
                || this == SUPERVISOR
                || this == EVALUATOR;
    }
}
