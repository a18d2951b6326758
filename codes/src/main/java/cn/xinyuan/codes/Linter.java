package cn.xinyuan.codes;

import java.math.BigInteger;
import java.time.YearMonth;
import java.util.Locale;

/**
 * The checks that the GS1 Barcode Syntax Dictionary names, by the names it gives them. The two
 * kinds of North American coupons (AI 8110 and 8112) are checked for their characters and length
 * only, package types (AI 7041, UN/ECE Recommendation 21) for their form.
 */
enum Linter {
    CSUM {
        @Override
        Fault look(String text) {
            if (Mod10.fits(text)) {
                return Fault.NONE;
            }
            char due = Mod10.digit(text.substring(0, text.length() - 1));
            return new Fault(
                    Rule.INCORRECT_CHECK_DIGIT, text.length(), "应为 " + due, "it should be " + due);
        }
    },
    CSUMALPHA {
        @Override
        Fault look(String text) {
            if (text.length() < 2) {
                return Fault.at(Rule.TOO_SHORT_FOR_CHECK_PAIR, 0);
            }
            int body = text.length() - 2;
            String due = checkPair(text.substring(0, body));
            return text.endsWith(due)
                    ? Fault.NONE
                    : new Fault(
                            Rule.INCORRECT_CHECK_PAIR,
                            body + 1,
                            "应为 " + due,
                            "they should be " + due);
        }
    },
    GCPPOS1 {
        @Override
        Fault look(String text) {
            return prefix(text, 0);
        }
    },
    GCPPOS2 {
        @Override
        Fault look(String text) {
            return prefix(text, 1);
        }
    },
    HASNONDIGIT {
        @Override
        Fault look(String text) {
            return Fault.when(isAllDigits(text), Rule.REQUIRES_NON_DIGIT_CHARACTER);
        }
    },
    NONZERO {
        @Override
        Fault look(String text) {
            return Fault.when(text.replace("0", "").isEmpty(), Rule.ILLEGAL_ZERO_VALUE);
        }
    },
    ZERO {
        @Override
        Fault look(String text) {
            return Fault.when(!text.replace("0", "").isEmpty(), Rule.NOT_ZERO);
        }
    },
    NOZEROPREFIX {
        @Override
        Fault look(String text) {
            return Fault.when(
                    text.length() > 1 && text.startsWith("0"), Rule.ILLEGAL_ZERO_PREFIX, 1);
        }
    },
    YESNO {
        @Override
        Fault look(String text) {
            return Fault.when(!text.equals("0") && !text.equals("1"), Rule.NOT_ZERO_OR_ONE);
        }
    },
    WINDING {
        @Override
        Fault look(String text) {
            return Fault.when("019".indexOf(text.charAt(0)) < 0, Rule.INVALID_WINDING_DIRECTION);
        }
    },
    PIECEOFTOTAL {
        @Override
        Fault look(String text) {
            int half = text.length() / 2;
            String piece = text.substring(0, half);
            String total = text.substring(half);
            if (piece.replace("0", "").isEmpty()) {
                return Fault.at(Rule.ZERO_PIECE_NUMBER, 1);
            }
            if (total.replace("0", "").isEmpty()) {
                return Fault.at(Rule.ZERO_TOTAL_PIECES, half + 1);
            }
            return Fault.when(piece.compareTo(total) > 0, Rule.PIECE_NUMBER_EXCEEDS_TOTAL, 1);
        }
    },
    POSINSEQSLASH {
        @Override
        Fault look(String text) {
            if (!text.matches("[0-9]/[0-9]|[0-9]{2}/[0-9]{2}")) {
                return Fault.at(Rule.POSITION_IN_SEQUENCE_MALFORMED, 0);
            }
            int slash = text.indexOf('/');
            String place = text.substring(0, slash);
            String end = text.substring(slash + 1);
            if (place.startsWith("0") || end.startsWith("0")) {
                return Fault.at(Rule.ILLEGAL_ZERO_PREFIX, place.startsWith("0") ? 1 : slash + 2);
            }
            return Fault.when(place.compareTo(end) > 0, Rule.POSITION_EXCEEDS_END, 1);
        }
    },
    ISO3166 {
        @Override
        Fault look(String text) {
            return Fault.when(!IsoCodes.COUNTRY_NUMBERS.contains(text), Rule.NOT_ISO3166);
        }
    },
    ISO3166999 {
        @Override
        Fault look(String text) {
            return Fault.when(
                    !text.equals("999") && !IsoCodes.COUNTRY_NUMBERS.contains(text),
                    Rule.NOT_ISO3166_OR_999);
        }
    },
    ISO3166ALPHA2 {
        @Override
        Fault look(String text) {
            return Fault.when(!IsoCodes.COUNTRY_LETTERS.contains(text), Rule.NOT_ISO3166_ALPHA2);
        }
    },
    ISO4217 {
        @Override
        Fault look(String text) {
            return Fault.when(!IsoCodes.CURRENCY_NUMBERS.contains(text), Rule.NOT_ISO4217);
        }
    },
    ISO5218 {
        @Override
        Fault look(String text) {
            return Fault.when("0129".indexOf(text.charAt(0)) < 0, Rule.INVALID_BIOLOGICAL_SEX_CODE);
        }
    },
    IBAN {
        @Override
        Fault look(String text) {
            return iban(text);
        }
    },
    MEDIATYPE {
        @Override
        Fault look(String text) {
            int type = Integer.parseInt(text);
            return Fault.when(type < 1 || type > 10 && type < 80, Rule.INVALID_MEDIA_TYPE);
        }
    },
    IMPORTERIDX {
        @Override
        Fault look(String text) {
            return Fault.when(
                    text.length() != 1 || CharacterSet.SET_64.value(text.charAt(0)) < 0,
                    Rule.INVALID_IMPORT_IDX_CHARACTER);
        }
    },
    PACKAGETYPE {
        @Override
        Fault look(String text) {
            return Fault.when(!text.matches("[0-9A-Z]{1,4}"), Rule.INVALID_PACKAGE_TYPE);
        }
    },
    HYPHEN {
        @Override
        Fault look(String text) {
            return Fault.when(!text.replace("-", "").isEmpty(), Rule.NOT_HYPHEN);
        }
    },
    PCENC {
        @Override
        Fault look(String text) {
            for (int i = text.indexOf('%'); i >= 0; i = text.indexOf('%', i + 1)) {
                if (i + 3 > text.length()
                        || !text.substring(i + 1, i + 3).matches("[0-9A-Fa-f]{2}")) {
                    return Fault.at(Rule.INVALID_PERCENT_SEQUENCE, i + 1);
                }
            }
            return Fault.NONE;
        }
    },
    YYMMDD {
        @Override
        Fault look(String text) {
            return day(2000 + two(text, 0), text, 2, false);
        }
    },
    YYMMD0 {
        @Override
        Fault look(String text) {
            return day(2000 + two(text, 0), text, 2, true);
        }
    },
    YYYYMMDD {
        @Override
        Fault look(String text) {
            return day(100 * two(text, 0) + two(text, 2), text, 4, false);
        }
    },
    HH {
        @Override
        Fault look(String text) {
            return Fault.when(two(text, 0) > 23, Rule.ILLEGAL_HOUR, 1);
        }
    },
    MI {
        @Override
        Fault look(String text) {
            return Fault.when(two(text, 0) > 59, Rule.ILLEGAL_MINUTE, 1);
        }
    },
    SS {
        @Override
        Fault look(String text) {
            return Fault.when(two(text, 0) > 59, Rule.ILLEGAL_SECOND, 1);
        }
    },
    HHMI {
        @Override
        Fault look(String text) {
            return two(text, 0) > 23
                    ? Fault.at(Rule.ILLEGAL_HOUR, 1)
                    : Fault.when(two(text, 2) > 59, Rule.ILLEGAL_MINUTE, 3);
        }
    },
    LATITUDE {
        @Override
        Fault look(String text) {
            return Fault.when(Long.parseLong(text) > 1_800_000_000L, Rule.INVALID_LATITUDE);
        }
    },
    LONGITUDE {
        @Override
        Fault look(String text) {
            return Fault.when(Long.parseLong(text) > 3_600_000_000L, Rule.INVALID_LONGITUDE);
        }
    },
    COUPONCODE {
        @Override
        Fault look(String text) {
            return Fault.NONE;
        }
    },
    COUPONPOSOFFER {
        @Override
        Fault look(String text) {
            return Fault.NONE;
        }
    };

