package cn.xinyuan.codes;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Test;

/**
 * A verifier written from docs/code-format.md alone: it calls nothing of this library, so that the
 * document is shown to be enough.
 */
class IndependentVerifierTest {

    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final byte[] INSTALLATION =
            HexFormat.of().parseHex("00112233445566778899aabbccddeeff");
    private static final Provider NATIONAL = new BouncyCastleProvider();

    @Test
    void a_verifier_made_from_the_document_accepts_its_vectors_and_nothing_near_them()
            throws Exception {
        var row = Pattern.compile("\\| (AES|SM4) \\| (\\d+) \\| (\\d+) \\| `([0-9A-Z ]{19})` \\|");
        int vectors = 0;
        for (String line : Files.readAllLines(Path.of("../docs/code-format.md"))) {
            Matcher vector = row.matcher(line);
            if (vector.matches()) {
                String code = vector.group(4).replace(" ", "");
                assertThat(verify(vector.group(1), code))
                        .isEqualTo(Long.parseLong(vector.group(3)));
                for (int i = 1; i < 14; i++) {
                    assertThat(verify(vector.group(1), changed(code, i))).isEqualTo(-1);
                }
                vectors++;
            }
        }
        assertThat(vectors).isEqualTo(10);
    }

    /** The index of a code, -1 when it is refused. */
    private static long verify(String cipher, String code) throws GeneralSecurityException {
        if (check(code) != 0) {
            return -1;
        }
        BigInteger bits = BigInteger.ZERO;
        for (char c : code.substring(0, 15).toCharArray()) {
            bits = bits.shiftLeft(5).or(BigInteger.valueOf(ALPHABET.indexOf(c)));
        }
        int version = bits.shiftRight(71).intValue();
        long tag = bits.shiftRight(31).longValue() & (1L << 40) - 1;
        long masked = bits.longValue() & (1L << 31) - 1;
        long pad = block(cipher, "pad", 'C', version, tag).shiftRight(97).longValue();
        long index = masked ^ pad;
        long proof = block(cipher, "tag", 'T', version, index).shiftRight(88).longValue();
        return proof == tag ? index : -1;
    }

    private static BigInteger block(
            String cipher, String purpose, char letter, int version, long value)
            throws GeneralSecurityException {
        byte[] secret = new byte[32];
        for (int i = 0; i < 32; i++) {
            secret[i] = (byte) i;
        }
        boolean national = cipher.equals("SM4");
        Mac mac = national ? Mac.getInstance("HmacSM3", NATIONAL) : Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret, "HMAC"));
        mac.update(new byte[] {0, 0, 0, 1});
        mac.update(("xinyuan code 2 " + purpose).getBytes(US_ASCII));
        mac.update((byte) 0);
        mac.update(INSTALLATION);
        mac.update((byte) version);
        byte[] subkey = Arrays.copyOf(mac.doFinal(new byte[] {0, 0, 0, (byte) 128}), 16);
        Cipher blocks =
                national
                        ? Cipher.getInstance("SM4/ECB/NoPadding", NATIONAL)
                        : Cipher.getInstance("AES/ECB/NoPadding");
        blocks.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(subkey, cipher));
        byte[] input = new byte[16];
        input[0] = (byte) letter;
        input[1] = 2;
        input[2] = (byte) version;
        System.arraycopy(INSTALLATION, 0, input, 3, 8);
        for (int i = 0; i < 5; i++) {
            input[15 - i] = (byte) (value >>> 8 * i);
        }
        return new BigInteger(1, blocks.doFinal(input));
    }

    /** Another character at a place, and the check character that then belongs to it. */
    private static String changed(String code, int place) {
        char other = ALPHABET.charAt((ALPHABET.indexOf(code.charAt(place)) + 1) % 32);
        String body = code.substring(0, place) + other + code.substring(place + 1, 15);
        return ALPHABET.chars()
                .mapToObj(c -> body + (char) c)
                .filter(text -> check(text) == 0)
                .findFirst()
                .orElseThrow();
    }

    /** Horner's rule from the last character: the sum of αⁱ·cᵢ. */
    private static int check(String code) {
        int sum = 0;
        for (int i = 15; i >= 0; i--) {
            sum <<= 1;
            if (sum > 31) {
                sum ^= 0b100101;
            }
            sum ^= ALPHABET.indexOf(code.charAt(i));
        }
        return sum;
    }
}
