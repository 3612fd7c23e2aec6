package dev.sluice.e2e;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dot-files: there, but as if they were not. */
class HiddenTest {
    @RegisterExtension
    static final TestServer server = TestServer.of(site());

    private static TestSite site() {
        return TestSite.standard()
                .file("/.env", "secret")
                .file("/.git/config", "secret")
                .file("/dir/.htpasswd", "secret")
                .file("/dir/.git/index.html", "secret")
                .file("/dir/.well-known/deep.txt", "secret")
                .file("/.well-known/security.txt", "open")
                .file("/.well-known/.hidden", "secret")
                .file("/.well-known-not", "secret")
                .file("/..dots", "secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/.env",
                "/%2eenv",
                "/.git/config",
                "/.git/",
                "/.git",
                "/dir/.htpasswd",
                "/dir/../.env",
                "/dir/.git/",
                "/dir/.git",
                "/dir/.well-known/deep.txt",
                "/.well-known/.hidden",
                "/.well-known/../.env",
                "/.well-known-not",
                "/..dots",
            })
    void get_hiddenName_looksLikeAMissingOne(String target) {
        try (RawClient client = server.connect()) {
            RawResponse missing = client.request("GET", "/really-missing").read();
            RawResponse hidden = client.request("GET", target).read();
            assertEquals(404, hidden.status());
            assertEquals(missing.text(), hidden.text());
            assertEquals(missing.fields().keySet(), hidden.fields().keySet());
            assertEquals("hidden", server.admin().served(2).get(1).reason());
        }
    }

    @Test
    void get_wellKnown_isOpen() {
        server.given().get("/.well-known/security.txt").then().statusCode(200).body(equalTo("open"));
        server.served().byMmap(4);
    }

    @Test
    void get_dotFileWhereNothingIsHidden_isServed() {
        try (TestServer open = TestServer.start(site(), "sites[0].hide=false")) {
            open.given().get("/.env").then().statusCode(200).body(equalTo("secret"));
            open.served().byMmap(6);
        }
    }
}
