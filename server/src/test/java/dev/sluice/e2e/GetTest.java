package dev.sluice.e2e;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Plain GET: the file's bytes, its fields, and the path that carried it. */
class GetTest {
    private static final int LIMIT = 256 << 10;

    @RegisterExtension
    static final TestServer server = TestServer.of(TestSite.standard()
            .file("/with space.txt", "space")
            .file("/semi;v=1.txt", "semicolon")
            .file("/percent%41.txt", "percent")
            .file("/back\\slash.txt", "backslash")
            .file("/naïve-日本.txt", "unicode")
            .file("/plus+and&=.txt", "plus")
            .file("/limit.bin", TestSite.noise(LIMIT))
            .file("/beyond.bin", TestSite.noise(LIMIT + 1))
            .file("/style.css", "x")
            .file("/code.mjs", "x")
            .file("/module.wasm", "x")
            .file("/font.woff2", "x")
            .file("/image.svg", "x")
            .file("/photo.avif", "x")
            .file("/app.webmanifest", "x")
            .file("/data.json", "x")
            .file("/strange.unknown-type", "x")
            .file("/no-extension", "x"));

    @Test
    void get_smallFileColdThenHot_bothGoByMmap() {
        byte[] content = server.site().content(TestSite.SMALL);
        for (int time = 1; time <= 3; time++) {
            byte[] body = server.given().get(TestSite.SMALL).asByteArray();
            assertArrayEquals(content, body);
            server.served().byMmap(content.length);
        }
    }

    @Test
    void get_smallFileAgain_countsAsHit() {
        server.warm("/dir/page.html");
        long hits = server.admin().get("/api/stats").at("/cache/hits").asLong();
        server.warm("/dir/page.html");
        assertEquals(
                hits + 1, server.admin().get("/api/stats").at("/cache/hits").asLong());
    }

    @Test
    void get_largeFile_goesBySendfile() {
        byte[] body = server.given().get(TestSite.LARGE).asByteArray();
        assertArrayEquals(server.site().content(TestSite.LARGE), body);
        server.served().bySendfile(TestSite.LARGE_SIZE);
    }

    @Test
    void get_fileOfExactlyTheLargestHotSize_goesByMmap() {
        byte[] body = server.given().get("/limit.bin").asByteArray();
        assertArrayEquals(TestSite.noise(LIMIT), body);
        server.served().byMmap(LIMIT);
    }

    @Test
    void get_fileOneByteLarger_goesBySendfile() {
        byte[] body = server.given().get("/beyond.bin").asByteArray();
        assertArrayEquals(TestSite.noise(LIMIT + 1), body);
        server.served().bySendfile(LIMIT + 1);
    }

    @Test
    void get_emptyFile_hasNoBodyAndSaysSo() {
        server.given()
                .get("/empty.txt")
                .then()
                .statusCode(200)
                .header("Content-Length", "0")
                .body(equalTo(""));
        server.served().withoutBody("empty-body");
    }

    @Test
    void get_smallFile_hasTheFieldsOfARepresentation() {
        server.given()
                .get(TestSite.SMALL)
                .then()
                .statusCode(200)
                .header("Content-Length", Integer.toString(server.site().content(TestSite.SMALL).length))
                .header("Content-Type", equalTo("text/plain;charset=utf-8"))
                .header("X-Content-Type-Options", "nosniff")
                .header("Accept-Ranges", "bytes")
                .header("ETag", matchesPattern("\"[\\w-]+\""))
                .header("Last-Modified", HttpDates.of(server.site().modified()))
                .header("Cache-Control", "max-age=0, must-revalidate")
                .header("Date", matchesPattern("\\w{3}, \\d\\d \\w{3} \\d{4} \\d\\d:\\d\\d:\\d\\d GMT"));
        server.served();
    }

    @Test
    void get_page_mayNotBeReusedUnasked() {
        server.given().get("/dir/page.html").then().header("Cache-Control", "no-cache");
        server.served();
    }

