package cn.xinyuan.bench;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.Executors;
import org.apache.catalina.startup.Tomcat;

/**
 * The floor of {@code bench scan}: the same Tomcat with one servlet that writes ready bytes, of as
 * many as the answer has that is measured beside it.
 */
final class Bare {

    private Bare() {}

    /** Serves until it is ended; {@code /N} is answered with N bytes. */
    static void serve(int port) throws Exception {
        var tomcat = new Tomcat();
        tomcat.setBaseDir(Files.createTempDirectory("bare").toString());
        tomcat.setPort(port);
        tomcat.getConnector()
                .getProtocolHandler()
                .setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        tomcat.getConnector().setProperty("maxKeepAliveRequests", "-1");
        var context = tomcat.addContext("", null);
        Tomcat.addServlet(
                context,
                "bare",
                new HttpServlet() {
                    @Override
                    protected void doGet(HttpServletRequest request, HttpServletResponse response)
                            throws IOException {
                        byte[] body =
                                new byte[Integer.parseInt(request.getRequestURI().substring(1))];
                        response.setContentType("application/json");
                        response.setContentLength(body.length);
                        response.getOutputStream().write(body);
                    }
                });
        context.addServletMappingDecoded("/*", "bare");
        tomcat.start();
        System.out.println("bare");
        tomcat.getServer().await();
    }
}
