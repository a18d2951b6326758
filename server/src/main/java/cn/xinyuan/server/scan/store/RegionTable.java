package cn.xinyuan.server.scan.store;

import cn.xinyuan.server.scan.domain.Regions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The operator's table of coarse regions; a table with an error stops the start. */
@Configuration(proxyBeanMethods = false)
class RegionTable {

    @Bean
    static Regions regions(@Value("${xinyuan.scan.region-table:}") String file) throws IOException {
        if (file.isBlank()) {
            return Regions.NONE;
        }
        try {
            return Regions.read(Files.readAllLines(Path.of(file)));
        } catch (IllegalArgumentException wrong) {
            throw new IllegalStateException("地区表 " + file + " 读不懂，" + wrong.getMessage(), wrong);
        }
    }
}
