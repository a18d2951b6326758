package cn.xinyuan.server.parties.domain;

/**
 * Makes GS1 location numbers: a company prefix, a serial, a check digit (GS1 General
 * Specifications, 7.9).
 */
public final class LocationNumber {

    private LocationNumber() {}

    /**
     * @param prefix the company prefix, 3 to 11 digits; 952 is GS1's own for demonstrations
     * @return 13 digits
     */
    public static String of(String prefix, long serial) {
        int room = 12 - prefix.length();
        String digits = prefix + ("%0" + room + "d").formatted(serial);
        if (!digits.matches("[0-9]{12}")) {
            throw new IllegalArgumentException("no room for " + serial + " under " + prefix);
        }
        int sum = 0;
        for (int i = 0; i < 12; i++) {
            sum += (digits.charAt(i) - '0') * (i % 2 == 0 ? 1 : 3);
        }
        return digits + (10 - sum % 10) % 10;
    }
}
