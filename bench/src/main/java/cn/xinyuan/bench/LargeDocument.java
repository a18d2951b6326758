package cn.xinyuan.bench;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Sends one EPCIS document of a gigabyte, which is never whole in the memory of either side, and
 * watches how much memory the program has resident until its job is finished.
 */
final class LargeDocument {

    private static final long GIGABYTE = 1L << 30;

    private final int port;
    private final String key;
    private final long size;
    private final Supplier<String> events;
    private final LongSupplier resident;

    /**
     * @param events makes some more events, joined by commas, each time it is asked
     * @param resident kilobytes that the program has resident now
     */
    LargeDocument(
            int port, String key, double scale, Supplier<String> events, LongSupplier resident) {
        this.port = port;
        this.key = key;
        this.size = (long) (GIGABYTE * scale);
        this.events = events;
        this.resident = resident;
    }

    void run() throws Exception {
        long before = resident.getAsLong();
        long began = System.nanoTime();
        String job = send();
        double sent = (System.nanoTime() - began) / 1e9;
        long peak = resident.getAsLong();
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest ask =
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + job))
                        .header("Authorization", "Bearer " + key)
                        .build();
        String answer = client.send(ask, BodyHandlers.ofString()).body();
        while (answer.contains("\"running\":true")) {
            Thread.sleep(500);
            peak = Math.max(peak, resident.getAsLong());
            answer = client.send(ask, BodyHandlers.ofString()).body();
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        long captured = Long.parseLong(answer.replaceAll("(?s).*\"captured\":(\\d+).*", "$1"));
        if (!answer.contains("\"success\":true") || captured == 0) {
            throw new IllegalStateException(answer);
        }
        figure("document-size", size / 1e6, "MB");
        figure("document-events", captured, "events");
        figure("document-sent", sent, "s");
        figure("document-rate", captured / seconds, "events/s");
        figure("document-memory-before", before / 1024.0, "MB");
        figure("document-memory-peak", peak / 1024.0, "MB");
    }

    /** Sends the document in chunks; the address of its job. */
    private String send() throws IOException {
        try (Socket socket = new Socket("localhost", port)) {
            OutputStream out = new BufferedOutputStream(socket.getOutputStream(), 1 << 20);
            write(
                    out,
                    "POST /epcis/capture HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                            + key
                            + "\r\nContent-Type: application/json\r\n"
                            + "GS1-Capture-Error-Behaviour: proceed\r\n"
                            + "Transfer-Encoding: chunked\r\n\r\n");
            chunk(
                    out,
                    "{\"@context\":[\"https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld\"],"
                            + "\"type\":\"EPCISDocument\",\"schemaVersion\":\"2.0\","
                            + "\"creationDate\":\"2025-06-30T00:00:00Z\","
                            + "\"epcisBody\":{\"eventList\":[");
            String some = events.get();
            for (long written = 0; written < size; written += some.length()) {
                chunk(out, some);
                some = events.get();
                if (written + some.length() < size) {
                    chunk(out, ",");
                }
            }
            chunk(out, "]}}");
            write(out, "0\r\n\r\n");
            out.flush();
            return location(new BufferedInputStream(socket.getInputStream()));
        }
    }

    private static void chunk(OutputStream out, String text) throws IOException {
        write(out, Integer.toHexString(text.length()) + "\r\n" + text + "\r\n");
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String location(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        for (int c = in.read(); c >= 0 && head.indexOf("\r\n\r\n") < 0; c = in.read()) {
            head.append((char) c);
        }
        if (!head.toString().startsWith("HTTP/1.1 202")) {
            throw new IOException(head.toString());
        }
        return head.toString().replaceAll("(?is).*\r\nLocation: *(\\S+)\r\n.*", "$1");
    }

    private static void figure(String name, double value, String unit) {
        System.out.println("figure %s %.2f %s".formatted(name, value, unit));
    }
}
