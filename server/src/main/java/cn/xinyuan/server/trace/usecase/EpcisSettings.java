package cn.xinyuan.server.trace.usecase;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the operator sets for the EPCIS interface.
 *
 * @param companyPrefixes digits of a GS1 company prefix by its first digits, needed to say a
 *     Digital Link as EPC URN; 690 and 691 have 7, 692 to 699 have 8 (GS1 China), 952 is the demo
 *     prefix
 * @param webhookHosts hosts (or addresses, or networks like {@code 10.1.0.0/16}) to which reports
 *     may go although they are private; all public ones may be named without being listed here
 * @param tokenLife how long a page token holds
 * @param tick how often it is looked whether somebody is to be told of new events
 */
@ConfigurationProperties("xinyuan.epcis")
public record EpcisSettings(
        Map<String, Integer> companyPrefixes,
        @DefaultValue List<String> webhookHosts,
        @DefaultValue("1d") Duration tokenLife,
        @DefaultValue("1s") Duration tick) {

    private static final Map<String, Integer> CHINA =
            Map.ofEntries(
                    Map.entry("690", 7),
                    Map.entry("691", 7),
                    Map.entry("692", 8),
                    Map.entry("693", 8),
                    Map.entry("694", 8),
                    Map.entry("695", 8),
                    Map.entry("696", 8),
                    Map.entry("697", 8),
                    Map.entry("698", 8),
                    Map.entry("699", 8),
                    Map.entry("952", 7));

    public EpcisSettings {
        companyPrefixes =
                companyPrefixes == null || companyPrefixes.isEmpty()
                        ? CHINA
                        : Map.copyOf(companyPrefixes);
        webhookHosts = List.copyOf(webhookHosts);
    }
}
