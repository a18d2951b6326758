package cn.xinyuan.codes;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.bouncycastle.crypto.engines.SM4Engine;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * The primitives that a key's codes are made of: a block cipher of 128 bits with keys of 128 bits,
 * and the HMAC that derives its subkeys. Both make the same format; which one belongs to a key
 * version is told by the key store.
 */
public enum CodeCipher {
    /** AES-128 (FIPS 197) and HMAC-SHA256 (FIPS 198-1), of the JDK, on the processor's AES unit. */
    AES {
        @Override
        Blocks blocks(byte[] key) {
            try {
                // raw block calls of the cipher, not a mode: no block is ever repeated as a secret
                Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
                cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
                return (in, length, out) -> {
                    try {
                        cipher.update(in, 0, length, out, 0);
                    } catch (GeneralSecurityException e) {
                        throw new IllegalStateException("whole blocks always fit", e);
                    }
                };
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every JDK has AES", e);
            }
        }

        @Override
        byte[] hmac(byte[] key, byte[] message) {
            try {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(key, "HmacSHA256"));
                return mac.doFinal(message);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every JDK has HmacSHA256", e);
            }
        }
    },

    /** National mode: SM4 (GB/T 32907) and HMAC-SM3 (GB/T 32905, GB/T 15852.2), of BouncyCastle. */
    SM4 {
        @Override
        Blocks blocks(byte[] key) {
            var engine = new SM4Engine();
            engine.init(true, new KeyParameter(key));
            return (in, length, out) -> {
                for (int at = 0; at < length; at += 16) {
                    engine.processBlock(in, at, out, at);
                }
            };
        }

        @Override
        byte[] hmac(byte[] key, byte[] message) {
            var mac = new HMac(new SM3Digest());
            mac.init(new KeyParameter(key));
            mac.update(message, 0, message.length);
            byte[] out = new byte[mac.getMacSize()];
            mac.doFinal(out, 0);
            return out;
        }
    };

    /** The block cipher under a key of 16 bytes; for one thread at a time. */
    abstract Blocks blocks(byte[] key);

    abstract byte[] hmac(byte[] key, byte[] message);

    /** Enciphers block after block. */
    @FunctionalInterface
    interface Blocks {
        /**
         * @param length bytes, a multiple of 16
         * @param out another array than {@code in}
         */
        void encipher(byte[] in, int length, byte[] out);
    }
}
