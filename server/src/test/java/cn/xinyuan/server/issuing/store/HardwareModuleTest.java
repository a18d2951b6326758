package cn.xinyuan.server.issuing.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cn.xinyuan.codes.CodeCipher;
import cn.xinyuan.codes.CodeEngine;
import cn.xinyuan.codes.CodeEngine.Origin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against SoftHSM, a PKCS#11 module in software; skipped where it is not installed. */
class HardwareModuleTest {

    private static final List<Path> LIBRARIES =
            List.of(
                    Path.of("/usr/lib/softhsm/libsofthsm2.so"),
                    Path.of("/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so"),
                    Path.of("/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so"));

    private final String token = "xinyuan-test-" + UUID.randomUUID().toString().substring(0, 8);

    @TempDir Path folder;

    @AfterEach
    void throw_the_token_away() throws Exception {
        if (LIBRARIES.stream().anyMatch(Files::exists)) {
            run("softhsm2-util", "--delete-token", "--token", token);
        }
    }

    @Test
    void secrets_are_made_in_the_module_stay_there_and_give_the_same_codes_again()
            throws Exception {
        Path library = LIBRARIES.stream().filter(Files::exists).findFirst().orElse(null);
        assumeTrue(library != null, "skipped: softhsm2 is not installed");
        assumeTrue(
                run(
                                "softhsm2-util",
                                "--init-token",
                                "--free",
                                "--label",
                                token,
                                "--so-pin",
                                "12345678",
                                "--pin",
                                "123456")
                        == 0,
                "skipped: softhsm2 makes no token here");
        Path configuration =
                Files.writeString(
                        folder.resolve("pkcs11.cfg"),
                        """
                        name = %s
                        library = %s
                        slotListIndex = %d
                        attributes(*, CKO_SECRET_KEY, *) = { CKA_SENSITIVE = true CKA_EXTRACTABLE = false }
                        """
                                .formatted(token, library, slot()));
        UUID here = UUID.randomUUID();
        var module = new HardwareModule(configuration.toString(), "123456".toCharArray());
        assertThat(module.read()).isEmpty();

        module.add(here, 0, CodeCipher.AES);
        module.add(here, 1, CodeCipher.AES);

        var engine = new CodeEngine(module.read());
        var code = engine.code(1, 42);
        assertThat(module.read()).hasSize(2).allMatch(k -> k.installation().equals(here));
        var again = new HardwareModule(configuration.toString(), "123456".toCharArray());
        assertThat(new CodeEngine(again.read()).open(code)).contains(new Origin(1, 42));
        assertThat(engine.code(0, 42).text().substring(1)).isNotEqualTo(code.text().substring(1));
        assertThatThrownBy(() -> module.add(here, 2, CodeCipher.SM4)).hasMessageContaining("国密");
    }

    /** Tokens are listed in the order of their slots; a new one comes before the free slot. */
    private int slot() throws Exception {
        var program =
                new ProcessBuilder("softhsm2-util", "--show-slots")
                        .redirectErrorStream(true)
                        .start();
        String shown = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        program.waitFor();
        int slot = -1;
        for (String line : shown.lines().toList()) {
            if (line.startsWith("Slot ")) {
                slot++;
            }
            if (line.contains("Label:") && line.contains(token)) {
                return slot;
            }
        }
        throw new IllegalStateException("no slot of the token " + token + " in " + shown);
    }

    private static int run(String... words) throws IOException, InterruptedException {
        return new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
