package cn.xinyuan.codes;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * {@code ./xinyuan check codes FILE --key KEY [--in CODES]}: checks codes by a season file, without
 * a server, a database or a network. One code or label address a line comes in, one line goes out:
 * {@code known}, {@code unknown} or {@code malformed}, and the code. Exit codes: 0 all known, 1 not
 * all, 2 could not run.
 */
public final class CheckCodes {

    private static final String USAGE =
            """
            ./xinyuan check codes FILE --key KEY [--in CODES]
            FILE   the season file (GET /api/v1/codes/season-files/YEAR)
            KEY    the public key of the platform, PEM, from a source you trust
            CODES  codes or label addresses, one a line; the standard input without it
            """;

    private CheckCodes() {}

    /** Never returns. */
    public static void main(String[] args) {
        System.exit(run(List.of(args), System.in, System.out, System.err));
    }

    static int run(List<String> args, InputStream in, PrintStream out, PrintStream err) {
        Path file = null;
        Path key = null;
        Path codes = null;
        for (int i = 0; i < args.size(); i++) {
            String word = args.get(i);
            String next = i + 1 < args.size() ? args.get(i + 1) : "";
            if (word.equals("--key") && !next.isEmpty()) {
                key = Path.of(next);
                i++;
            } else if (word.equals("--in") && !next.isEmpty()) {
                codes = next.equals("-") ? null : Path.of(next);
                i++;
            } else if (file == null && !word.startsWith("--")) {
                file = Path.of(word);
            } else {
                err.print(USAGE);
                return 2;
            }
        }
        if (file == null || key == null) {
            err.print(USAGE);
            return 2;
        }
        try {
            return check(SeasonFile.read(file, publicKey(key)), codes, in, out, err);
        } catch (IOException e) {
            err.println(
                    e instanceof java.nio.file.NoSuchFileException
                            ? "There is no file " + e.getMessage() + "."
                            : e.getMessage());
            return 2;
        }
    }

    private static int check(
            SeasonFile season,
            @Nullable Path codes,
            InputStream in,
            PrintStream out,
            PrintStream err)
            throws IOException {
        err.println(
                String.format(
                        Locale.ROOT,
                        "Season %d, %d codes that were good at %s; of forged codes one in %.0f would pass."
                                + " What happened later only the platform knows.",
                        season.season(),
                        season.codes(),
                        season.made(),
                        1 / season.falseAcceptRate()));
        boolean all = true;
        try (var lines =
                new BufferedReader(
                        new InputStreamReader(
                                codes == null ? in : Files.newInputStream(codes), UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isBlank()) {
                    continue;
                }
                ItemCode.Reading reading = ItemCode.examine(ItemCode.onLabel(line.strip()));
                if (reading instanceof ItemCode.Reading.Good(ItemCode code)) {
                    boolean known = season.holds(code);
                    out.println((known ? "known " : "unknown ") + code);
                    all &= known;
                } else {
                    out.println(
                            "malformed " + printable(line) + " # " + reading.problemInEnglish());
                    all = false;
                }
            }
        }
        return all ? 0 : 1;
    }

    /** A stranger's text moves no cursor of ours. */
    private static String printable(String line) {
        String cut = line.length() > 80 ? line.substring(0, 80) + "…" : line;
        return cut.replaceAll("\\p{Cntrl}", "?");
    }

    /** An Ed25519 public key in PEM (RFC 8410). */
    static PublicKey publicKey(Path file) throws IOException {
        String pem = Files.readString(file, US_ASCII);
        String body = pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
        try {
            return KeyFactory.getInstance("Ed25519")
                    .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(body)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException(file + " is no Ed25519 public key in PEM.", e);
        }
    }
}
