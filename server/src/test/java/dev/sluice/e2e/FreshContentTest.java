package dev.sluice.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.restassured.response.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What changes on disk is served changed, within a second. Here files are young: that is the point. */
class FreshContentTest {
    /** {@code cache.revalidate}, and what the test itself and a busy machine may take. */
    private static final Duration FRESH_WITHIN = Duration.ofSeconds(1).plus(Duration.ofMillis(1500));

    @RegisterExtension
    static final TestServer server = TestServer.of(TestSite.standard()
            .file("/renamed.txt", "version 1")
            .file("/rewritten.txt", "version 1")
            .file("/deleted.txt", "version 1")
            .file("/retyped.txt", "version 1")
            .file("/grown.txt", "version 1"));

    @Test
    void get_fileReplacedAtomically_isNewWithANewTag() {
        String before = hotEtag("/renamed.txt");
        server.site().replace("/renamed.txt", "version 2", Instant.now());
        Response after = awaitBody("/renamed.txt", "version 2");
        assertNotEquals(before, after.header("ETag"));
    }

    /** Same size: nothing but the time stamp and the content tells the versions apart. */
    @Test
    void get_fileRewrittenInPlace_isNewWithANewTag() throws IOException {
        String before = hotEtag("/rewritten.txt");
        Files.writeString(server.site().at("/rewritten.txt"), "version 2");
        Response after = awaitBody("/rewritten.txt", "version 2");
        assertNotEquals(before, after.header("ETag"));
    }

    @Test
    void get_heldTagAfterReplacement_isNotAnsweredByNotModified() {
        String before = hotEtag("/retyped.txt");
        server.site().replace("/retyped.txt", "version 2", server.site().modified());
        Await.present(
                "a 200",
                FRESH_WITHIN,
                () -> Optional.of(server.given().header("If-None-Match", before).get("/retyped.txt"))
                        .filter(response -> response.statusCode() == 200));
        server.admin().forget();
    }

    @Test
    void get_fileDeleted_is404() throws IOException {
        hotEtag("/deleted.txt");
        Files.delete(server.site().at("/deleted.txt"));
        Await.present(
                "a 404",
                FRESH_WITHIN,
                () -> Optional.of(server.given().get("/deleted.txt")).filter(response -> response.statusCode() == 404));
        server.admin().forget();
    }

    @Test
    void get_fileThatOutgrowsTheHotSet_goesBySendfile() {
        hotEtag("/grown.txt");
        server.site().file("/grown.txt", TestSite.noise(TestSite.LARGE_SIZE));
        Await.present(
                "the large version",
                FRESH_WITHIN,
                () -> Optional.of(server.given().get("/grown.txt"))
                        .filter(response -> response.asByteArray().length == TestSite.LARGE_SIZE));
        server.admin().forget();
        server.given().get("/grown.txt");
        server.served().bySendfile(TestSite.LARGE_SIZE);
    }

    @Test
    void get_fileThatAppears_isServedAtOnce() {
        assertEquals(404, server.given().get("/appeared.txt").statusCode());
        server.served();
        server.site().file("/appeared.txt", "here");
        assertEquals("here", server.given().get("/appeared.txt").asString());
        server.served().byMmap(4);
    }

    /** A file that was just written is waited for until it has settled, rather than served half or refused. */
    @Test
    void get_fileJustWritten_isServedOnceItHasSettled() throws IOException {
        Path file = server.site().at("/young.txt");
        Files.writeString(file, "young", StandardCharsets.UTF_8);
        assertEquals("young", server.given().get("/young.txt").asString());
        server.served().byMmap(5);
    }

    private static String hotEtag(String path) {
        server.warm(path);
        return server.etag(path);
    }

    private static Response awaitBody(String path, String body) {
        Response response = Await.present(
                body,
                FRESH_WITHIN,
                () -> Optional.of(server.given().get(path))
                        .filter(got -> got.asString().equals(body)));
        server.admin().forget();
        return response;
    }
}
