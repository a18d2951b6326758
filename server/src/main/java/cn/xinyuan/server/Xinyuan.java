package cn.xinyuan.server;

import java.time.Clock;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;

/** Where the program begins. */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
public class Xinyuan {

    public static void main(String[] args) {
        SpringApplication.run(Xinyuan.class, args);
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
