package dev.sluice.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests that no client should send: what they are answered, and whether the connection goes on. Nothing may hang, so
 * every read has a deadline.
 *
 * <p>In the tables {@code ~} stands for CRLF, {@code \n}, {@code \r}, {@code \t}, {@code \0} for themselves,
 * {@code [01]} for the octet 01. A head whose first line alone is given is completed by a Host.
 */
class MalformedRequestTest {
    @RegisterExtension
    static final TestServer server = TestServer.of(
            TestSite.standard().file("/brackets[1].txt", "brackets").file("/semi;a=b", "semicolon"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                // RFC 9112 §3: the request line
                "G(T /small.txt HTTP/1.1~",
                "G\\0T /small.txt HTTP/1.1~",
                "/small.txt HTTP/1.1~",
                "GET\\t/small.txt HTTP/1.1~",
                "GET  /small.txt HTTP/1.1~",
                "GET /small.txt  HTTP/1.1~",
                "GET /small.txt HTTP/1.1 ~",
                "GET /small.txt~",
                "GET /small.txt HTTP/2.0~",
                "GET /small.txt HTTQ/1.1~",
                "GET /small.txt http/1.1~",
                "GET small.txt HTTP/1.1~",
                "GET * HTTP/1.1~",
                "GET localhost:80 HTTP/1.1~",
                "PRI * HTTP/2.0~~SM~",
                // RFC 3986 §3.3, §2.1: the path
                "GET /%zz HTTP/1.1~",
                "GET /a% HTTP/1.1~",
                "GET /a%4 HTTP/1.1~",
                "GET /a\\0b HTTP/1.1~",
                "GET /a[01]b HTTP/1.1~",
                "GET /a[7f]b HTTP/1.1~",
                "GET /a[e4]b HTTP/1.1~",
                "GET /a\\b HTTP/1.1~",
                "GET /a\"b HTTP/1.1~",
                "GET /small.txt#x HTTP/1.1~",
                // RFC 9112 §2.2: line ends
                "GET /small.txt HTTP/1.1\\nHost: localhost\\n\\n",
                "GET /small.txt HTTP/1.1\\rHost: localhost\\r\\r",
                "GET /small.txt HTTP/1.1~Host: localhost~X: a\\rb~",
                // RFC 9112 §3.2: Host
                "GET /small.txt HTTP/1.1~Accept: a~",
                "GET /small.txt HTTP/1.1~Host: localhost~Host: localhost~",
                "GET /small.txt HTTP/1.1~Host: localhost~Host: other~",
                "GET /small.txt HTTP/1.1~Host: a b/c~",
                // RFC 9112 §5: fields
                "GET /small.txt HTTP/1.1~Host : localhost~",
                "GET /small.txt HTTP/1.1~Host: localhost~X : a~",
                "GET /small.txt HTTP/1.1~ X: a~Host: localhost~",
                "GET /small.txt HTTP/1.1~Host: localhost~Xabc~",
                "GET /small.txt HTTP/1.1~Host: localhost~: a~",
                "GET /small.txt HTTP/1.1~Host: localhost~X(y): a~",
                "GET /small.txt HTTP/1.1~Host: localhost~X\\0y: a~",
                "GET /small.txt HTTP/1.1~Host: localhost~X: a\\0b~",
                "GET /small.txt HTTP/1.1~Host: localhost~X: a[01]b~",
                // RFC 9112 §6: framing
                "GET /small.txt HTTP/1.1~Host: localhost~Content-Length: 5~Transfer-Encoding: chunked~",
                "GET /small.txt HTTP/1.1~Host: localhost~Content-Length: 5~Content-Length: 6~",
                "GET /small.txt HTTP/1.1~Host: localhost~Content-Length: 5, 5~",
                "GET /small.txt HTTP/1.1~Host: localhost~Content-Length: -5~",
                "GET /small.txt HTTP/1.1~Host: localhost~Content-Length: +5~",
                "GET /small.txt HTTP/1.1~Host: localhost~Content-Length: five~",
                "GET /small.txt HTTP/1.1~Host: localhost~Content-Length: 18446744073709551616~",
                "GET /small.txt HTTP/1.1~Host: localhost~Content-Length: 5~Content-Length: 5~",
                "GET /small.txt HTTP/1.1~Host: localhost~Transfer-Encoding: xchunked~~0~~",
                "GET /small.txt HTTP/1.1~Host: localhost~Transfer-Encoding: gzip, chunked~~0~~",
                "GET /small.txt HTTP/1.1~Host: localhost~Transfer-Encoding: chunked, identity~~0~~",
                "GET /small.txt HTTP/1.1~Host: localhost~Transfer-Encoding: chunked~Transfer-Encoding: chunked~~0~~",
                "GET /small.txt HTTP/1.0~Host: localhost~Connection: keep-alive~Transfer-Encoding: chunked~~0~~",
            })
    void request_malformed_is400AndTheConnectionCloses(String request) {
        assertRefused(octets(request));
    }

