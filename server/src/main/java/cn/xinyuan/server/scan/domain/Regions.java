package cn.xinyuan.server.scan.domain;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Coarse regions as the operator wrote them down; the platform brings none. Lines are
 *
 * <pre>
 * net 203.0.113.0/24 440300
 * net 2001:db8::/32 北京
 * place 440300 22.54 114.06
 * </pre>
 *
 * where a region is a division of GB/T 2260 of six digits or a name of at most 40 characters, and a
 * place its latitude and longitude in degrees; {@code #} begins a remark. Of nets that hold an
 * address the narrowest counts.
 */
public final class Regions {

    /** Nothing is known of any address or place. */
    public static final Regions NONE = new Regions(Map.of(), new TreeMap<>());

    private static final int LONGEST = 40;
    private static final double EARTH_KM = 6371;

    /** A point on the globe, in degrees. */
    public record Place(double latitude, double longitude) {

        /** Great-circle distance. */
        public double kilometresTo(Place other) {
            double a = Math.toRadians(latitude);
            double b = Math.toRadians(other.latitude);
            double up = Math.sin((b - a) / 2);
            double across = Math.sin(Math.toRadians(other.longitude - longitude) / 2);
            return 2
                    * EARTH_KM
                    * Math.asin(Math.sqrt(up * up + Math.cos(a) * Math.cos(b) * across * across));
        }
    }

    private final Map<String, Place> places;

    /** By the length of the prefix in bits, of addresses of 16 bytes; the longest first. */
    private final TreeMap<Integer, Map<Net, String>> nets;

    private record Net(long high, long low) {
        Net cut(int bits) {
            long top = bits >= 64 ? high : bits == 0 ? 0 : high & -1L << 64 - bits;
            long end = bits <= 64 ? 0 : bits == 128 ? low : low & -1L << 128 - bits;
            return new Net(top, end);
        }
    }

    private Regions(Map<String, Place> places, TreeMap<Integer, Map<Net, String>> nets) {
        this.places = places;
        this.nets = nets;
    }

    /**
     * Reads a table.
     *
     * @throws IllegalArgumentException naming the line that cannot be read
     */
    public static Regions read(List<String> lines) {
        var places = new HashMap<String, Place>();
        var nets = new TreeMap<Integer, Map<Net, String>>(Comparator.reverseOrder());
        int number = 0;
        for (String line : lines) {
            number++;
            String[] words = line.replaceAll("#.*", "").strip().split("\\s+");
            try {
                if (words[0].equals("net") && words.length == 3) {
                    net(words[1], region(words[2]), nets);
                } else if (words[0].equals("place") && words.length == 4) {
                    places.put(
                            region(words[1]),
                            new Place(within(words[2], 90), within(words[3], 180)));
                } else if (!words[0].isEmpty()) {
                    throw new IllegalArgumentException("neither net nor place");
                }
            } catch (IllegalArgumentException wrong) {
                throw new IllegalArgumentException(
                        "line " + number + ": " + line + " (" + wrong.getMessage() + ")", wrong);
            }
        }
        return new Regions(Map.copyOf(places), nets);
    }

    private static String region(String word) {
        if (word.codePointCount(0, word.length()) > LONGEST) {
            throw new IllegalArgumentException("a region has at most 40 characters");
        }
        return word;
    }

    private static double within(String word, double most) {
        double degrees = Double.parseDouble(word);
        if (!(Math.abs(degrees) <= most)) {
            throw new IllegalArgumentException("degrees are between -" + most + " and " + most);
        }
        return degrees;
    }

    private static void net(String word, String region, Map<Integer, Map<Net, String>> nets) {
        int slash = word.indexOf('/');
        byte[] address = address(slash < 0 ? word : word.substring(0, slash));
        boolean four = word.indexOf(':') < 0;
        int bits = slash < 0 ? (four ? 32 : 128) : Integer.parseInt(word.substring(slash + 1));
        if (bits < 0 || bits > (four ? 32 : 128)) {
            throw new IllegalArgumentException("a prefix of so many bits there is not");
        }
        int all = four ? bits + 96 : bits;
        nets.computeIfAbsent(all, b -> new HashMap<>()).put(wide(address).cut(all), region);
    }

    /** Literal addresses only: no name is looked up. */
    private static byte[] address(String text) {
        if (!text.matches("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
            throw new IllegalArgumentException("not an address");
        }
        try {
            return InetAddress.getByName(text).getAddress();
        } catch (UnknownHostException wrong) {
            throw new IllegalArgumentException("not an address", wrong);
        }
    }

    private static Net wide(byte[] address) {
        byte[] all = address;
        if (address.length == 4) {
            all = new byte[16];
            all[10] = -1;
            all[11] = -1;
            System.arraycopy(address, 0, all, 12, 4);
        }
        return new Net(number(Arrays.copyOf(all, 8)), number(Arrays.copyOfRange(all, 8, 16)));
    }

    private static long number(byte[] eight) {
        long n = 0;
        for (byte b : eight) {
            n = n << 8 | b & 0xFF;
        }
        return n;
    }

    /** The region of a literal IPv4 or IPv6 address; empty when no net holds it. */
    public Optional<String> of(String address) {
        if (nets.isEmpty()) {
            return Optional.empty();
        }
        Net whole;
        try {
            whole = wide(address(address));
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
        for (var entry : nets.entrySet()) {
            String region = entry.getValue().get(whole.cut(entry.getKey()));
            if (region != null) {
                return Optional.of(region);
            }
        }
        return Optional.empty();
    }

    /** Where a region is; empty when the operator did not say. */
    public Optional<Place> place(String region) {
        return Optional.ofNullable(places.get(region));
    }

    public boolean hasNets() {
        return !nets.isEmpty();
    }

    public boolean hasPlaces() {
        return !places.isEmpty();
    }
}