    private static final int GCP_DIGITS = 4;
    private static final int SHORTEST_IBAN = 15;
    private static final BigInteger NINETY_SEVEN = BigInteger.valueOf(97);

    /** GS1 General Specifications, section 7.9.5: the primes that weigh the characters of a GMN. */
    private static final int[] PRIMES = {
        2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83
    };

    private static final String CHECK_CHARACTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

    /** The part has passed its character set and length. */
    abstract Fault look(String text);

    static Linter named(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** The check pair that belongs behind the body of a global model number. */
    static String checkPair(String body) {
        int sum = 0;
        for (int i = 0; i < body.length(); i++) {
            int value = CharacterSet.SET_82.value(body.charAt(body.length() - 1 - i));
            sum += PRIMES[i] * value;
        }
        sum %= 1021;
        return "" + CHECK_CHARACTERS.charAt(sum >> 5) + CHECK_CHARACTERS.charAt(sum & 31);
    }

    private static Fault prefix(String text, int from) {
        if (text.length() < from + GCP_DIGITS) {
            return Fault.at(Rule.TOO_SHORT_FOR_GCP, 0);
        }
        for (int i = from; i < from + GCP_DIGITS; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return Fault.at(Rule.INVALID_GCP_PREFIX, i + 1);
            }
        }
        return Fault.NONE;
    }

