package cn.xinyuan.server.issuing.web;

import static java.nio.charset.StandardCharsets.US_ASCII;

import cn.xinyuan.server.issuing.domain.SeasonFiles;
import cn.xinyuan.server.issuing.usecase.MakeSeasonFile;
import cn.xinyuan.server.pages.AnyoneMayCall;
import cn.xinyuan.server.pages.Console;
import cn.xinyuan.server.pages.MayCall;
import cn.xinyuan.server.pages.Role;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.servlet.ModelAndView;

/** Season files for handhelds, and the public key that they are signed with. */
@Controller
@Tag(name = "codes")
@MayCall({Role.RETAILER, Role.ASSOCIATION, Role.SUPERVISOR, Role.CITY_MANAGER, Role.ADMINISTRATOR})
class SeasonFileController {

    private final MakeSeasonFile make;
    private final SeasonFiles files;
    private final Console console;

    SeasonFileController(MakeSeasonFile make, SeasonFiles files, Console console) {
        this.make = make;
        this.files = files;
        this.console = console;
    }

    @GetMapping("/r/codes")
    ModelAndView page() {
        return console.page(
                "issuing/offline",
                "/r/codes",
                new OfflinePage(
                        make.seasons().stream().map(String::valueOf).toList(), fingerprint()));
    }

    @GetMapping("/api/v1/codes/season-files/{season}")
    @Operation(
            summary = "The season's good codes as a signed file for ./xinyuan check codes",
            description =
                    "made at most once a day; ranges of bytes are answered. It holds no key and no code;"
                            + " docs/season-file.md has its form and its rate of false acceptance. 404 when no"
                            + " code of the season is activated.")
    ResponseEntity<Resource> file(@PathVariable int season) {
        Path file = make.of(season);
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .cacheControl(CacheControl.noCache().cachePrivate())
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(file.getFileName().toString())
                                .build()
                                .toString())
                .body(new FileSystemResource(file));
    }

    @GetMapping("/api/v1/codes/season-files/key")
    @AnyoneMayCall
    @Operation(summary = "The public key of season files: Ed25519, PEM (RFC 8410)")
    ResponseEntity<String> key() {
        return ResponseEntity.ok()
                .contentType(MediaType.TEXT_PLAIN)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        "attachment; filename=\"season-key-public.pem\"")
                .body(files.publicKey());
    }

    private String fingerprint() {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(files.publicKey().getBytes(US_ASCII));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
