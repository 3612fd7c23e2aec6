package dev.sluice.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Directories: the slash they lack, the index they have. */
class DirectoryTest {
    @RegisterExtension
    static final TestServer server = TestServer.of(TestSite.standard()
            .file("/sp ace/index.html", "space")
            .file("/deep/er/index.html", "deeper")
            .file("/evil.example/index.html", "a directory that is named like a host")
            .file("/without-index/file.txt", "file")
            .file("/index-is-a-directory/index.html/file.txt", "file"));

    @ParameterizedTest
    @CsvSource({
        "/dir, /dir/",
        "/dir?a=b&c=%2F, /dir/?a=b&c=%2F",
        "/deep/er, /deep/er/",
        "/deep/../dir, /dir/",
        "/sp%20ace, /sp%20ace/",
        "/d%69r, /dir/",
        "/without-index, /without-index/",
    })
    void get_directoryWithoutSlash_is308ToItWithTheQuery(String target, String location) {
        try (RawClient client = server.connect()) {
            RawResponse response = client.request("GET", target).read();
            assertEquals(308, response.status());
            assertEquals(location, response.field("Location"));
            assertEquals("0", response.field("Content-Length"));
            assertEquals("no-cache", response.field("Cache-Control"));
            server.served().withoutBody("redirect");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//evil.example",
                "///evil.example",
                "//evil.example/../evil.example",
                "/./evil.example",
                "/.//evil.example",
                "/..//evil.example",
            })
    void get_directoryNamedLikeAHost_redirectsNowhereElse(String target) {
        try (RawClient client = server.connect()) {
            RawResponse response = client.request("GET", target).read();
            assertEquals(308, response.status());
            String location = response.field("Location");
            assertEquals(
                    "localhost",
                    URI.create("http://localhost/x").resolve(location).getHost(),
                    location);
            assertEquals("/evil.example/", location);
        }
        server.served();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/\\evil.example",
                "/%5Cevil.example",
                "//evil.example%2f..",
                "/%2Fevil.example",
                "/%2F/../evil.example"
            })
    void get_hostBehindStrangeSlashes_isNoRedirect(String target) {
        try (RawClient client = server.connect()) {
            RawResponse response = client.request("GET", target).read();
            assertEquals(4, response.status() / 100);
            assertNull(response.field("Location"));
        }
    }

    @ParameterizedTest
    @CsvSource({"/without-index/, no-index", "/index-is-a-directory/, no-index", "/no-directory/, missing"})
    void get_directoryWithoutIndex_is404AndTellsNothing(String path, String reason) {
        try (RawClient client = server.connect()) {
            RawResponse response = client.request("GET", path).read();
            assertEquals(404, response.status());
            assertEquals("404 Not Found: nothing is served at this path\n", response.text());
            server.served().by("copy", reason, response.body().length);
        }
    }

    @Test
    void get_configuredIndexNames_areTriedInOrder() {
        TestSite site = TestSite.empty()
                .file("/a/home.htm", "first")
                .file("/a/index.html", "second")
                .file("/b/index.html", "second");
        try (TestServer own = TestServer.start(site, "sites[0].index=[home.htm, index.html]")) {
            assertEquals("first", own.given().get("/a/").asString());
            assertEquals("second", own.given().get("/b/").asString());
            own.admin().served(2).get(1).byMmap(6);
        }
    }
}
