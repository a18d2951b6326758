package cn.xinyuan.server.issuing.store;

import cn.xinyuan.server.issuing.domain.SeasonFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The files {@code season-key.pem}, which only its owner may read, and {@code
 * season-key-public.pem} in the data folder. They are made when the first season file is.
 */
@Component
class SeasonKeyFile implements SeasonFiles {

    private static final String NAME = "season-key.pem";
    private static final String PUBLIC = "season-key-public.pem";

    private final Path data;
    private @Nullable PrivateKey key;

    SeasonKeyFile(@Value("${xinyuan.data:./data}") Path data) {
        this.data = data;
    }

    @Override
    public synchronized PrivateKey signingKey() {
        PrivateKey known = key;
        if (known == null) {
            try {
                make();
                byte[] encoded = decode(Files.readString(data.resolve(NAME)));
                known =
                        KeyFactory.getInstance("Ed25519")
                                .generatePrivate(new PKCS8EncodedKeySpec(encoded));
                key = known;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (GeneralSecurityException | IllegalArgumentException e) {
                // the cause may quote the secret: it is left out
                throw new IllegalStateException(
                        "签名密钥 " + data.resolve(NAME).toAbsolutePath() + " 读不懂：文件已损坏或被改动。");
            }
        }
        return known;
    }

    @Override
    public synchronized String publicKey() {
        signingKey();
        try {
            return Files.readString(data.resolve(PUBLIC));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Path folder() {
        try {
            return Files.createDirectories(data.resolve("season-files"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void make() throws IOException, GeneralSecurityException {
        Path file = data.resolve(NAME);
        if (Files.exists(file)) {
            return;
        }
        Files.createDirectories(data);
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        write(PUBLIC, pem("PUBLIC KEY", pair.getPublic().getEncoded()), false);
        // the secret last: without it the next start makes both anew
        write(NAME, pem("PRIVATE KEY", pair.getPrivate().getEncoded()), true);
    }

    private void write(String name, String text, boolean secret) throws IOException {
        Path file = data.resolve(name);
        boolean posix = Files.getFileStore(data).supportsFileAttributeView("posix");
        try {
            if (posix) {
                Files.deleteIfExists(file);
                Files.createFile(
                        file,
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString(
                                        secret ? "rw-------" : "rw-r--r--")));
            }
        } catch (FileAlreadyExistsException another) {
            throw new IOException(file + " is being made by another program", another);
        }
        Files.writeString(
                file,
                text,
                StandardCharsets.US_ASCII,
                StandardOpenOption.CREATE,
                StandardOpenOption.SYNC);
    }

    private static String pem(String what, byte[] encoded) {
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(what, Base64.getEncoder().encodeToString(encoded), what);
    }

    private static byte[] decode(String pem) {
        return Base64.getDecoder()
                .decode(pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", ""));
    }
}
