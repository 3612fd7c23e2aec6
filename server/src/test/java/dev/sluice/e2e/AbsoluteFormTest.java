package dev.sluice.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9112 §3.2.2: the host in the target decides which site it is, whatever Host says. */
class AbsoluteFormTest {
    @RegisterExtension
    static final TestServer server =
            TestServer.of(TestSite.standard(), "sites[0].hosts=[a.example, \"a.example:8080\"]");

    @ParameterizedTest
    @CsvSource({
        "/small.txt, a.example, 200",
        "/small.txt, b.example, 421",
        "http://a.example/small.txt, a.example, 200",
        "http://a.example/small.txt, b.example, 200",
        "http://a.example:8080/small.txt, b.example:9090, 200",
        "http://A.Example/small.txt, b.example, 200",
        "http://a.example?q, b.example, 200",
        "http://b.example/small.txt, a.example, 421",
        "http://b.example/a.example, a.example, 421",
        "http://a.example.b.example/small.txt, a.example, 421",
    })
    void target_withHost_overridesHost(String target, String host, int status) {
        try (RawClient client = server.connect()) {
            client.send("GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
            assertEquals(status, client.read().status());
        }
        assertEquals(status, server.served().status());
    }
}
