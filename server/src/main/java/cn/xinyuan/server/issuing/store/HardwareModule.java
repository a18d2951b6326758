package cn.xinyuan.server.issuing.store;

import cn.xinyuan.codes.CodeCipher;
import cn.xinyuan.codes.CodeKey;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.Provider;
import java.security.Security;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.KeyGenerator;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/**
 * The secrets lie in a hardware module that speaks PKCS#11 and never leave it: each is an HMAC key
 * labelled {@code xinyuan-code INSTALLATION VERSION}. The module derives the subkeys by
 * HMAC-SHA256; only they are in memory, while the program runs. PKCS#11 has no HMAC-SM3 that Java
 * could call: national mode keeps its secrets in the file.
 */
final class HardwareModule implements SecretStore {

    private static final Pattern LABEL =
            Pattern.compile("xinyuan-code ([0-9a-f-]{36}) ([0-9]{1,2})");

    private final Provider provider;
    private final KeyStore store;
    private final char[] pin;

    /**
     * @param configuration the configuration file of the JDK's provider SunPKCS11
     * @param pin the user PIN of the token
     */
    HardwareModule(String configuration, char[] pin) {
        this.pin = pin.clone();
        try {
            Provider bare = Security.getProvider("SunPKCS11");
            if (bare == null) {
                throw new IllegalStateException("这个 JDK 没有 SunPKCS11，不能使用硬件密码模块。");
            }
            provider = bare.configure(configuration);
            store = KeyStore.getInstance("PKCS11", provider);
            store.load(null, this.pin);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(
                    "硬件密码模块（" + configuration + "）打不开：" + e.getMessage(), e);
        }
    }

    @Override
    public String place() {
        return "PKCS#11 " + provider.getName();
    }

    @Override
    public List<CodeKey> read() {
        var keys = new ArrayList<CodeKey>();
        try {
            store.load(null, pin);
            for (String alias : Collections.list(store.aliases())) {
                Matcher label = LABEL.matcher(alias);
                if (label.matches()) {
                    Key secret = store.getKey(alias, pin);
                    keys.add(
                            CodeKey.derivedBy(
                                    UUID.fromString(label.group(1)),
                                    Integer.parseInt(label.group(2)),
                                    CodeCipher.AES,
                                    message -> hmac(secret, message)));
                }
            }
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("硬件密码模块读不出密钥：" + e.getMessage(), e);
        }
        keys.sort(Comparator.comparingInt(CodeKey::version));
        return List.copyOf(keys);
    }

    @Override
    public void add(UUID installation, int version, CodeCipher cipher) {
        if (cipher != CodeCipher.AES) {
            throw new IllegalStateException(
                    "硬件密码模块没有 HMAC-SM3：国密模式请使用密钥文件（不设 xinyuan.codes.pkcs11）。");
        }
        try {
            KeyGenerator generator = KeyGenerator.getInstance("HmacSHA256", provider);
            generator.init(8 * CodeKey.SECRET_BYTES);
            SecretKey secret = generator.generateKey();
            store.setKeyEntry("xinyuan-code " + installation + " " + version, secret, null, null);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("硬件密码模块不能生成密钥：" + e.getMessage(), e);
        }
    }

    private byte[] hmac(Key secret, byte[] message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256", provider);
            mac.init(secret);
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("硬件密码模块不能计算 HMAC-SHA256：" + e.getMessage(), e);
        }
    }
}
