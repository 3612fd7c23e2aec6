package dev.sluice.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Requests that no client should send: what they are answered, and whether the connection goes on. Nothing may hang, so
 * every read has a deadline.
 *
 * <p>In the tables {@code ~} stands for CRLF, {@code \n}, {@code \r}, {@code \t}, {@code \0} for themselves,
 * {@code [01]} for the octet 01. A head whose first line alone is given is completed by a Host.
 */
class MalformedRequestTest {
    private static final int HEAD_SIZE = 32 << 10;

    /** Comes in the same packet: if anything of what is before it were taken for its own, or it for a body, it would show. */
    private static final String FOLLOWER = "GET /dir/ HTTP/1.1\r\nHost: localhost\r\n\r\n";

    @RegisterExtension
    static final TestServer server = TestServer.of(
            TestSite.standard().file("/brackets[1].txt", "brackets").file("/semi;a=b", "semicolon"));

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '\f',
            value = {
                // RFC 9112 §3: the request line
                "G(T /small.txt HTTP/1.1~ => 400 => closed",
                "G\\0T /small.txt HTTP/1.1~ => 400 => closed",
                "/small.txt HTTP/1.1~ => 400 => closed",
                "GET\\t/small.txt HTTP/1.1~ => 400 => closed",
                "GET  /small.txt HTTP/1.1~ => 400 => closed",
                "GET /small.txt  HTTP/1.1~ => 400 => closed",
                "GET /small.txt HTTP/1.1 ~ => 400 => closed",
                "GET /small.txt~ => 400 => closed",
                "GET /small.txt HTTP/2.0~ => 400 => closed",
                "GET /small.txt HTTP/0.9~ => 400 => closed",
                "GET /small.txt HTTQ/1.1~ => 400 => closed",
                "GET /small.txt http/1.1~ => 400 => closed",
                "GET small.txt HTTP/1.1~ => 400 => closed",
                "GET * HTTP/1.1~ => 400 => closed",
                "GET localhost:80 HTTP/1.1~ => 400 => closed",
                "PRI * HTTP/2.0~~SM~ => 400 => closed",
                "XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX /small.txt HTTP/1.1~ => 501 => kept",
                "XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX /small.txt HTTP/1.1~ => 400 => closed",
                // RFC 3986 §3.3, §2.1: the path
                "GET /%zz HTTP/1.1~ => 400 => closed",
                "GET /a% HTTP/1.1~ => 400 => closed",
                "GET /a%4 HTTP/1.1~ => 400 => closed",
                "GET /a\\0b HTTP/1.1~ => 400 => closed",
                "GET /a[01]b HTTP/1.1~ => 400 => closed",
                "GET /a[7f]b HTTP/1.1~ => 400 => closed",
                "GET /a[e4]b HTTP/1.1~ => 400 => closed",
                "GET /a\\b HTTP/1.1~ => 400 => closed",
                "GET /a\"b HTTP/1.1~ => 400 => closed",
                "GET /small.txt#x HTTP/1.1~ => 400 => closed",
                // RFC 9112 §2.2: line ends
                "GET /small.txt HTTP/1.1\\nHost: localhost\\n\\n => 400 => closed",
                "GET /small.txt HTTP/1.1\\rHost: localhost\\r\\r => 400 => closed",
                "GET /small.txt HTTP/1.1~Host: localhost~X: a\\rb~ => 400 => closed",
                // RFC 9112 §3.2: Host
                "GET /small.txt HTTP/1.1~Accept: a~ => 400 => closed",
                "GET /small.txt HTTP/1.1~Host: localhost~Host: localhost~ => 400 => closed",
                "GET /small.txt HTTP/1.1~Host: localhost~Host: other~ => 400 => closed",
                "GET /small.txt HTTP/1.1~Host: a b/c~ => 400 => closed",
                // RFC 9112 §5: fields
                "GET /small.txt HTTP/1.1~Host : localhost~ => 400 => closed",
                "GET /small.txt HTTP/1.1~Host: localhost~X : a~ => 400 => closed",
                "GET /small.txt HTTP/1.1~ X: a~Host: localhost~ => 400 => closed",
                "GET /small.txt HTTP/1.1~Host: localhost~Xabc~ => 400 => closed",
                "GET /small.txt HTTP/1.1~Host: localhost~: a~ => 400 => closed",
                "GET /small.txt HTTP/1.1~Host: localhost~X(y): a~ => 400 => closed",
                "GET /small.txt HTTP/1.1~Host: localhost~X\\0y: a~ => 400 => closed",
                "GET /small.txt HTTP/1.1~Host: localhost~X: a\\0b~ => 400 => closed",
                "GET /small.txt HTTP/1.1~Host: localhost~X: a[01]b~ => 400 => closed",
                // RFC 9112 §6: framing
                "GET /small.txt HTTP/1.1~Host: localhost~Content-Length: 5~Transfer-Encoding: chunked~ => 400 => closed",
                "GET /small.txt HTTP/1.1~Host: localhost~Content-Length: 5~Content-Length: 6~ => 400 => closed",
                "GET /small.txt HTTP/1.1~Host: localhost~Content-Length: 5, 5~ => 400 => closed",
                "GET /small.txt HTTP/1.1~Host: localhost~Content-Length: -5~ => 400 => closed",
                "GET /small.txt HTTP/1.1~Host: localhost~Content-Length: +5~ => 400 => closed",
                "GET /small.txt HTTP/1.1~Host: localhost~Content-Length: five~ => 400 => closed",
                "GET /small.txt HTTP/1.1~Host: localhost~Content-Length: 18446744073709551616~ => 400 => closed",
                "GET /small.txt HTTP/1.1~Host: localhost~Content-Length: 5~Content-Length: 5~ => 400 => closed",
                "GET /small.txt HTTP/1.1~Host: localhost~Transfer-Encoding: xchunked~~0~~ => 400 => closed",
                "GET /small.txt HTTP/1.1~Host: localhost~Transfer-Encoding: gzip, chunked~~0~~ => 400 => closed",
                "GET /small.txt HTTP/1.1~Host: localhost~Transfer-Encoding: chunked, identity~~0~~ => 400 => closed",
                "GET /small.txt HTTP/1.1~Host: localhost~Transfer-Encoding: chunked~Transfer-Encoding: chunked~~0~~ => 400 => closed",
                "GET /small.txt HTTP/1.0~Host: localhost~Connection: keep-alive~Transfer-Encoding: chunked~~0~~ => 400 => closed",
                // RFC 9112 §3.2.2: an absent or empty Host is refused beside an absolute target as well
                "GET http://localhost/small.txt HTTP/1.1~Accept: a~ => 400 => closed",
                "GET http://localhost/small.txt HTTP/1.1~Host: ~ => 400 => closed",
                "GET http://localhost/small.txt HTTP/1.1~Host: a~Host: b~ => 400 => closed",
                "GET http://localhost/small.txt HTTP/1.1~Host: a b/c~ => 400 => closed",
                "GET http://user@localhost/small.txt HTTP/1.1~ => 400 => kept",
                // Queries: a line end, other controls and a fragment are none of it; Undertow refuses broken escapes
                "GET /small.txt?a\\rb HTTP/1.1~ => 400 => closed",
                "GET /small.txt?a\\nb HTTP/1.1~ => 400 => closed",
                "GET /small.txt?a[e4]b HTTP/1.1~ => 400 => closed",
                "GET /small.txt?a\\0b HTTP/1.1~ => 400 => closed",
                "GET /small.txt?a#b HTTP/1.1~ => 400 => closed",
                "GET /small.txt?a=%zz HTTP/1.1~ => 400 => closed",
                // Escapes that are no text are refused by the server itself, which has read the request whole.
                "GET /small.txt%00 HTTP/1.1~ => 400 => kept",
                "GET /small.txt%0a HTTP/1.1~ => 400 => kept",
                "GET /%7f HTTP/1.1~ => 400 => kept",
                "GET /%c0%af HTTP/1.1~ => 400 => kept",
                "GET /%ed%a0%80 HTTP/1.1~ => 400 => kept",
                "GET /%ff HTTP/1.1~ => 400 => kept",
                // RFC 9112 §3.2.2, §3.2.4: all servers take the absolute form, and OPTIONS the asterisk
                "GET http://localhost/small.txt HTTP/1.1~ => 200 => kept",
                "GET http://localhost/small.txt?q=/x HTTP/1.1~ => 200 => kept",
                "GET http://localhost HTTP/1.1~ => 200 => kept",
                "GET http://localhost/dir HTTP/1.1~ => 308 => kept",
                "OPTIONS * HTTP/1.1~ => 204 => kept",
                // RFC 9110 §6.2: a higher minor version is as good as 1.1; §5.5: obs-text; §3.2: an empty Host
                "GET /small.txt HTTP/1.2~ => 200 => kept",
                "GET /small.txt HTTP/1.1~Host: localhost~X: a[e4]b~ => 200 => kept",
                "GET /small.txt HTTP/1.1~Host: ~ => 200 => kept",
                // RFC 9112 §5.2: a folded line may be taken for spaces
                "GET /small.txt HTTP/1.1~Host: localhost~X: a~ b~ => 200 => kept",
                // RFC 9110 §10.1.1 allows 417 here and does not demand it; §7.8: no upgrade has to be taken
                "GET /small.txt HTTP/1.1~Host: localhost~Expect: tea~ => 200 => kept",
                "GET /small.txt HTTP/1.1~Host: localhost~Connection: Upgrade~Upgrade: h2c~ => 200 => kept",
                "GET /brackets[1].txt HTTP/1.1~ => 200 => kept",
                "GET /semi;a=b HTTP/1.1~ => 200 => kept",
                // RFC 9112 §3.2.2: the target's host, not Host, decides
                "GET http://other/small.txt HTTP/1.1~ => 200 => kept",
                "GET HTTP://other:80/small.txt HTTP/1.1~Accept: a~hOST:localhost:8080~ => 200 => kept",
                // RFC 9112 §2.2: an empty line or two before a request
                "~GET /small.txt HTTP/1.1~Host: localhost~ => 200 => kept",
                "~~GET /small.txt HTTP/1.1~Host: localhost~ => 200 => kept",
                "~~~GET /small.txt HTTP/1.1~Host: localhost~ => 400 => closed",
                // What browsers do not escape
                "GET /small.txt?a={|}^`\"<>\\ HTTP/1.1~ => 200 => kept",
                "GET /a|b HTTP/1.1~ => 404 => kept",
                // RFC 9112 §7.1: no chunk decides where the next request begins, be it well-formed or not
                "GET /small.txt HTTP/1.1~Host: localhost~Transfer-Encoding: chunked~~5~hello~0~ => 200 => closed",
                "GET /small.txt HTTP/1.1~Host: localhost~Transfer-Encoding: chunked~~5;a=b~hello~0~ => 200 => closed",
                "GET /small.txt HTTP/1.1~Host: localhost~Transfer-Encoding: chunked~~5\\nhello~0~ => 200 => closed",
                "GET /small.txt HTTP/1.1~Host: localhost~Transfer-Encoding: chunked~~5\\nhello\\n0\\n\\n => 200 => closed",
                "GET /small.txt HTTP/1.1~Host: localhost~Transfer-Encoding: chunked~~+5~hello~0~ => 200 => closed",
                "GET /small.txt HTTP/1.1~Host: localhost~Transfer-Encoding: chunked~~-5~hello~0~ => 200 => closed",
                "GET /small.txt HTTP/1.1~Host: localhost~Transfer-Encoding: chunked~~0x5~hello~0~ => 200 => closed",
                "GET /small.txt HTTP/1.1~Host: localhost~Transfer-Encoding: chunked~~ 5~hello~0~ => 200 => closed",
                "GET /small.txt HTTP/1.1~Host: localhost~Transfer-Encoding: chunked~~5 ~hello~0~ => 200 => closed",
                "GET /small.txt HTTP/1.1~Host: localhost~Transfer-Encoding: chunked~~5 x~hello~0~ => 200 => closed",
                "GET /small.txt HTTP/1.1~Host: localhost~Transfer-Encoding: chunked~~~hello~0~ => 200 => closed",
                "GET /small.txt HTTP/1.1~Host: localhost~Transfer-Encoding: chunked~~5~helloJUNK~0~ => 200 => closed",
                "GET /small.txt HTTP/1.1~Host: localhost~Transfer-Encoding: chunked~~5~hello0~ => 200 => closed",
                "GET /small.txt HTTP/1.1~Host: localhost~Transfer-Encoding: chunked~~0000000000000000000005~hello~0~ => 200 => closed",
                "GET /small.txt HTTP/1.1~Host: localhost~Transfer-Encoding: chunked~~10000000000000005~hello~0~ => 200 => closed",
                "GET /small.txt HTTP/1.1~Host: localhost~Transfer-Encoding: chunked~~5\\rhello~0~ => 200 => closed",
                "GET /small.txt HTTP/1.1~Host: localhost~Transfer-Encoding: chunked~~g~hello~0~ => 200 => closed",
                "GET /small.txt HTTP/1.1~Host: localhost~Transfer-Encoding: chunked~~0~no colon~ => 200 => closed",
                "GET /small.txt HTTP/1.1~Host: localhost~Transfer-Encoding: chunked~~0~X: y~ => 200 => closed",
                // RFC 9110 §10.1.1: the final status instead of 100, and the body is not awaited
                "GET /small.txt HTTP/1.1~Host: localhost~Expect: 100-continue~Content-Length: 5~ => 200 => closed",
                "POST /small.txt HTTP/1.1~Host: localhost~Expect: 100-continue~Content-Length: 5~ => 405 => closed",
                "GET /nothing HTTP/1.1~Host: localhost~Expect: 100-continue~Transfer-Encoding: chunked~ => 404 => closed",
                "GET /small.txt HTTP/1.1~Host: localhost~Expect: 100-continue~ => 200 => kept",
                // RFC 9110 §9.3.1: a body is read up to the limit, and no further
                "GET /small.txt HTTP/1.1~Host: localhost~Content-Length: 7~~hello => 200 => kept",
                "GET /small.txt HTTP/1.1~Host: localhost~Content-Length: 65537~ => 200 => closed",
            })
    void request_asInTheTable_isAnsweredAndTheConnectionKeptOrClosed(String request, int status, String then) {
        String octets = octets(request);
        boolean kept = then.equals("kept");
        try (RawClient client = server.connect()) {
            RawResponse response = client.send(octets + FOLLOWER).read(method(octets));
            assertEquals(status, response.status());
            assertEquals(kept ? null : "close", response.field("Connection"));
            if (kept) {
                assertEquals("dir", title(client.read()));
            } else {
                assertEquals(0, client.readToEnd().length, "a second answer");
            }
        }
        assertEquals(status, server.admin().served(kept ? 2 : 1).get(0).status());
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

    static Stream<Arguments> tooLarge() {
        String line = "GET /small.txt HTTP/1.1\r\n";
        String host = "Host: localhost\r\n";
        return Stream.of(
                Arguments.of("line", "GET /small.txt?" + "x".repeat(HEAD_SIZE) + " HTTP/1.1\r\n" + host, 414),
                Arguments.of("endless line", "GET /" + "x".repeat(1 << 20), 414),
                Arguments.of("field", line + host + "X: " + "x".repeat(HEAD_SIZE) + "\r\n", 431),
                Arguments.of("endless field", line + host + "X: " + "x".repeat(1 << 20), 431),
                Arguments.of("201 fields", line + host + fields(200) + "\r\n", 431),
                Arguments.of("128 of a name", line + host + "X: y\r\n".repeat(128), 431),
                Arguments.of("one octet", filled(HEAD_SIZE + 1), 431));
    }

    /** RFC 9112 §3, RFC 6585 §5; all of it is taken from the client, which could not read the answer else. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("tooLarge")
    void head_tooLarge_isToldWhatIsTooLarge(String name, String head, int status) {
        try (RawClient client = server.connect()) {
            // As the second request too, for which the parser may hold the beginning already.
            RawResponse response = client.send(FOLLOWER + head + "\r\n").read();
            assertEquals(200, response.status());
            RawResponse refusal = client.read();
            assertEquals(status, refusal.status());
            assertEquals("close", refusal.field("Connection"));
            assertEquals("no-store", refusal.field("Cache-Control"));
            assertTrue(refusal.text().startsWith(status + " "), refusal.text());
            assertEquals(0, client.readToEnd().length);
        }
        assertEquals(status, server.admin().served(2).get(1).status());
    }

    @Test
    void head_ofTheLargestSize_isTaken() {
        try (RawClient client = server.connect()) {
            assertEquals(200, client.send(filled(HEAD_SIZE)).read().status());
        }
        server.served();
    }

    @Test
    void head_of200Fields_isTaken() {
        try (RawClient client = server.connect()) {
            String head = "GET /small.txt HTTP/1.1\r\nHost: localhost\r\n" + fields(199) + "\r\n";
            assertEquals(200, client.send(head).read().status());
        }
        server.served();
    }

    /** Whoever reads the line of HTTP/0.9 waits for no more, so an answer that comes late would never be seen. */
    @Test
    void line_withoutVersion_isRefusedAtOnce() {
        try (RawClient client = server.connect()) {
            assertEquals(400, client.send("GET /small.txt\r\n\r\n").read().status());
            client.readToEnd();
        }
        server.served();
    }

    /** However a head comes in, it is answered alike. */
    @ParameterizedTest
    @CsvSource({
        "GET http://other/small.txt HTTP/1.1~Host: localhost~, 200",
        "~~GET /small.txt HTTP/1.1~Host: localhost~, 200",
        "GET /small.txt HTTP/1.1~Host: a b~, 400",
        "GET http://other/small.txt HTTP/1.1~Host: a/b~, 400",
        "GET /small.txt?a=%zz HTTP/1.1~Host: localhost~, 400",
    })
    void head_octetByOctet_isAnsweredAlike(String request, int status) {
        try (RawClient client = server.connect()) {
            client.sendOctetByOctet(octets(request));
            assertEquals(status, client.read().status());
        }
        assertEquals(status, server.served().status());
    }

    /** RFC 9112 §9.6: a client that sends on is listened to for a while, else it could lose the answer. */
    @Test
    void body_farBeyondTheLimit_isTakenAndTheAnswerArrives() {
        try (RawClient client = server.connect()) {
            client.request("GET", TestSite.SMALL, "Content-Length: 8388608").send("x".repeat(8 << 20));
            assertEquals(200, client.read().status());
            assertEquals(0, client.readToEnd().length);
        }
        server.served();
    }

    @Test
    void tlsHello_onAPlainPort_isRefused() {
        try (RawClient client = server.connect()) {
            client.send("\u0016\u0003\u0001\u0000\u00a5\u0001\u0000\u0000\u00a1\u0003\u0003");
            assertEquals(400, client.read().status());
            client.readToEnd();
        }
    }

    /** A head of that many octets. */
    private static String filled(int size) {
        String start = "GET /small.txt HTTP/1.1\r\nHost: localhost\r\nX: ";
        return start + "x".repeat(size - start.length() - 4) + "\r\n\r\n";
    }

    /** That many fields of different names. */
    private static String fields(int count) {
        return IntStream.range(0, count).mapToObj(i -> "X" + i + ": y\r\n").collect(Collectors.joining());
    }

    private static String method(String octets) {
        return octets.strip().split(" ", 2)[0];
    }

    private static String title(RawResponse page) {
        return page.text().replaceAll(".*<title>(.*)</title>.*", "$1");
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
