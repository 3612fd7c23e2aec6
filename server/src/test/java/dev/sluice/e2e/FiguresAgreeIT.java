package dev.sluice.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.InstalledTool;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A thousand requests of all kinds, by the clients that people use: what the server then says of them at four places is the
 * same, in each sum.
 */
class FiguresAgreeIT {
    private static final int REQUESTS = 1_000;
    private static final int BY_WRK = 400;
    private static final Pattern SAMPLE = Pattern.compile("(\\w+)\\{(.*)} ([0-9.E]+)");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    private Path directory;

    private URI site;

    @Test
    void figures_thousandMixedRequests_agreeEverywhere() throws Exception {
        List.of("curl", "wrk", "chromium").forEach(InstalledTool::required);
        Path log = directory.resolve("access.log");
        String[] arguments = {
            "--port",
            "0",
            "--admin",
            "127.0.0.1:0",
            "--h2c",
            "--access-log",
            log.toString(),
            "--log-format",
            "json",
            "."
        };
        makeSite();
        try (Program program = Program.start(directory.resolve("site"), arguments)) {
            site = program.announced("sluice: serving . at ");
            AdminClient admin = new AdminClient(program.announced("sluice: admin at "));
            browse();
            curl();
            wrk();
            fillUp(admin);
            await("all logged", () -> lines(log).size() == REQUESTS);

            JsonNode stats = admin.get("/api/stats");
            List<JsonNode> remembered = new ArrayList<>();
            admin.get("/api/requests?limit=1000").get("requests").forEach(remembered::add);
            List<JsonNode> logged = lines(log).stream().map(JSON::readTree).toList();
            String metrics = admin.text("/metrics");

            assertEquals(REQUESTS, stats.get("requests").get("total").asInt());
            assertEquals(0, stats.get("requests").get("active").asInt());
            assertEquals(
                    Set.of("copy", "mmap", "none", "sendfile"),
                    sums(logged, "ioPath").keySet());
            assertTrue(sums(logged, "status").keySet().containsAll(Set.of("200", "206", "304", "404", "405", "416")));
            assertTrue(sums(logged, "protocol").keySet().containsAll(Set.of("HTTP/1.0", "HTTP/1.1", "HTTP/2")));
            assertAgree(stats.get("ioPaths"), remembered, logged, metrics, "ioPath", "io_path");
            assertAgree(stats.get("codings"), remembered, logged, metrics, "contentCoding", "coding");
            assertAgree(stats.get("sites"), remembered, logged, metrics, "site", "site");
            Map<String, Long> byStatus = new TreeMap<>();
            stats.get("requests")
                    .get("status")
                    .properties()
                    .forEach(status ->
                            byStatus.put(status.getKey(), status.getValue().asLong()));
            assertEquals(requests(sums(logged, "status")), byStatus);
            assertEquals(requests(sums(remembered, "status")), byStatus);
            assertEquals(requests(sums(metrics, "status")), byStatus);
            Sum all = sums(logged, "protocol").values().stream().reduce(new Sum(0, 0, 0), Sum::plus);
            assertEquals(all.bytes, stats.get("zeroCopy").get("bodyBytes").asLong());
            assertEquals(
                    all.copied, stats.get("zeroCopy").get("userCopiedBytes").asLong());
            assertEquals(REQUESTS, stats.get("latency").get("count").asLong());
            assertTrue(metrics.contains("\nsluice_request_duration_seconds_count " + REQUESTS), metrics);
            assertFallbacks(stats.get("fallbacks"), logged, metrics);
        }
    }

