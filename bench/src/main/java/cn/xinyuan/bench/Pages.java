package cn.xinyuan.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Signs in as every role and opens every page that is linked from its pages, two links deep, as
 * many of a kind as a person would look at. Tells how long the server took to answer.
 */
final class Pages {

    private static final Pattern LINK = Pattern.compile("href=\"(/[^\"#]*)\"");
    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
    private static final Pattern ID =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f-]{27}|(?<=[/-])[0-9]+|(?<=/)[A-Z0-9-]{6,}");
    private static final int OF_A_KIND = 3;
    private static final int RUNS = 7;

    private final String home;

    /** Address to the time of its first answer and the median of the next ones, in milliseconds. */
    private final Map<String, double[]> times = new TreeMap<>();

    Pages(String home) {
        this.home = home;
    }

    /**
     * @param lines what the launcher printed: {@code login ROLE USER PASSWORD}
     */
    void measure(List<String> lines) throws Exception {
        Set<String> roles = new HashSet<>();
        for (String line : lines) {
            String[] word = line.split(" ");
            if (word[0].equals("login") && roles.add(word[1])) {
                walk(word[1], signedIn(word[2], word[3]));
            }
        }
        tell("first", 0);
        tell("warm", 1);
        System.out.println("figure pages-measured %d pages".formatted(times.size()));
    }

    private void tell(String what, int which) {
        List<Map.Entry<String, double[]>> slowest = new ArrayList<>(times.entrySet());
        slowest.sort(Comparator.comparingDouble(page -> -page.getValue()[which]));
        for (var page : slowest.subList(0, 5)) {
            System.out.println(
                    "# %s %.0f ms %s".formatted(what, page.getValue()[which], page.getKey()));
        }
        System.out.println(
                "figure pages-%s-slowest %.0f ms"
                        .formatted(what, slowest.getFirst().getValue()[which]));
    }

    private HttpClient signedIn(String user, String password) throws Exception {
        HttpClient client = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
        Matcher token = TOKEN.matcher(get(client, "/login").body());
        if (!token.find()) {
            throw new IllegalStateException("the sign-in page has no token");
        }
        String form =
                "_csrf=%s&loginName=%s&password=%s&next="
                        .formatted(
                                URLEncoder.encode(token.group(1), UTF_8),
                                URLEncoder.encode(user, UTF_8),
                                URLEncoder.encode(password, UTF_8));
        HttpResponse<String> answer =
                client.send(
                        HttpRequest.newBuilder(URI.create(home + "/login"))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofString(form))
                                .build(),
                        BodyHandlers.ofString());
        if (answer.statusCode() != 303 && answer.statusCode() != 302) {
            throw new IllegalStateException(user + " could not sign in: " + answer.statusCode());
        }
        return client;
    }

    private void walk(String role, HttpClient client) throws Exception {
        Deque<String> open = new ArrayDeque<>(List.of("/me"));
        Set<String> seen = new HashSet<>(open);
        Map<String, Integer> kinds = new TreeMap<>();
        Map<String, Integer> depth = new TreeMap<>(Map.of("/me", 0));
        while (!open.isEmpty()) {
            String path = open.remove();
            long began = System.nanoTime();
            HttpResponse<String> answer = get(client, path);
            double first = (System.nanoTime() - began) / 1e6;
            String type = answer.headers().firstValue("Content-Type").orElse("");
            if (!type.startsWith("text/html")) {
                continue;
            }
            if (answer.statusCode() >= 400) {
                System.out.println(
                        "# %s is offered %s, which answers %d"
                                .formatted(role, path, answer.statusCode()));
                continue;
            }
            times.merge(
                    role + " " + path,
                    new double[] {first, warm(client, path)},
                    (one, other) -> one);
            int deep = depth.getOrDefault(path, 0);
            for (Matcher link = LINK.matcher(answer.body()); link.find() && deep < 3; ) {
                String to = link.group(1).replace("&amp;", "&");
                String kind = ID.matcher(to.replaceAll("\\?.*", "?")).replaceAll("*");
                if (!to.startsWith("/assets")
                        && !to.startsWith("/logout")
                        && !seen.contains(to)
                        && kinds.merge(kind, 1, Integer::sum) <= OF_A_KIND) {
                    seen.add(to);
                    depth.put(to, deep + 1);
                    open.add(to);
                }
            }
        }
    }

    private double warm(HttpClient client, String path) throws Exception {
        double[] took = new double[RUNS];
        for (int i = 0; i < RUNS; i++) {
            long began = System.nanoTime();
            get(client, path);
            took[i] = (System.nanoTime() - began) / 1e6;
        }
        Arrays.sort(took);
        return took[RUNS / 2];
    }

    private HttpResponse<String> get(HttpClient client, String path)
            throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(home + path))
                        .header("Accept", "text/html,*/*;q=0.8")
                        .build(),
                BodyHandlers.ofString());
    }
}
