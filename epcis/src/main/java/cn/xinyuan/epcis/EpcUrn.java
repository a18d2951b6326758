package cn.xinyuan.epcis;

import java.util.Optional;

/** Writes the path of a canonical Digital Link as EPC URN (TDS 2.0, chapters 6 and 8). */
final class EpcUrn {

    private EpcUrn() {}

    /** Empty when no company prefix is known; the empty text when no URN can bear the serial. */
    static Optional<String> of(String path, CompanyPrefixes known) {
        String[] parts = path.split("/", 4);
        String key = Identifier.decode(parts[1]);
        String more = parts.length == 4 ? Identifier.decode(parts[3]) : "";
        String level = parts.length == 4 ? parts[2] : "";
        return switch (parts[0]) {
            case "00" -> extended("sscc", key, known);
            case "01" -> item(key, level, more, known);
            case "253" -> serialled("gdti", key.substring(0, 12), key.substring(13), known);
            case "255" -> serialled("sgcn", key.substring(0, 12), key.substring(13), known);
            case "401" -> known.of(key).map(p -> open("ginc", p, key));
            case "402" -> plain("gsin", key, known);
            case "414" ->
                    known.of(key)
                            .filter(p -> p.length() <= 12)
                            .map(
                                    p ->
                                            join(
                                                    "urn:epc:id:sgln:",
                                                    p,
                                                    key.substring(p.length(), 12),
                                                    more.isEmpty() ? "0" : more));
            case "417" -> plain("pgln", key, known);
            case "8003" -> serialled("grai", key.substring(1, 13), key.substring(14), known);
            case "8004" -> known.of(key).map(p -> open("giai", p, key));
            case "8006" -> itip(key, more, known);
            case "8010" ->
                    known.of(key)
                            .map(
                                    p ->
                                            join(
                                                    more.isEmpty()
                                                            ? "urn:epc:idpat:cpi:"
                                                            : "urn:epc:id:cpi:",
                                                    p,
                                                    key.substring(p.length()),
                                                    more.isEmpty() ? "*" : more));
            case "8017" -> plain("gsrnp", key, known);
            case "8018" -> plain("gsrn", key, known);
            default -> Optional.empty();
        };
    }

    private static Optional<String> extended(String scheme, String key, CompanyPrefixes known) {
        return known.of(key.substring(1, key.length() - 1))
                .map(
                        p ->
                                "urn:epc:id:"
                                        + scheme
                                        + ":"
                                        + p
                                        + "."
                                        + key.charAt(0)
                                        + key.substring(1 + p.length(), key.length() - 1));
    }

    private static Optional<String> item(
            String gtin, String level, String more, CompanyPrefixes known) {
        return known.of(gtin.substring(1, 13))
                .map(
                        p -> {
                            String item = gtin.charAt(0) + gtin.substring(1 + p.length(), 13);
                            return switch (level) {
                                case "10" -> join("urn:epc:class:lgtin:", p, item, more);
                                case "21" -> join("urn:epc:id:sgtin:", p, item, more);
                                case "235" -> join("urn:epc:id:upui:", p, item, more);
                                default -> join("urn:epc:idpat:sgtin:", p, item, "*");
                            };
                        });
    }

    private static Optional<String> itip(String key, String serial, CompanyPrefixes known) {
        return known.of(key.substring(1, 13))
                .map(
                        p ->
                                join(
                                        serial.isEmpty()
                                                ? "urn:epc:idpat:itip:"
                                                : "urn:epc:id:itip:",
                                        p,
                                        key.charAt(0)
                                                + key.substring(1 + p.length(), 13)
                                                + "."
                                                + key.substring(14, 16)
                                                + "."
                                                + key.substring(16, 18),
                                        serial.isEmpty() ? "*" : serial));
    }

    private static Optional<String> serialled(
            String scheme, String key, String serial, CompanyPrefixes known) {
        return known.of(key)
                .map(
                        p ->
                                join(
                                        (serial.isEmpty() ? "urn:epc:idpat:" : "urn:epc:id:")
                                                + scheme
                                                + ":",
                                        p,
                                        key.substring(p.length()),
                                        serial.isEmpty() ? "*" : serial));
    }

    private static Optional<String> plain(String scheme, String key, CompanyPrefixes known) {
        String body = key.substring(0, key.length() - 1);
        return known.of(body)
                .map(p -> "urn:epc:id:" + scheme + ":" + p + "." + body.substring(p.length()));
    }

    private static String open(String scheme, String prefix, String key) {
        String rest = escaped(key.substring(prefix.length()));
        return rest.isEmpty() ? "" : "urn:epc:id:" + scheme + ":" + prefix + "." + rest;
    }

    private static String join(String start, String prefix, String reference, String last) {
        String escaped = last.equals("*") ? last : escaped(last);
        String middle =
                reference.contains("#") || reference.contains("/") ? escaped(reference) : reference;
        return escaped.isEmpty() ? "" : start + prefix + "." + middle + "." + escaped;
    }

    /** The characters of TDS 2.0, table A-1, those escaped that a URN cannot bear as they are. */
    private static String escaped(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ("\"%&/<>?#".indexOf(c) >= 0) {
                out.append(String.format("%%%02X", (int) c));
            } else if (c > ' ' && c < 0x7f && "[]{}|\\^`~@$".indexOf(c) < 0) {
                out.append(c);
            } else {
                return "";
            }
        }
        return out.toString();
    }
}
