package dev.sluice.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.RunningServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A listener in clear text that sends everybody to the one with TLS. */
final class RedirectTest {
    private static final String CRLF = "\r\n";

    @TempDir
    static Path folder;

    private static RunningServer server;

    @BeforeAll
    static void start() throws Exception {
        TestCertificate.ec().writeTo(folder);
        server = RunningServer.start(
                folder,
                "[{port: 0, redirect: https}, {port: 0, tls: {certificate: fullchain.pem, key: privkey.pem}}]",
                "[{root: site, hosts: [a.example, '[::1]'], rules: [{security: true}]}]");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** The head of the response to a request of these lines. */
    private static String ask(String... lines) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port(0))) {
            socket.setSoTimeout(TlsClient.PATIENCE);
            String request = String.join(CRLF, lines) + CRLF + "Connection: close" + CRLF + CRLF;
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private static String status(String response) {
        return response.substring(0, response.indexOf(CRLF));
    }

    private static String location(String response) {
        return response.lines()
                .filter(line -> line.startsWith("Location: "))
                .map(line -> line.substring("Location: ".length()))
                .findFirst()
                .orElse("none");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            GET /a.txt           | a.example      | https://a.example:PORT/a.txt
            HEAD /a.txt          | a.example      | https://a.example:PORT/a.txt
            GET /                | A.Example.     | https://a.example:PORT/
            GET /a.txt           | a.example:8080 | https://a.example:PORT/a.txt
            GET /a%20b?q=%2F&r=? | a.example      | https://a.example:PORT/a%20b?q=%2F&r=?
            GET /missing         | a.example      | https://a.example:PORT/missing
            GET //evil.example/  | a.example      | https://a.example:PORT//evil.example/
            GET /a.txt           | [::1]          | https://[0:0:0:0:0:0:0:1]:PORT/a.txt
            GET http://a.example/b?c | other      | https://a.example:PORT/b?c
            """)
    void request_inClearText_isSentToTheSameUrlOverTls(String request, String host, String expected)
            throws IOException {
        String response = ask(request + " HTTP/1.1", "Host: " + host);
        assertEquals("HTTP/1.1 308 Permanent Redirect", status(response));
        assertEquals(expected.replace("PORT", Integer.toString(server.port(1))), location(response));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET /a.txt HTTP/1.1   | b.example  | 421
            GET /a.txt HTTP/1.1   | a b        | 400
            GET /%00 HTTP/1.1     | a.example  | 400
            GET /a.txt HTTP/1.0   |            | 421
            POST /a.txt HTTP/1.1  | a.example  | 405
            OPTIONS * HTTP/1.1    | a.example  | 204
            """)
    void request_thatCannotBeRedirected_isAnsweredAsEverywhere(String request, String host, String status)
            throws IOException {
        String response = host == null ? ask(request) : ask(request, "Host: " + host);
        assertEquals(status, response.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length()));
        assertEquals("none", location(response));
    }

    @Test
    void redirect_strictTransportSecurity_isLeftToTheAnswerOverTls() throws IOException {
        assertFalse(ask("GET /a.txt HTTP/1.1", "Host: a.example").contains("Strict-Transport-Security"));
        String served = TlsClient.get(TlsClient.connect(server.port(1), null), "/a.txt", "a.example");
        assertTrue(served.startsWith("HTTP/1.1 200 "), served);
        assertTrue(served.contains(CRLF + "Strict-Transport-Security: max-age=31536000" + CRLF), served);
    }
}