    /** Where the server is stricter than it has to be, or gives another status than RFC 9110 and 9112 want. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                // RFC 9112 §2.2 would have an empty line before the request ignored.
                "~GET /small.txt HTTP/1.1~",
                // RFC 9112 §3.2.2 would have the target's host override Host.
                "GET http://other/small.txt HTTP/1.1~",
                // RFC 3986 does not allow these in a query either, but they would harm nobody.
                "GET /small.txt?a=%zz HTTP/1.1~",
                "GET /small.txt?a={|} HTTP/1.1~",
            })
    void request_harmlessButRefusedByUndertow_is400(String request) {
        assertRefused(octets(request));
    }

    /** RFC 9112 §3 wants 414 for the first and RFC 6585 §5 has 431 for the others; Undertow says 400. */
    @Test
    void request_headTooLarge_is400AndTheConnectionCloses() {
        assertRefused("GET /small.txt?" + "x".repeat(33_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertRefused("GET /small.txt HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(33_000) + "\r\n\r\n");
        assertRefused("GET /small.txt HTTP/1.1\r\nHost: localhost\r\n" + "X: y\r\n".repeat(300) + "\r\n");
    }

    private static void assertRefused(String request) {
        try (RawClient client = server.connect()) {
            RawResponse response = client.send(request).readHead();
            assertEquals(400, response.status());
            assertEquals("close", response.field("Connection"));
            client.readToEnd();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // Escapes that are no text are refused by the server itself, which has read the request whole.
                "GET /small.txt%00 HTTP/1.1~ | 400",
                "GET /small.txt%0a HTTP/1.1~ | 400",
                "GET /%7f HTTP/1.1~ | 400",
                "GET /%c0%af HTTP/1.1~ | 400",
                "GET /%ed%a0%80 HTTP/1.1~ | 400",
                "GET /%ff HTTP/1.1~ | 400",
                // RFC 9112 §3.2.2, §3.2.4: all servers take the absolute form, and OPTIONS the asterisk
                "GET http://localhost/small.txt HTTP/1.1~ | 200",
                "GET http://localhost/small.txt?q=/x HTTP/1.1~ | 200",
                "GET http://localhost HTTP/1.1~ | 200",
                "GET http://localhost/dir HTTP/1.1~ | 308",
                "OPTIONS * HTTP/1.1~ | 204",
                // RFC 9110 §6.2: a higher minor version is as good as 1.1; §5.5: obs-text; §3.2: an empty Host
                "GET /small.txt HTTP/1.2~ | 200",
                "GET /small.txt HTTP/1.1~Host: localhost~X: a[e4]b~ | 200",
                "GET /small.txt HTTP/1.1~Host: ~ | 200",
                // RFC 9112 §5.2: a folded line may be taken for spaces
                "GET /small.txt HTTP/1.1~Host: localhost~X: a~ b~ | 200",
                // RFC 9110 §10.1.1 allows 417 here and does not demand it; §7.8: no upgrade has to be taken
                "GET /small.txt HTTP/1.1~Host: localhost~Expect: tea~ | 200",
                "GET /small.txt HTTP/1.1~Host: localhost~Connection: Upgrade~Upgrade: h2c~ | 200",
                "GET /brackets[1].txt HTTP/1.1~ | 200",
                "GET /semi;a=b HTTP/1.1~ | 200",
            })
    void request_strangeButWhole_isAnsweredAndTheConnectionGoesOn(String request, int status) {
        String head = octets(request);
        try (RawClient client = server.connect()) {
            assertEquals(status, client.send(head).read().status());
            assertEquals(200, client.request("GET", TestSite.SMALL).read().status());
        }
        assertEquals(status, server.admin().served(2).get(0).status());
    }

    /** RFC 9112 §3 asks for at least 8000 octets. */
    @Test
    void requestLine_of8000Octets_isTaken() {
        String target = "/small.txt?" + "x".repeat(8_000 - "GET /small.txt? HTTP/1.1".length());
        try (RawClient client = server.connect()) {
            assertEquals(200, client.request("GET", target).read().status());
        }
        server.served();
    }

    @Test
    void http10_withoutHostButKeepAlive_goesOn() {
        try (RawClient client = server.connect()) {
            for (int time = 1; time <= 2; time++) {
                client.send("GET /small.txt HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
                assertEquals(200, client.read().status());
            }
        }
        server.admin().served(2);
    }

    @Test
    void connect_anyAuthority_is405() {
        E2eTransport.assumeHttp1("in HTTP/2 it has no path, and Undertow resets the stream");
        try (RawClient client = server.connect()) {
            assertEquals(405, client.request("CONNECT", "localhost:80").read().status());
            client.readToEnd();
        }
        server.served();
    }

    /** RFC 9110 §9.3.1, RFC 9112 §9.3: a body beyond the limit is not read, so the connection can't go on. */
    @Test
    void get_bodyBeyondTheLimit_isAnsweredAndTheConnectionCloses() {
        E2eTransport.assumeHttp1("in HTTP/2 only the stream ends");
        try (RawClient client = server.connect()) {
            client.request("GET", TestSite.SMALL, "Content-Length: 65537");
            assertEquals(200, client.read().status());
            client.readToEnd();
        }
        server.served();
    }

    @Test
    void tlsHello_onAPlainPort_isRefused() {
        try (RawClient client = server.connect()) {
            client.send("\u0016\u0003\u0001\u0000\u00a5\u0001\u0000\u0000\u00a1\u0003\u0003");
            assertTrue(client.readToEnd().length < 200);
        }
    }

    /** The notation of the tables, as octets. */
    private static String octets(String text) {
        StringBuilder out = new StringBuilder();
        String plain = text.replace("~", "\r\n")
                .replace("\\n", "\n")
                .replace("\\r", "\r")
                .replace("\\t", "\t")
                .replace("\\0", "\0");
        for (int i = 0; i < plain.length(); i++) {
            if (plain.startsWith("[", i) && plain.indexOf(']', i) == i + 3) {
                out.append((char) Integer.parseInt(plain.substring(i + 1, i + 3), 16));
                i += 3;
            } else {
                out.append(plain.charAt(i));
            }
        }
        boolean firstLineAlone = text.indexOf('~', 1) == text.length() - 1;
        return firstLineAlone ? out + "Host: localhost\r\n\r\n" : out + "\r\n";
    }
}
