package cn.xinyuan.server.trace.usecase;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.NullMarked;
import org.springframework.stereotype.Component;

/**
 * Decides where reports may go: over http or https to public addresses, and to those private ones
 * that the operator lists. Who connects must use the address that was judged here, since a name may
 * mean another one a moment later.
 */
@NullMarked
@Component
class WebhookGate {

    private final List<String> allowed;

    WebhookGate(EpcisSettings settings) {
        this.allowed =
                settings.webhookHosts().stream()
                        .map(h -> h.strip().toLowerCase(Locale.ROOT))
                        .filter(h -> !h.isEmpty())
                        .toList();
    }

    /** Reports may not go there. */
    static final class Shut extends Exception {
        private static final long serialVersionUID = 1L;

        Shut(String why) {
            super(why);
        }
    }

    /**
     * The address to connect to.
     *
     * @throws Shut if the address is none, or one that is not allowed
     */
    InetAddress resolve(URI dest) throws Shut {
        String scheme = dest.getScheme() == null ? "" : dest.getScheme().toLowerCase(Locale.ROOT);
        String host = dest.getHost();
        if (!scheme.equals("http") && !scheme.equals("https") || host == null) {
            throw new Shut("it must be an http or https address with a host");
        }
        if (dest.getRawUserInfo() != null || dest.getRawFragment() != null) {
            throw new Shut("it must hold no credentials and no fragment; sign reports instead");
        }
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        InetAddress[] addresses;
        try {
            addresses = InetAddress.getAllByName(bare);
        } catch (UnknownHostException _) {
            throw new Shut("the host " + host + " is not known");
        }
        boolean named = allowed.contains(bare.toLowerCase(Locale.ROOT));
        for (InetAddress each : addresses) {
            if (!named && !isPublic(each) && allowed.stream().noneMatch(n -> within(each, n))) {
                throw new Shut(
                        "the host "
                                + host
                                + " is not public; the operator can allow it by"
                                + " xinyuan.epcis.webhook-hosts");
            }
        }
        return addresses[0];
    }

    /** Whether an address belongs to the open Internet (RFC 6890 and IANA's registries). */
    static boolean isPublic(InetAddress address) {
        if (address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        byte[] b = address.getAddress();
        if (address instanceof Inet4Address) {
            return isPublic(b[0] & 0xff, b[1] & 0xff, b[2] & 0xff);
        }
        if (address instanceof Inet6Address) {
            boolean mapped = zero(b, 0, 10) && b[10] == (byte) 0xff && b[11] == (byte) 0xff;
            boolean compatible = zero(b, 0, 12);
            boolean translated = b[0] == 0 && b[1] == 0x64 && b[2] == (byte) 0xff;
            boolean sixToFour = b[0] == 0x20 && b[1] == 0x02;
            boolean teredo = b[0] == 0x20 && b[1] == 0x01 && b[2] == 0 && b[3] == 0;
            boolean documentation =
                    b[0] == 0x20 && b[1] == 0x01 && b[2] == 0x0d && b[3] == (byte) 0xb8;
            boolean global = (b[0] & 0xe0) == 0x20;
            return global
                    && !(mapped
                            || compatible
                            || translated
                            || sixToFour
                            || teredo
                            || documentation);
        }
        return false;
    }

    private static boolean isPublic(int a, int b, int c) {
        return !(a == 0
                || a == 10
                || a == 127
                || a >= 224
                || a == 100 && b >= 64 && b < 128
                || a == 169 && b == 254
                || a == 172 && b >= 16 && b < 32
                || a == 192 && b == 0 && (c == 0 || c == 2)
                || a == 192 && b == 88 && c == 99
                || a == 192 && b == 168
                || a == 198 && (b == 18 || b == 19)
                || a == 198 && b == 51 && c == 100
                || a == 203 && b == 0 && c == 113);
    }

    private static boolean zero(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether an address is one of a network like {@code 10.1.0.0/16}, or the address itself. */
    private static boolean within(InetAddress address, String network) {
        int slash = network.indexOf('/');
        String base = slash < 0 ? network : network.substring(0, slash);
        if (!base.matches("[0-9.]+|[0-9a-f:.]*:[0-9a-f:.]*")) {
            return false;
        }
        try {
            byte[] net = InetAddress.getByName(base).getAddress();
            byte[] at = address.getAddress();
            if (net.length != at.length) {
                return false;
            }
            if (slash < 0) {
                return Arrays.equals(net, at);
            }
            int bits = Integer.parseInt(network.substring(slash + 1));
            for (int i = 0; i < bits; i++) {
                int mask = 0x80 >> i % 8;
                if ((net[i / 8] & mask) != (at[i / 8] & mask)) {
                    return false;
                }
            }
            return bits >= 0 && bits <= net.length * 8;
        } catch (UnknownHostException | NumberFormatException | ArrayIndexOutOfBoundsException _) {
            return false;
        }
    }
}
