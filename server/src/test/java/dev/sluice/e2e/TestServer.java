package dev.sluice.e2e;

import static io.restassured.config.HeaderConfig.headerConfig;
import static io.restassured.config.HttpClientConfig.httpClientConfig;
import static io.restassured.config.RedirectConfig.redirectConfig;

import dev.sluice.app.Sluice;
import dev.sluice.app.StartException;
import dev.sluice.config.ConfigurationException;
import dev.sluice.config.ConfigurationLoader;
import dev.sluice.config.KeyOverride;
import io.restassured.RestAssured;
import io.restassured.config.DecoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.filter.Filter;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import tools.jackson.databind.JsonNode;

/**
 * A server in this JVM on ephemeral ports, with a site of its own. Registered as an extension it is one for all tests of
 * a class; {@link #start} makes one for a single test.
 */
final class TestServer implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback, AutoCloseable {
    private static final RestAssuredConfig PLAIN = RestAssuredConfig.config()
            .redirect(redirectConfig().followRedirects(false))
            .headerConfig(headerConfig().overwriteHeadersWithName("Accept-Encoding"))
            .decoderConfig(DecoderConfig.decoderConfig().noContentDecoders())
            .httpClient(httpClientConfig().setParam("http.protocol.handle-redirects", false));

    /** What templates may name. */
    private static final Map<String, String> ENVIRONMENT =
            Map.of("API_URL", "https://api.example/v1?a=b&c=$1", "GREETING", "gr\u00fc\u00df dich");

    private final TestSite site;
    private final String yaml;
    private final List<String> sets = new ArrayList<>();
    private final Filter http2 = E2eTransport.current() == E2eTransport.H2 ? new Http2Filter() : null;
    private Sluice sluice;
    private URI uri;
    private AdminClient admin;
    private URI adminUri;

    private TestServer(TestSite site, String yaml, String... sets) {
        this.site = site;
        this.yaml = yaml;
        this.sets.addAll(List.of("listeners[0].port=0", "admin.listen=127.0.0.1:0", "cache.memory=32MiB"));
        this.sets.addAll(Arrays.asList(sets));
    }

    /** A server that is started before the tests of a class; {@code sets} are keys of the configuration with values. */
    static TestServer of(TestSite site, String... sets) {
        return new TestServer(site, null, sets);
    }

    /**
     * The same with a configuration file of that text. It stands in the folder above the site's root, so that other sites can
     * have theirs at {@code site/folder}; the first site's root is the site's.
     */
    static TestServer configured(TestSite site, String yaml, String... sets) {
        return new TestServer(site, yaml, sets);
    }

    /** A server that runs until it is closed. */
    static TestServer start(TestSite site, String... sets) {
        return of(site, sets).opened();
    }

    private TestServer opened() {
        open();
        return this;
    }

    /** The same with a configuration file, as by {@link #configured}. */
    static TestServer startConfigured(TestSite site, String yaml, String... sets) {
        return configured(site, yaml, sets).opened();
    }

    private void open() {
        try {
            Path folder = site.root().getParent();
            List<String> sets = new ArrayList<>(E2eTransport.current().sets(folder));
            sets.add("io.fastPath=" + System.getProperty("sluice.e2e.fastPath", "true"));
            sets.addAll(this.sets);
            KeyOverride root =
                    new KeyOverride("DIR", "sites[0].root", site.root().toString());
            Path file = yaml == null ? null : Files.writeString(file(), yaml);
            sluice = Sluice.start(new ConfigurationLoader(site.root(), ENVIRONMENT).source(file, List.of(root), sets));
        } catch (ConfigurationException | StartException | IOException e) {
            throw new IllegalStateException(e);
        }
        List<String> announced = sluice.announcement();
        uri = addressIn(announced.get(0));
        adminUri = addressIn(announced.get(announced.size() - 1));
        admin = new AdminClient(adminUri);
    }

    /** The configuration file, if there is one. */
    Path file() {
        return site.root().resolveSibling("sluice.yaml");
    }

    /** Writes another configuration file in the place of the one that it was started with, and asks for a reload. */
    JsonNode reload(String changed) {
        try {
            Files.writeString(file(), changed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return admin.post("/api/config/reload");
    }

    private static URI addressIn(String line) {
        return URI.create(line.substring(line.lastIndexOf(" at ") + " at ".length()));
    }

    TestSite site() {
        return site;
    }

    URI uri() {
        return uri;
    }

    URI adminUri() {
        return adminUri;
    }

    AdminClient admin() {
        return admin;
    }

    /** The record of the only request since the last call. */
    Served served() {
        return admin.served();
    }

    /** A request that is sent as written: no redirect followed, no escape changed, nothing decoded. */
    RequestSpecification given() {
        RequestSpecification request = RestAssured.given()
                .config(PLAIN)
                .baseUri(uri.toString())
                .urlEncodingEnabled(false)
                .header("Accept-Encoding", "identity");
        return switch (E2eTransport.current()) {
            case CLEAR -> request;
            case TLS -> request.relaxedHTTPSValidation();
            case H2 -> request.filter(http2);
        };
    }

    RawClient connect() {
        return RawClient.to(uri);
    }

    /** Brings a file into the hot set, and forgets the record of that. */
    void warm(String path) {
        given().get(path).then().statusCode(200);
        admin.served();
    }

    /** The entity tag under which a file is served now. */
    String etag(String path) {
        String etag = given().head(path).then().statusCode(200).extract().header("ETag");
        admin.served();
        return etag;
    }

    /** Stops the server as a shutdown does, and returns when it has stopped; the site stays. */
    void stop() {
        sluice.close();
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        open();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        admin.forget();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        close();
    }

    @Override
    public void close() {
        try {
            sluice.close();
        } finally {
            site.close();
        }
    }
}
