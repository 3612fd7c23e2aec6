package dev.sluice.e2e;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Many requests in one packet (RFC 9112 §9.3.2): answered in order, each by its own path. */
class PipeliningTest {
    private static final int REQUESTS = 50;

    @RegisterExtension
    static final TestServer server = TestServer.of(TestSite.standard());

    private record Step(String method, String target, String field, int status, String ioPath) {}

    private static final List<Step> STEPS = List.of(
            new Step("GET", TestSite.SMALL, "", 200, "mmap"),
            new Step("HEAD", TestSite.LARGE, "", 200, "none"),
            new Step("GET", TestSite.SMALL, "Range: bytes=4-8\r\n", 206, "mmap"),
            new Step("GET", "/nothing", "", 404, "copy"),
            new Step("GET", TestSite.LARGE, "Range: bytes=777777-777876\r\n", 206, "sendfile"),
            new Step("GET", "/dir", "", 308, "none"),
            new Step("OPTIONS", TestSite.SMALL, "", 204, "none"),
            new Step("GET", TestSite.LARGE, "", 200, "sendfile"),
            new Step("GET", TestSite.SMALL, "If-None-Match: *\r\n", 304, "none"),
            new Step("GET", "/empty.txt", "", 200, "none"));

    @Test
    void requests_inOnePacket_areAnsweredInOrderEachByItsPath() {
        StringBuilder packet = new StringBuilder();
        for (int i = 0; i < REQUESTS; i++) {
            Step step = STEPS.get(i % STEPS.size());
            packet.append(step.method + ' ' + step.target + " HTTP/1.1\r\nHost: localhost\r\n" + step.field + "\r\n");
        }
        List<Integer> statuses = new ArrayList<>();
        try (RawClient client = server.connect()) {
            client.send(packet.toString());
            for (int i = 0; i < REQUESTS; i++) {
                Step step = STEPS.get(i % STEPS.size());
                RawResponse response = client.read(step.method);
                statuses.add(response.status());
                if (response.status() == 200 && step.method.equals("GET")) {
                    assertArrayEquals(server.site().content(step.target), response.body());
                }
            }
        }
        List<Served> served = server.admin().served(REQUESTS);
        for (int i = 0; i < REQUESTS; i++) {
            Step step = STEPS.get(i % STEPS.size());
            assertEquals(step.status, statuses.get(i), step.toString());
            assertEquals(
                    E2eTransport.current().carried(step.ioPath), served.get(i).ioPath(), step.toString());
        }
    }

    @Test
    void requests_splitAtEveryOctet_areAnsweredAlike() {
        String request = "GET /small.txt HTTP/1.1\r\nHost: localhost\r\nRange: bytes=0-3\r\n\r\n";
        try (RawClient client = server.connect()) {
            for (int cut = 1; cut < request.length(); cut++) {
                client.send(request.substring(0, cut));
                client.send(request.substring(cut));
                assertEquals("The ", client.read().text());
            }
        }
        server.admin().served(request.length() - 1).forEach(served -> served.byMmap(4));
    }
}
