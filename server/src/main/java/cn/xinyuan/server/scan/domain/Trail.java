package cn.xinyuan.server.scan.domain;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What is remembered of one code's scans on one day to tell copies from honest scans: when, in
 * which coarse region, and a hash that tells one reader from another with the day's salt. Nobody is
 * in it; without the salt, which is gone two days later, the hashes say nothing.
 *
 * <p>Of many scans the newest {@value #MOST} of different readers or regions are kept.
 *
 * @param sightings in no order
 */
public record Trail(List<Sighting> sightings) {

    /** Sightings that are kept: more than the most cautious rule asks for. */
    public static final int MOST = 160;

    public static final Trail EMPTY = new Trail(List.of());

    private static final byte VERSION = 1;
    private static final int LONGEST_REGION = 120;

    /**
     * The last scan of a reader in a region on the day.
     *
     * @param second of the day, in China
     * @param region coarse region; empty when unknown
     * @param token salted hash of the reader
     */
    public record Sighting(int second, String region, int token) {}

    public Trail {
        sightings = List.copyOf(sightings);
    }

    /** With these as well. */
    public Trail with(List<Sighting> more) {
        var all = new ArrayList<>(sightings);
        for (Sighting one : more) {
            all.removeIf(
                    s ->
                            s.token() == one.token()
                                    && s.region().equals(one.region())
                                    && s.second() <= one.second());
            if (all.stream()
                    .noneMatch(s -> s.token() == one.token() && s.region().equals(one.region()))) {
                all.add(one);
            }
        }
        if (all.size() > MOST) {
            all.sort(Comparator.comparingInt(Sighting::second).reversed());
            return new Trail(all.subList(0, MOST));
        }
        return new Trail(all);
    }

    /** As it is kept: a version, the regions, then 8 bytes for each sighting. */
    public byte[] bytes() {
        List<String> regions =
                sightings.stream().map(Sighting::region).distinct().limit(255).toList();
        List<byte[]> names = regions.stream().map(Trail::cut).toList();
        int length = 2 + names.stream().mapToInt(n -> 1 + n.length).sum() + sightings.size() * 8;
        var out = ByteBuffer.allocate(length).put(VERSION).put((byte) names.size());
        names.forEach(n -> out.put((byte) n.length).put(n));
        for (Sighting s : sightings) {
            int region = Math.max(0, regions.indexOf(s.region()));
            out.putInt(s.second() << 8 | region).putInt(s.token());
        }
        return out.array();
    }

    /** Reads what {@link #bytes} wrote; empty bytes are an empty trail. */
    public static Trail read(byte[] bytes) {
        if (bytes.length == 0) {
            return EMPTY;
        }
        var in = ByteBuffer.wrap(bytes);
        if (in.get() != VERSION) {
            throw new IllegalArgumentException("a trail of another version");
        }
        var regions = new ArrayList<String>();
        for (int n = in.get() & 0xFF; n > 0; n--) {
            byte[] name = new byte[in.get() & 0xFF];
            in.get(name);
            regions.add(new String(name, UTF_8));
        }
        var sightings = new ArrayList<Sighting>();
        while (in.remaining() >= 8) {
            int word = in.getInt();
            sightings.add(new Sighting(word >>> 8, regions.get(word & 0xFF), in.getInt()));
        }
        return new Trail(sightings);
    }

    private static byte[] cut(String region) {
        byte[] name = region.getBytes(UTF_8);
        return name.length <= LONGEST_REGION
                ? name
                : new String(name, 0, LONGEST_REGION, UTF_8).replace("\uFFFD", "").getBytes(UTF_8);
    }
}
