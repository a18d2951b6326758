package cn.xinyuan.server.pages;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses bodies that are larger than any honest one, before they fill the memory. The capture of
 * EPCIS documents keeps a limit of its own, since it reads them to disk.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 30)
class BodyLimit extends OncePerRequestFilter {

    static final int MEGABYTES = 5;
    private static final long MOST = MEGABYTES * 1024L * 1024L;

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getRequestURI().equals("/epcis/capture")) {
            chain.doFilter(request, response);
            return;
        }
        if (request.getContentLengthLong() > MOST) {
            response.setHeader("Connection", "close");
            response.sendError(413);
            return;
        }
        boolean unknown =
                request.getContentLengthLong() < 0
                        && request.getHeader("Transfer-Encoding") != null;
        chain.doFilter(unknown ? new Counted(request) : request, response);
    }

    private static final class Counted extends HttpServletRequestWrapper {

        private Counted(HttpServletRequest request) {
            super(request);
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            return new Stream(super.getInputStream());
        }

        @Override
        public BufferedReader getReader() throws IOException {
            return new BufferedReader(
                    new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
        }
    }

    private static final class Stream extends ServletInputStream {

        private final ServletInputStream from;
        private long read;

        private Stream(ServletInputStream from) {
            this.from = from;
        }

        @Override
        public int read() throws IOException {
            int b = from.read();
            count(b < 0 ? 0 : 1);
            return b;
        }

        @Override
        public int read(byte[] into, int at, int most) throws IOException {
            int n = from.read(into, at, most);
            count(Math.max(n, 0));
            return n;
        }

        private void count(int more) throws IOException {
            read += more;
            if (read > MOST) {
                throw new Answers.TooLarge();
            }
        }

        @Override
        public boolean isFinished() {
            return from.isFinished();
        }

        @Override
        public boolean isReady() {
            return from.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            from.setReadListener(listener);
        }
    }
}
