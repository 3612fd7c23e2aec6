package dev.sluice.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * All ordered pairs of requests on one connection: what comes second must not be able to tell what came first. A body
 * byte too many, a field left over or a request body left unread would show here.
 */
class KeepAlivePairsTest {
    @RegisterExtension
    static final TestServer server = TestServer.of(TestSite.standard());

    private record Answer(int status, Map<String, List<String>> fields, String body, String ioPath) {}

    private static Map<String, String> requests() {
        Map<String, String> requests = new LinkedHashMap<>();
        requests.put("hot GET", "GET /small.txt");
        requests.put("HEAD of hot", "HEAD /small.txt");
        requests.put("HEAD of large", "HEAD /large.bin");
        requests.put("304", "GET /small.txt\nIf-None-Match: *");
        requests.put("206 hot", "GET /small.txt\nRange: bytes=4-8");
        requests.put("206 large", "GET /large.bin\nRange: bytes=-100");
        requests.put("416", "GET /large.bin\nRange: bytes=9999999-");
        requests.put("404", "GET /nothing");
        requests.put("405", "DELETE /small.txt");
        requests.put("501", "BREW /small.txt");
        requests.put("308", "GET /dir?a=b");
        requests.put("400", "GET /%00");
        requests.put("412", "GET /large.bin\nIf-Match: \"another\"");
        requests.put("large GET", "GET /large.bin");
        requests.put("empty GET", "GET /empty.txt");
        requests.put("OPTIONS", "OPTIONS /");
        requests.put("POST with body", "POST /small.txt\nContent-Length: 5\n\nhello");
        requests.put("GET with body", "GET /small.txt\nTransfer-Encoding: chunked\n\n5\nhello\n0\n\n");
        return requests;
    }

    @Test
    void pairs_all_areAnsweredAsAlone() {
        Map<String, Answer> alone = new HashMap<>();
        // Asked twice, since the first answer may find the file cold; fields and path are to be the same.
        requests().forEach((name, request) -> {
            Answer cold = exchange(List.of(request)).get(0);
            Answer hot = exchange(List.of(request)).get(0);
            assertEquals(cold, hot, name);
            alone.put(name, hot);
        });
        requests()
                .forEach((first, one) -> requests().forEach((second, two) -> {
                    List<Answer> answers = exchange(List.of(one, two));
                    assertEquals(alone.get(first), answers.get(0), first + " before " + second);
                    assertEquals(alone.get(second), answers.get(1), second + " after " + first);
                }));
    }

    private static List<Answer> exchange(List<String> requests) {
        List<RawResponse> responses;
        try (RawClient client = server.connect()) {
            responses = requests.stream()
                    .map(request -> client.send(octets(request)).read(request.substring(0, request.indexOf(' '))))
                    .toList();
        }
        List<Served> served = server.admin().served(requests.size());
        return IntStream.range(0, requests.size())
                .mapToObj(i -> answer(responses.get(i), served.get(i)))
                .toList();
    }

    private static String octets(String request) {
        int line = request.indexOf('\n');
        String first = line < 0 ? request : request.substring(0, line);
        String rest = line < 0 ? "\r\n" : request.substring(line + 1).replace("\n", "\r\n");
        String end = line < 0 || rest.contains("\r\n\r\n") ? "" : "\r\n\r\n";
        return first + " HTTP/1.1\r\nHost: localhost\r\n" + rest + end;
    }

    private static Answer answer(RawResponse response, Served served) {
        Map<String, List<String>> fields = new HashMap<>(response.fields());
        fields.remove("date");
        String body = new String(response.body(), StandardCharsets.ISO_8859_1);
        return new Answer(response.status(), fields, body, served.ioPath());
    }
}