    private static void assertAgree(
            JsonNode told,
            List<JsonNode> remembered,
            List<JsonNode> logged,
            String metrics,
            String field,
            String label) {
        Map<String, Sum> expected = sums(logged, field);
        assertEquals(expected, sums(remembered, field), "/api/requests by " + field);
        assertEquals(expected, sums(metrics, label), "/metrics by " + label);
        Map<String, Sum> sums = new TreeMap<>();
        told.properties().forEach(entry -> {
            Sum sum = new Sum(
                    entry.getValue().get("requests").asLong(),
                    entry.getValue().get("bytes").asLong(),
                    entry.getValue().get("userCopiedBytes").asLong());
            if (sum.requests > 0) {
                sums.put(entry.getKey(), sum);
            }
        });
        assertEquals(expected, sums, "/api/stats by " + field);
    }

    private static void assertFallbacks(JsonNode told, List<JsonNode> logged, String metrics) {
        List<JsonNode> fallbacks =
                logged.stream().filter(line -> line.get("fallback").asBoolean()).toList();
        Map<String, Long> expected = requests(sums(fallbacks, "reason"));
        assertTrue(expected.containsKey("http2"), () -> "fallbacks: " + expected);
        Map<String, Long> inStats = new TreeMap<>();
        told.properties()
                .forEach(reason -> inStats.put(
                        reason.getKey(), reason.getValue().get("requests").asLong()));
        Map<String, Long> inMetrics = new TreeMap<>();
        samples(metrics, "sluice_fallbacks_total", "reason", inMetrics);
        assertEquals(expected, inStats);
        assertEquals(expected, inMetrics);
    }

    /** A page with a style sheet and a picture, compressible text, and a file beyond what regions hold. */
    private void makeSite() throws IOException {
        Path root = Files.createDirectory(directory.resolve("site"));
        Files.writeString(
                root.resolve("index.html"),
                "<!DOCTYPE html><title>t</title><link rel=stylesheet href=a.css><img src=p.svg alt=p><p>Hello");
        Files.writeString(root.resolve("a.css"), "p { color: green }\n".repeat(400));
        Files.writeString(root.resolve("p.svg"), "<svg xmlns='http://www.w3.org/2000/svg'/>");
        Files.write(root.resolve("large.bin"), TestSite.noise(3 << 20));
        for (int i = 0; i < 100; i++) {
            Files.writeString(root.resolve("f" + i + ".txt"), ("file " + i + '\n').repeat(i + 1));
        }
    }

    private void browse() throws Exception {
        run(
                "chromium",
                "--headless=new",
                "--no-sandbox",
                "--disable-dev-shm-usage",
                "--user-data-dir=" + directory.resolve("profile"),
                "--dump-dom",
                site.toString());
    }

    private void curl() throws Exception {
        curl(site + "f[0-99].txt");
        curl("-I", site + "f[0-49].txt");
        curl("-r", "0-1", site + "f[0-49].txt");
        curl("-r", "1000-1999", site + "large.bin", site + "large.bin");
        curl("-r", "99999999-", site + "large.bin");
        curl("-H", "Accept-Encoding: br", site + "a.css", site + "a.css?again");
        curl("-H", "Accept-Encoding: gzip", site + "a.css");
        curl("-H", "If-Modified-Since: Fri, 31 Dec 9999 23:59:59 GMT", site + "f[0-19].txt");
        curl("-X", "DELETE", site + "f1.txt");
        curl("--http1.0", site + "f[0-9].txt");
        // One at a time: curl 7.88 cannot use such a connection twice.
        for (String path : List.of("f0.txt", "large.bin", "missing")) {
            curl("--http2-prior-knowledge", site + path);
        }
        curl(site + "missing[0-9].txt", site + "large.bin");
    }

