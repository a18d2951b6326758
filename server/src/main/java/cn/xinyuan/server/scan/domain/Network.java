package cn.xinyuan.server.scan.domain;

import java.util.Arrays;

/**
 * Where requests come from, as far as limits need to know: one IPv4 address, or the /64 that a
 * household or a phone has in IPv6, since within it addresses cost nothing.
 *
 * @param key stands for the address or the /64; held in memory only
 * @param coarse the /24 or /48 around it, which may be told
 * @param own the machine itself, or a proxy on it
 */
public record Network(String key, String coarse, boolean own) {

    /**
     * @param address literal, as containers give it
     */
    public static Network of(String address) {
        if (address.indexOf(':') < 0) {
            int last = address.lastIndexOf('.');
            String coarse = last < 0 ? "?" : address.substring(0, last) + ".0/24";
            return new Network(address, coarse, address.startsWith("127."));
        }
        String[] groups = groups(address);
        if (groups[5].equals("ffff") && address.lastIndexOf('.') > 0) {
            return of(address.substring(address.lastIndexOf(':') + 1));
        }
        boolean own =
                groups[7].equals("1")
                        && Arrays.stream(groups).limit(7).allMatch(g -> g.equals("0"));
        return new Network(
                String.join(":", Arrays.copyOf(groups, 4)) + "::/64",
                String.join(":", Arrays.copyOf(groups, 3)) + "::/48",
                own);
    }

    private static String[] groups(String address) {
        String plain = address.replaceAll("%.*", "").toLowerCase(java.util.Locale.ROOT);
        String[] halves = plain.split("::", 2);
        String[] front = halves[0].isEmpty() ? new String[0] : halves[0].split(":");
        String[] back =
                halves.length < 2 || halves[1].isEmpty() ? new String[0] : halves[1].split(":");
        String[] all = new String[8];
        Arrays.fill(all, "0");
        int dotted = back.length > 0 && back[back.length - 1].indexOf('.') > 0 ? 1 : 0;
        for (int i = 0; i < Math.min(8, front.length); i++) {
            all[i] = bare(front[i]);
        }
        for (int i = 0; i < back.length; i++) {
            int at = 8 - dotted - back.length + i;
            if (at >= 0 && at < 8) {
                all[at] = bare(back[i]);
            }
        }
        return all;
    }

    private static String bare(String group) {
        String shorter = group.replaceFirst("^0+(?=.)", "");
        return shorter.isEmpty() ? "0" : shorter;
    }
}
