package cn.xinyuan.server.catalog.usecase;

import cn.xinyuan.server.catalog.domain.AllowedHosts;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where links of products may lead, as the operator configures it ({@code xinyuan.links.*}).
 *
 * @param allowedHosts host names, {@code *.} before one for everything below it; nothing may be
 *     registered while it is empty, and what was registered is no more followed when its host is
 *     taken out
 */
@ConfigurationProperties("xinyuan.links")
public record LinkSettings(@DefaultValue List<String> allowedHosts) {

    AllowedHosts hosts() {
        return new AllowedHosts(allowedHosts);
    }
}
