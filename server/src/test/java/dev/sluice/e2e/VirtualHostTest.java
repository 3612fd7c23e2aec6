package dev.sluice.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Several sites on one listener, told apart by Host (RFC 9110 §7.2). */
class VirtualHostTest {
    private static final String SITES = """
            sites:
              - hosts: [example.org, localhost]
              - hosts: ["*.example.org"]
                root: site/wild
              - hosts: ["*.deep.example.org"]
                root: site/deep
              - hosts: [blog.example.org, "127.0.0.1:8080"]
                root: site/blog
              - hosts: ["example.org:8443", "[::1]", "[2001:db8::1]:99"]
                root: site/port
            """;

    @RegisterExtension
    static final TestServer server = TestServer.configured(site(), SITES);

    private static TestSite site() {
        return TestSite.empty()
                .file("/name.txt", "first")
                .file("/wild/name.txt", "wild")
                .file("/deep/name.txt", "deep")
                .file("/blog/name.txt", "blog")
                .file("/port/name.txt", "port");
    }

    @ParameterizedTest
    @CsvSource({
        "example.org, first",
        "EXAMPLE.org, first",
        "example.org., first",
        "example.org:1234, first",
        "example.org:8443, port",
        "localhost, first",
        "www.example.org, wild",
        "a.b.example.org, wild",
        "a.deep.example.org, deep",
        "deep.example.org, wild",
        "blog.example.org, blog",
        "blog.example.org:8080, blog",
        "127.0.0.1:8080, blog",
        "[::1], port",
        "[0:0:0:0:0:0:0:1], port",
        "[::1]:5, port",
        "[2001:db8::1]:99, port",
    })
    void get_host_choosesTheSite(String host, String content) {
        try (RawClient client = server.connect()) {
            for (int time = 0; time < 2; time++) {
                RawResponse response =
                        client.request("GET", "/name.txt", "Host: " + host).read();
                assertEquals(content, response.text(), host);
                server.served().byMmap(content.length());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "example.com",
                "notexample.org",
                "example.org.evil",
                "127.0.0.1",
                "127.0.0.1:8081",
                "[2001:db8::1]",
                "[2001:db8::1]:98",
                "[::2]"
            })
    void get_hostOfNoSite_is421(String host) {
        try (RawClient client = server.connect()) {
            RawResponse response =
                    client.request("GET", "/name.txt", "Host: " + host).read();
            assertEquals(421, response.status());
            assertEquals("no-store", response.field("Cache-Control"));
            server.served().by("copy", "unknown-host", response.body().length);
            assertEquals(
                    "first",
                    client.request("GET", "/name.txt", "Host: example.org")
                            .read()
                            .text());
            server.served();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "exa mple.org",
                "example.org:port",
                "example.org:99999",
                "example..org",
                "[::1",
                "::1",
                "a/b",
                "example.org, example.org",
                "1.2.3",
                "user@example.org"
            })
    void get_malformedHost_is400(String host) {
        try (RawClient client = server.connect()) {
            RawResponse response =
                    client.request("GET", "/name.txt", "Host: " + host).read();
            assertEquals(400, response.status());
            server.admin().forget();
        }
    }

    @Test
    void get_sameFileNameOnTwoSites_neverMixes() {
        try (RawClient client = server.connect()) {
            for (int time = 0; time < 20; time++) {
                for (String site : new String[] {"blog", "www"}) {
                    RawResponse response = client.request("GET", "/name.txt", "Host: " + site + ".example.org")
                            .read();
                    assertEquals(site.equals("www") ? "wild" : site, response.text());
                }
            }
        }
        server.admin().served(40);
    }

    @Test
    void get_anyHostWhereOneSiteIsTheDefault_isThatOne() {
        String sites = """
                sites:
                  - hosts: [default]
                  - hosts: [blog.example.org]
                    root: site/blog
                """;
        try (TestServer own = TestServer.startConfigured(site(), sites);
                RawClient client = own.connect()) {
            for (String host : new String[] {"example.com", "127.0.0.1:1", "[::1]", "blog.example.org.evil"}) {
                assertEquals(
                        "first",
                        client.request("GET", "/name.txt", "Host: " + host)
                                .read()
                                .text());
            }
            assertEquals(
                    "blog",
                    client.request("GET", "/name.txt", "Host: blog.example.org")
                            .read()
                            .text());
        }
    }

    @Test
    void get_absoluteForm_itsHostCounts() {
        E2eTransport.assumeHttp1("HTTP/2 has no other form");
        try (RawClient client = server.connect()) {
            String scheme = E2eTransport.current().scheme();
            client.send("GET " + scheme + "://blog.example.org/name.txt HTTP/1.1\r\nHost: example.org\r\n\r\n");
            assertEquals("blog", client.read().text());
        }
        server.served();
    }

    @Test
    void get_http10WithoutHostAndWithoutDefault_is421() {
        E2eTransport.assumeHttp1("HTTP/2 always has an authority");
        try (RawClient client = server.connect()) {
            client.send("GET /name.txt HTTP/1.0\r\n\r\n");
            String answer = new String(client.readToEnd(), ISO_8859_1);
            assertTrue(answer.matches("(?s)HTTP/1\\.[01] 421 .*"), answer);
        }
        server.served();
    }
}
