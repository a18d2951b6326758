package cn.xinyuan.server.scan.domain;

import java.util.Optional;

/**
 * When the scans of one code look like those of copies. A box is scanned by a family, a shop and a
 * few friends, in one or two cities; a copied label is scanned by strangers in many.
 *
 * @param regions distinct coarse regions within 24 hours that are too many; 0 switches the rule off
 * @param readers distinct readers within 24 hours that are too many
 * @param burst distinct readers within 10 minutes that are too many
 */
public record Suspicion(int regions, int readers, int burst) {

    /** What the platform starts with. */
    public static final Suspicion USUAL = new Suspicion(4, 80, 30);

    /** Readers of one code, as far as they are remembered. */
    public record Readers(int regionsInADay, int readersInADay, int readersInTenMinutes) {}

    /** The evidence, in words for the supervisor; empty while there is none. */
    public Optional<String> evidence(Readers seen) {
        if (regions > 0 && seen.regionsInADay() >= regions) {
            return Optional.of("24 小时内在 " + seen.regionsInADay() + " 个地区被查询");
        }
        if (seen.readersInTenMinutes() >= burst) {
            return Optional.of("10 分钟内被 " + seen.readersInTenMinutes() + " 部不同的设备查询");
        }
        if (seen.readersInADay() >= readers) {
            return Optional.of("24 小时内被 " + seen.readersInADay() + " 部不同的设备查询");
        }
        return Optional.empty();
    }
}