    private void curl(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("curl", "--silent", "--path-as-is"));
        for (String argument : arguments) {
            if (argument.startsWith("http")) {
                command.addAll(List.of("-o", "/dev/null"));
            }
            command.add(argument);
        }
        run(command.toArray(new String[0]));
    }

    /** wrk knows no number of requests, but its thread can stop when it has had enough answers. */
    private void wrk() throws Exception {
        Path script = Files.writeString(
                directory.resolve("stop.lua"),
                "local n = 0\n"
                        + "request = function() return wrk.format('GET', '/f' .. (n % 100) .. '.txt') end\n"
                        + "response = function() n = n + 1; if n == " + BY_WRK + " then wrk.thread:stop() end end\n");
        run("wrk", "-t1", "-c3", "-d20s", "-s", script.toString(), site.toString());
    }

    /** Sends what is missing to a thousand. */
    private void fillUp(AdminClient admin) throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        await("quiet", () -> requests(admin, "active") == 0);
        int sent = (int) requests(admin, "total");
        assertTrue(sent > BY_WRK + 250 && sent < REQUESTS, () -> "sent: " + sent);
        for (int i = sent; i < REQUESTS; i++) {
            HttpRequest request = HttpRequest.newBuilder(site.resolve("/f" + i % 100 + ".txt"))
                    .build();
            assertEquals(
                    200,
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode());
        }
        await("quiet", () -> requests(admin, "total") == REQUESTS);
    }

    private static void await(String what, BooleanSupplier condition) {
        Await.present(what, () -> condition.getAsBoolean() ? Optional.of(what) : Optional.empty());
    }

    private static long requests(AdminClient admin, String figure) {
        return admin.get("/api/stats").get("requests").get(figure).asLong();
    }

    private void run(String... command) throws Exception {
        Path out = directory.resolve("out.txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        try {
            assertTrue(process.waitFor(60, TimeUnit.SECONDS), () -> command[0] + " runs on");
            assertEquals(0, process.exitValue(), () -> String.join(" ", command));
        } finally {
            process.destroyForcibly();
        }
    }

    private static List<String> lines(Path log) {
        try {
            return Files.readAllLines(log, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return List.of();
        }
    }

    private static Map<String, Sum> sums(List<JsonNode> records, String field) {
        Map<String, Sum> sums = new TreeMap<>();
        for (JsonNode record : records) {
            String key =
                    record.get(field).isNull() ? "identity" : record.get(field).asString();
            Sum one = new Sum(
                    1,
                    record.get("bytes").asLong(),
                    record.get("userCopiedBytes").asLong());
            sums.merge(key, one, Sum::plus);
        }
        return sums;
    }

    private static Map<String, Sum> sums(String metrics, String label) {
        Map<String, Long> requests = new TreeMap<>();
        Map<String, Long> bytes = new TreeMap<>();
        Map<String, Long> copied = new TreeMap<>();
        samples(metrics, "sluice_requests_total", label, requests);
        samples(metrics, "sluice_response_body_bytes_total", label, bytes);
        samples(metrics, "sluice_user_copied_bytes_total", label, copied);
        Map<String, Sum> sums = new TreeMap<>();
        for (String key : new TreeSet<>(requests.keySet())) {
            sums.put(key, new Sum(requests.get(key), bytes.getOrDefault(key, 0L), copied.getOrDefault(key, 0L)));
        }
        return sums;
    }

    private static void samples(String metrics, String name, String label, Map<String, Long> sums) {
        metrics.lines().map(SAMPLE::matcher).filter(Matcher::matches).forEach(sample -> {
            if (sample.group(1).equals(name)) {
                Matcher labels = LABEL.matcher(sample.group(2));
                while (labels.find()) {
                    if (labels.group(1).equals(label)) {
                        sums.merge(labels.group(2), (long) Double.parseDouble(sample.group(3)), Long::sum);
                    }
                }
            }
        });
    }

    private static Map<String, Long> requests(Map<String, Sum> sums) {
        Map<String, Long> requests = new TreeMap<>();
        sums.forEach((key, sum) -> requests.put(key, sum.requests));
        return requests;
    }

    private record Sum(long requests, long bytes, long copied) {
        Sum plus(Sum more) {
            return new Sum(requests + more.requests, bytes + more.bytes, copied + more.copied);
        }
    }
}
