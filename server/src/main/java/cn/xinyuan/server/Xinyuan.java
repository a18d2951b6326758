package cn.xinyuan.server;

import cn.xinyuan.server.launch.Launch;
import java.time.Clock;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;

/** Where the program begins. */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
public class Xinyuan {

    /** {@code demo | serve | verify | doctor}; {@code ./xinyuan} calls it with the right JDK. */
    public static void main(String[] args) {
        System.setProperty("java.util.logging.SimpleFormatter.format", "%5$s%n");
        int code = new Launch(Xinyuan.class, System.getenv(), System.out, System.err).run(args);
        if (code >= 0) {
            System.exit(code);
        }
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
