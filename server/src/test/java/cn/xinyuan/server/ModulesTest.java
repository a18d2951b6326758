package cn.xinyuan.server;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

class ModulesTest {

    @Test
    void every_arrow_between_rooms_is_a_declared_one_and_no_arrow_closes_a_circle() {
        ApplicationModules.of(Xinyuan.class).detectViolations().throwIfPresent();
    }
}