    @ParameterizedTest
    @CsvSource({
        "/index.html, text/html;charset=utf-8",
        "/style.css, text/css;charset=utf-8",
        "/code.mjs, text/javascript;charset=utf-8",
        "/module.wasm, application/wasm",
        "/font.woff2, font/woff2",
        "/image.svg, image/svg+xml",
        "/photo.avif, image/avif",
        "/app.webmanifest, application/manifest+json",
        "/data.json, application/json",
        "/strange.unknown-type, application/octet-stream",
        "/no-extension, application/octet-stream",
    })
    void get_extension_decidesTheType(String path, String type) {
        server.given().get(path).then().statusCode(200).header("Content-Type", startsWith(type));
        server.served();
    }

    @ParameterizedTest
    @CsvSource({"/, /index.html", "/dir/, /dir/index.html", "/dir/?a=b, /dir/index.html"})
    void get_directory_servesItsIndex(String path, String file) {
        byte[] body = server.given().get(path).then().statusCode(200).extract().asByteArray();
        assertArrayEquals(server.site().content(file), body);
        server.served().byMmap(body.length);
    }

    @ParameterizedTest
    @CsvSource({
        "/with%20space.txt, space",
        "/semi;v=1.txt, semicolon",
        "/semi%3Bv%3D1.txt, semicolon",
        "/percent%2541.txt, percent",
        "/back%5Cslash.txt, backslash",
        "/na%C3%AFve-%E6%97%A5%E6%9C%AC.txt, unicode",
        "/na%c3%afve-%e6%97%a5%e6%9c%ac.txt, unicode",
        "/plus+and&=.txt, plus",
        "/plus%2Band%26%3D.txt, plus",
        "/%73mall.txt, 'The small file, for the hot set.\n'",
        "//dir//page.html, <!doctype html><title>page</title>",
        "/dir/./page.html, <!doctype html><title>page</title>",
        "/dir/../dir/page.html, <!doctype html><title>page</title>",
        "/dir/%2e%2e/dir/page.html, <!doctype html><title>page</title>",
        "/../../dir/page.html, <!doctype html><title>page</title>",
        "/dir/page.html?v=1&x=../y, <!doctype html><title>page</title>",
    })
    void get_unusualSpelling_findsTheFile(String target, String content) {
        try (RawClient client = server.connect()) {
            for (int time = 1; time <= 2; time++) {
                RawResponse response = client.request("GET", target).read();
                assertEquals(200, response.status());
                assertEquals(content, response.text());
                server.served().byMmap(content.length());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nothing",
                "/dir%2Fpage.html",
                "/dir%5Cpage.html",
                "/percent%41.txt",
                "/semi",
                "/small.txt/",
                "/small.txt/more",
                "/SMALL.TXT",
                "/%252e%252e/dir/page.html",
                "/..%2f..%2fetc%2fpasswd",
            })
    void get_noSuchName_is404(String target) {
        try (RawClient client = server.connect()) {
            RawResponse response = client.request("GET", target).read();
            assertEquals(404, response.status());
            assertEquals("404 Not Found: nothing is served at this path\n", response.text());
            assertEquals("no-store", response.field("Cache-Control"));
            assertEquals(404, server.served().status());
        }
    }

    @Test
    void get_sameFileOnOneConnection_answersAsOften() {
        byte[] content = server.site().content(TestSite.LARGE);
        try (RawClient client = server.connect()) {
            for (int time = 1; time <= 5; time++) {
                assertArrayEquals(
                        content, client.request("GET", TestSite.LARGE).read().body());
            }
        }
        server.admin().served(5).forEach(served -> served.bySendfile(content.length));
    }

    @Test
    void get_longestName_isServed() {
        String name = "/" + "n".repeat(255);
        server.site().file(name, "long");
        server.given().get(name).then().statusCode(200).body(equalTo("long"));
        server.served().byMmap(4);
        server.given().get(name + "n").then().statusCode(404);
        server.served();
    }

    @Test
    void get_http10_closesAndIsComplete() {
        try (RawClient client = server.connect()) {
            client.send("GET /small.txt HTTP/1.0\r\n\r\n");
            byte[] all = client.readToEnd();
            byte[] content = server.site().content(TestSite.SMALL);
            assertArrayEquals(content, Arrays.copyOfRange(all, all.length - content.length, all.length));
            assertEquals("HTTP/1.0", server.served().byMmap(content.length).protocol());
        }
    }
}
