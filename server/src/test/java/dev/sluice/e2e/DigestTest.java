package dev.sluice.e2e;

import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.restassured.response.Response;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code Repr-Digest} (RFC 9530): of the whole selected representation, for who wants it. */
class DigestTest {
    private static final String TEXT = "Digested once, told whenever it is asked for.\n".repeat(100);

    @RegisterExtension
    static final TestServer server = TestServer.of(TestSite.standard()
            .file("/text.txt", TEXT)
            .file("/large.svg", TestSite.noise(TestSite.LARGE_SIZE))
            .file("/large.svg.gz", TestSite.noise(5000)));

    private static String digest(byte[] content) {
        try {
            byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(content);
            return "sha-256=:" + Base64.getEncoder().encodeToString(sha256) + ":";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/text.txt", "/large.bin", "/empty.txt"})
    void get_wanted_isThatOfTheWhole(String path) {
        String expected = digest(server.site().content(path));
        for (int time = 0; time < 2; time++) {
            server.given()
                    .header("Want-Repr-Digest", "sha-256=1")
                    .get(path)
                    .then()
                    .statusCode(200)
                    .header("Repr-Digest", expected);
            server.given()
                    .header("Want-Repr-Digest", "sha-256=1")
                    .head(path)
                    .then()
                    .statusCode(200)
                    .header("Repr-Digest", expected);
        }
        server.admin().served(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/text.txt", "/large.bin"})
    void range_wanted_isStillThatOfTheWhole(String path) {
        String expected = digest(server.site().content(path));
        for (String range : new String[] {"bytes=1-2", "bytes=0-0,9-9"}) {
            server.given()
                    .header("Want-Repr-Digest", "sha-256=5")
                    .header("Range", range)
                    .get(path)
                    .then()
                    .statusCode(206)
                    .header("Repr-Digest", expected);
        }
        server.admin().served(2);
    }

    @Test
    void get_coded_isThatOfTheCodedForm() {
        Response coded = Await.present(
                "text.txt by gzip",
                () -> Optional.of(server.given()
                                .header("Accept-Encoding", "gzip")
                                .header("Want-Repr-Digest", "sha-256=1")
                                .get("/text.txt"))
                        .filter(response -> "gzip".equals(response.header("Content-Encoding"))));
        assertEquals(digest(coded.asByteArray()), coded.header("Repr-Digest"));
        server.given()
                .header("Accept-Encoding", "gzip")
                .header("Want-Repr-Digest", "sha-256=1")
                .get("/large.svg")
                .then()
                .header("Content-Encoding", "gzip")
                .header("Repr-Digest", digest(server.site().content("/large.svg.gz")));
        server.admin().forget();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sha-256=0",
                "sha-512=1",
                "md5=1",
                "sha-256",
                "sha-256=-1",
                "sha-256=11",
                "sha-256=x",
                "",
                ",,",
                "SHA-256=1"
            })
    void get_notWantedOrMalformed_isNotTold(String want) {
        for (String path : new String[] {"/text.txt", "/large.bin"}) {
            server.given()
                    .header("Want-Repr-Digest", want)
                    .get(path)
                    .then()
                    .statusCode(200)
                    .header("Repr-Digest", nullValue());
        }
        server.admin().served(2);
    }

    @Test
    void get_notAskedFor_isNotTold() {
        server.given().get("/text.txt").then().header("Repr-Digest", nullValue());
        server.given().get("/large.bin").then().header("Repr-Digest", nullValue());
        server.admin().served(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha-512=10, sha-256=1", "sha-512=0,sha-256=2"})
    void get_amongOthersWanted_isTold(String want) {
        server.given()
                .header("Want-Repr-Digest", want)
                .get("/text.txt")
                .then()
                .header("Repr-Digest", digest(server.site().content("/text.txt")));
        server.served();
    }

    /** It would be the digest of what is not sent. */
    @Test
    void get_wantedWhereAnswerIsNoRepresentation_isNotTold() {
        server.given()
                .header("Want-Repr-Digest", "sha-256=1")
                .header("If-None-Match", "*")
                .get("/text.txt")
                .then()
                .statusCode(304)
                .header("Repr-Digest", nullValue());
        server.given()
                .header("Want-Repr-Digest", "sha-256=1")
                .get("/nothing")
                .then()
                .statusCode(404)
                .header("Repr-Digest", nullValue());
        server.admin().served(2);
    }
}
