package dev.sluice.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files from {@code io.directMinSize} on, which are read past the page cache. */
class DirectTest {
    private static final String BELOW = "/below.bin";
    private static final int BELOW_SIZE = (1 << 20) - 1;

    @RegisterExtension
    static final TestServer server = TestServer.of(
            TestSite.standard().file(BELOW, TestSite.noise(BELOW_SIZE)),
            "io.directMinSize=1MiB",
            "sites[0].rules=[{match: {path: '/large.bin'}, bandwidth: 100MiB}]");

    @Test
    void get_whole_isThatFile() {
        Response response = server.given().get(TestSite.LARGE);

        response.then().statusCode(200).header("Content-Length", Integer.toString(TestSite.LARGE_SIZE));
        assertArrayEquals(server.site().content(TestSite.LARGE), response.asByteArray());
        server.served().by("direct", "huge-body", TestSite.LARGE_SIZE);
    }

    @Test
    void get_belowTheBound_goesBySendfile() {
        server.given().get(BELOW).then().statusCode(200);

        server.served().bySendfile(BELOW_SIZE);
    }

    /** None of these begins and ends with a block. */
    @ParameterizedTest
    @CsvSource({"0,0", "1,1", "4095,4096", "4096,8191", "5,1048580", "1048575,1052896", "1052896,1052896"})
    void range_anyPart_isThatPart(int first, int last) {
        byte[] content = server.site().content(TestSite.LARGE);

        Response response =
                server.given().header("Range", "bytes=" + first + "-" + last).get(TestSite.LARGE);

        response.then().statusCode(206);
        assertArrayEquals(Arrays.copyOfRange(content, first, last + 1), response.asByteArray());
        server.served().by("direct", "huge-body", last - first + 1);
    }

    @Test
    void range_several_areTheseParts() {
        byte[] content = server.site().content(TestSite.LARGE);

        Response response =
                server.given().header("Range", "bytes=10-100009,700000-899999").get(TestSite.LARGE);

        response.then().statusCode(206);
        String body = new String(response.asByteArray(), ISO_8859_1);
        assertTrue(body.contains(text(content, 10, 100_010)));
        assertTrue(body.contains(text(content, 700_000, 900_000)));
        server.served().by("direct", "several-ranges", response.asByteArray().length);
    }

    private static String text(byte[] content, int from, int to) {
        return new String(content, from, to - from, ISO_8859_1);
    }

    @Test
    void explain_huge_isPlannedDirect() {
        JsonPath told = RestAssured.given()
                .baseUri(server.adminUri().toString())
                .get("/api/explain?path=" + TestSite.LARGE)
                .jsonPath();

        assertEquals("direct", told.getString("planned"));
        assertEquals("huge-body", told.getString("reason"));
    }
}
