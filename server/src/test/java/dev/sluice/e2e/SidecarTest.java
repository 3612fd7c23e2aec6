package dev.sluice.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.restassured.response.Response;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sidecars: files that hold others coded. Their content is taken as it is, so here it is a mark. */
class SidecarTest {
    private static final String BR = "the Brotli form, ten and more bytes of it";
    private static final String ZST = "the Zstandard form, as it lies on the disk";
    private static final String GZ = "the gzip form, as somebody made it before";
    private static final String SOURCE = "body { color: black }\n".repeat(50);

    @RegisterExtension
    static final TestServer server = TestServer.of(TestSite.standard()
            .file("/style.css", SOURCE)
            .file("/style.css.br", BR)
            .file("/style.css.zst", ZST)
            .file("/style.css.gz", GZ)
            .file("/one.css", SOURCE)
            .file("/one.css.gz", GZ)
            .file("/small.js", "1")
            .file("/small.js.br", BR)
            .file("/photo.png", "a picture")
            .file("/photo.png.gz", GZ)
            .file("/large.svg", TestSite.noise(TestSite.LARGE_SIZE))
            .file("/large.svg.br", TestSite.noise(TestSite.LARGE_SIZE - 1000))
            .file("/large.svg.gz", BR)
            .file("/orphan.css.gz", GZ)
            .file("/dir/index.html.gz", GZ)
            .file("/replaced.css", SOURCE)
            .file("/replaced.css.br", BR));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "br             | br   | " + BR,
                "zstd           | zstd | " + ZST,
                "gzip           | gzip | " + GZ,
                "gzip, zstd, br | br   | " + BR,
                "gzip;q=1, br;q=0.5 | gzip | " + GZ,
            })
    void get_accepted_isTheSidecarByMmap(String accepted, String coding, String content) {
        for (int time = 0; time < 2; time++) {
            server.given()
                    .header("Accept-Encoding", accepted)
                    .get("/style.css")
                    .then()
                    .statusCode(200)
                    .header("Content-Encoding", coding)
                    .header("Content-Type", "text/css;charset=utf-8")
                    .header("Content-Length", Integer.toString(content.length()))
                    .header("Vary", "Accept-Encoding")
                    .body(equalTo(content));
            server.served().byMmap(content.length());
        }
    }

    @Test
    void get_notAccepted_isTheFileItselfWithAnotherTag() {
        Response identity = server.given().get("/style.css");
        assertEquals(SOURCE, identity.asString());
        identity.then().header("Content-Encoding", nullValue()).header("Vary", "Accept-Encoding");
        Response gzip = server.given().header("Accept-Encoding", "gzip").get("/style.css");
        assertNotEquals(identity.header("ETag"), gzip.header("ETag"));
        server.admin().forget();
    }

    @Test
    void get_smallerThanWorthCoding_hasItsSidecarAllTheSame() {
        server.given()
                .header("Accept-Encoding", "br")
                .get("/small.js")
                .then()
                .header("Content-Encoding", "br")
                .body(equalTo(BR));
        server.served().byMmap(BR.length());
    }

    /** The sidecar wins; what is missing beside it is made. */
    @Test
    void get_codingWithoutSidecar_isMadeInTheBackground() {
        Response made = Await.present(
                "one.css by br",
                () -> Optional.of(server.given().header("Accept-Encoding", "br").get("/one.css"))
                        .filter(answer -> "br".equals(answer.header("Content-Encoding"))));
        assertEquals(SOURCE, new String(ContentCodingTest.decoded("br", made.asByteArray()), UTF_8));
        server.given().header("Accept-Encoding", "gzip").get("/one.css").then().body(equalTo(GZ));
        server.admin().forget();
    }

    @Test
    void get_pictureWithSidecar_isThePicture() {
        server.given()
                .header("Accept-Encoding", "gzip")
                .get("/photo.png")
                .then()
                .header("Content-Encoding", nullValue())
                .header("Vary", nullValue())
                .body(equalTo("a picture"));
        server.served();
    }

    @Test
    void get_sidecarByItsOwnName_isAFileOfItsOwn() {
        server.given()
                .header("Accept-Encoding", "gzip")
                .get("/style.css.gz")
                .then()
                .statusCode(200)
                .header("Content-Encoding", nullValue())
                .header("Content-Type", equalTo("application/gzip"))
                .body(equalTo(GZ));
        server.served();
    }

    @Test
    void get_sidecarWithoutSource_isNothing() {
        server.given()
                .header("Accept-Encoding", "gzip")
                .get("/orphan.css")
                .then()
                .statusCode(404);
        server.served();
    }

    @Test
    void get_indexWithSidecar_isTheSidecar() {
        server.given()
                .header("Accept-Encoding", "gzip")
                .get("/dir/")
                .then()
                .header("Content-Encoding", "gzip")
                .header("Content-Type", "text/html;charset=utf-8")
                .body(equalTo(GZ));
        server.served().byMmap(GZ.length());
    }

    @Test
    void range_ofASidecar_countsItsBytes() {
        server.given()
                .header("Accept-Encoding", "br")
                .header("Range", "bytes=4-9")
                .get("/style.css")
                .then()
                .statusCode(206)
                .header("Content-Encoding", "br")
                .header("Content-Range", "bytes 4-9/" + BR.length())
                .header("Vary", "Accept-Encoding")
                .body(equalTo(BR.substring(4, 10)));
        server.served().byMmap(6);
    }

    @Test
    void get_largeFileWithSidecar_isTheSidecarBySendfile() {
        byte[] sidecar = server.site().content("/large.svg.br");
        Response whole = server.given().header("Accept-Encoding", "br").get("/large.svg");
        whole.then()
                .header("Content-Encoding", "br")
                .header("Content-Type", equalTo("image/svg+xml"))
                .header("Vary", "Accept-Encoding");
        assertArrayEquals(sidecar, whole.asByteArray());
        server.served().bySendfile(sidecar.length);

        Response part = server.given()
                .header("Accept-Encoding", "br")
                .header("Range", "bytes=1000-300999")
                .header("If-Range", whole.header("ETag"))
                .get("/large.svg");
        part.then()
                .statusCode(206)
                .header("Content-Range", "bytes 1000-300999/" + sidecar.length)
                .header("ETag", whole.header("ETag"))
                .header("Vary", "Accept-Encoding");
        assertArrayEquals(Arrays.copyOfRange(sidecar, 1000, 301_000), part.asByteArray());
        server.served().bySendfile(300_000);
    }

    /** The source's size decides where all its forms are held. */
    @Test
    void get_largeFileWithSmallSidecar_goesBySendfile() {
        server.given()
                .header("Accept-Encoding", "gzip")
                .get("/large.svg")
                .then()
                .body(equalTo(BR));
        server.served().bySendfile(BR.length());
    }

    @Test
    void get_largeFileWithSidecarNotAccepted_isTheFileWithVary() {
        Response whole = server.given().get("/large.svg");
        whole.then().header("Content-Encoding", nullValue()).header("Vary", "Accept-Encoding");
        assertArrayEquals(server.site().content("/large.svg"), whole.asByteArray());
        server.served().bySendfile(TestSite.LARGE_SIZE);
    }

    /** What was coded before the source was replaced holds what the source was. */
    @Test
    void get_sourceReplaced_doesNotGiveTheStaleSidecar() {
        server.given()
                .header("Accept-Encoding", "br")
                .get("/replaced.css")
                .then()
                .body(equalTo(BR));
        String changed = "p { color: red }\n".repeat(40);
        server.site().replace("/replaced.css", changed, server.site().modified().plusSeconds(30));
        Await.present("the new source", () -> {
            Response now = server.given().header("Accept-Encoding", "br").get("/replaced.css");
            return Optional.of(now).filter(answer -> !answer.asString().equals(BR));
        });
        server.given().get("/replaced.css").then().body(equalTo(changed));
        Response coded = server.given().header("Accept-Encoding", "br").get("/replaced.css");
        assertNotEquals(BR, coded.asString());
        server.admin().forget();
    }
}