    /** ISO 13616: country, two check digits, account; the rest of a division by 97 is 1. */
    private static Fault iban(String text) {
        if (text.length() < SHORTEST_IBAN) {
            return Fault.at(Rule.IBAN_TOO_SHORT, 0);
        }
        var number = new StringBuilder();
        String turned = text.substring(4) + text.substring(0, 4);
        for (int i = 0; i < turned.length(); i++) {
            char c = turned.charAt(i);
            if ((c < '0' || c > '9') && (c < 'A' || c > 'Z')) {
                return Fault.at(Rule.INVALID_IBAN_CHARACTER, (i + 4) % text.length() + 1);
            }
            number.append(Character.digit(c, 36));
        }
        if (!IsoCodes.COUNTRY_LETTERS.contains(text.substring(0, 2))) {
            return Fault.at(Rule.ILLEGAL_IBAN_COUNTRY_CODE, 1);
        }
        return Fault.when(
                new BigInteger(number.toString()).mod(NINETY_SEVEN).intValue() != 1,
                Rule.INCORRECT_IBAN_CHECKSUM,
                3);
    }

    private static Fault day(int year, String text, int from, boolean dayMayBeZero) {
        int month = two(text, from);
        int day = two(text, from + 2);
        if (month < 1 || month > 12) {
            return Fault.at(Rule.ILLEGAL_MONTH, from + 1);
        }
        boolean good = day == 0 ? dayMayBeZero : day <= YearMonth.of(year, month).lengthOfMonth();
        return Fault.when(!good, Rule.ILLEGAL_DAY, from + 3);
    }

    private static int two(String text, int from) {
        return Integer.parseInt(text.substring(from, from + 2));
    }

    private static boolean isAllDigits(String text) {
        return text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
