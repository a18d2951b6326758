package cn.xinyuan.server.trace.usecase;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.Map;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.NullMarked;

/**
 * Posts a report over HTTP/1.1 to the very address that was judged, whatever its name means by now;
 * follows no redirects. Certificates are checked against the name.
 */
@NullMarked
final class WebhookPost {

    private static final int CONNECT_MILLIS = 5_000;
    private static final int WHOLE_MILLIS = 20_000;
    private static final int LONGEST_LINE = 8_192;

    private WebhookPost() {}

    /**
     * Sends a body and waits for the answer's status.
     *
     * @throws IOException if nobody answers in time, or something that is not HTTP
     */
    static int send(URI dest, InetAddress to, Map<String, String> headers, byte[] body)
            throws IOException {
        boolean secure = "https".equalsIgnoreCase(dest.getScheme());
        int port = dest.getPort() > 0 ? dest.getPort() : secure ? 443 : 80;
        long end = System.nanoTime() + WHOLE_MILLIS * 1_000_000L;
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(to, port), CONNECT_MILLIS);
            plain.setSoTimeout(CONNECT_MILLIS);
            if (!secure) {
                return exchange(plain, dest, port, secure, headers, body, end);
            }
            try (SSLSocket ssl = secured(plain, dest.getHost(), port)) {
                return exchange(ssl, dest, port, secure, headers, body, end);
            }
        }
    }

    private static SSLSocket secured(Socket plain, String host, int port) throws IOException {
        SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        SSLSocket ssl = (SSLSocket) factory.createSocket(plain, host, port, true);
        SSLParameters parameters = ssl.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        ssl.setSSLParameters(parameters);
        ssl.startHandshake();
        return ssl;
    }

    private static int exchange(
            Socket socket,
            URI dest,
            int port,
            boolean secure,
            Map<String, String> headers,
            byte[] body,
            long end)
            throws IOException {
        String path =
                dest.getRawPath() == null || dest.getRawPath().isEmpty() ? "/" : dest.getRawPath();
        String query = dest.getRawQuery() == null ? "" : "?" + dest.getRawQuery();
        boolean usual = port == (secure ? 443 : 80);
        StringBuilder head =
                new StringBuilder("POST ")
                        .append(path)
                        .append(query)
                        .append(" HTTP/1.1\r\nHost: ")
                        .append(dest.getHost())
                        .append(usual ? "" : ":" + port)
                        .append("\r\nUser-Agent: xinyuan\r\nConnection: close\r\nContent-Length: ")
                        .append(body.length)
                        .append("\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        OutputStream out = socket.getOutputStream();
        out.write(head.append("\r\n").toString().getBytes(ISO_8859_1));
        out.write(body);
        out.flush();
        InputStream in = socket.getInputStream();
        while (true) {
            String status = line(socket, in, end);
            if (!status.matches("HTTP/1\\.[01] [1-5]\\d\\d.*")) {
                throw new IOException("the answer is no HTTP");
            }
            int code = Integer.parseInt(status.substring(9, 12));
            if (code >= 200) {
                return code;
            }
            for (int i = 0; i < 100 && !line(socket, in, end).isEmpty(); i++) {
                // the headers of an interim answer say nothing to us
            }
        }
    }

    private static String line(Socket socket, InputStream in, long end) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (line.size() < LONGEST_LINE) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new SocketTimeoutException("no answer within " + WHOLE_MILLIS + " ms");
            }
            socket.setSoTimeout((int) left);
            int b = in.read();
            if (b < 0) {
                throw new IOException("the connection was closed without an answer");
            }
            if (b == '\n') {
                return line.toString(ISO_8859_1).strip();
            }
            line.write(b);
        }
        throw new IOException("the answer is no HTTP");
    }
}
