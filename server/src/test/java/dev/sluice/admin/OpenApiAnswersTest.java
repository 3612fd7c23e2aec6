package dev.sluice.admin;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.openapi.Description;
import dev.sluice.openapi.Operation;
import dev.sluice.openapi.Reply;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.undertow.Undertow;
import io.undertow.server.HttpHandler;
import io.undertow.server.handlers.ResponseCodeHandler;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/**
 * Whether what the API answers is what its description says: every status and media type that is described, each asked for on a
 * server that is made to give it, and nothing that is not described.
 */
@Timeout(60)
class OpenApiAnswersTest {
    private static final String SECRET = "s3cret";

    private static final ReloadPort.Outcome FAULTY =
            new ReloadPort.Faulty(List.of("sluice.yaml:1:1: site: unknown key (expected: sites)"));
    private static final ReloadPort.Outcome NEEDS_RESTART = new ReloadPort.NeedsRestart(List.of("listeners"));

    /** What nothing can be made to fail in. */
    private static final Set<String> NEVER_FAILING =
            Set.of("GET /api/requests", "GET /api/openapi.json", "GET /healthz", "GET /");

    /** Paths that are not in the list of endpoints: the page is no part of the API. */
    private static final Set<String> NO_ENDPOINTS = Set.of("/");

    /** Their answers do not end by themselves: they are looked at on a real server, by the tests of the whole. */
    private static final Set<String> STREAMS = Set.of("/api/requests/stream");

    private static final List<String> METHODS =
            List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE");

    private static final AtomicReference<HttpHandler> handler = new AtomicReference<>(ResponseCodeHandler.HANDLE_404);

    private static final Undertow server = Undertow.builder()
            .addHttpListener(0, "127.0.0.1", exchange -> handler.get().handleRequest(exchange))
            .build();

    private static final Logger logger = Logger.getLogger(AdminHandler.class.getName());

    private static int port;

    private final Description description = Description.ofProgram();
    private final List<String> faults = new ArrayList<>();
    private final Set<String> seen = new TreeSet<>();

    @BeforeAll
    static void start() {
        server.start();
        InetSocketAddress address =
                (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
        port = address.getPort();
        logger.setLevel(Level.OFF);
    }

    @AfterAll
    static void stop() {
        server.stop();
        logger.setLevel(null);
    }

    @AfterEach
    void nothingUndescribed() {
        assertEquals(List.of(), faults);
    }

    @Test
    void answers_allThatAreDescribed_areGivenAndNoOthers() {
        for (Operation operation : operations()) {
            ask(new FakePorts(), operation, request -> request);
            askWithoutParameters(operation);
            ask(new FakePorts(), operation, request -> request.header("Accept", "application/openmetrics-text"));
            ask(new FakePorts(), operation, request -> request.header("Host", "evil.example"));
            ask(new FakePorts(), operation, request -> request.header("Origin", "http://evil.example"));
            ask(new FakePorts().draining(), operation, request -> request);
            ask(new FakePorts().broken(), operation, request -> request);
            ask(new FakePorts().reloading(FAULTY), operation, request -> request);
            ask(new FakePorts().reloading(NEEDS_RESTART), operation, request -> request);
            ask(new FakePorts().reloading(new ReloadPort.NothingToRead()), operation, request -> request);
            ask(new FakePorts().token(SECRET), operation, request -> request);
            ask(new FakePorts().token(SECRET), operation, request -> request.header("Authorization", "Bearer x"));
            ask(
                    new FakePorts().token(SECRET),
                    operation,
                    request -> request.header("Authorization", "Bearer " + SECRET));
        }

        Set<String> described = new TreeSet<>();
        for (Operation operation : operations()) {
            operation
                    .node()
                    .get("responses")
                    .propertyStream()
                    .forEach(response -> description
                            .resolve(response.getValue())
                            .get("content")
                            .propertyNames()
                            .forEach(type -> described.add(operation + " " + response.getKey() + " " + type)));
        }
        NEVER_FAILING.forEach(operation -> described.remove(operation + " 500 application/problem+json"));
        assertEquals(String.join("\n", described), String.join("\n", seen));
    }

    @Test
    void security_ofEachOperation_isWhatIsAskedFor() {
        for (Operation operation : operations()) {
            boolean open = operation.node().has("security")
                    && operation.node().get("security").isEmpty();

            Reply reply = ask(new FakePorts().token(SECRET), operation, request -> request);

            assertEquals(open, reply.status() != 401, operation::toString);
        }
    }

    @Test
    void parameters_atAndBeyondTheirBounds_areTakenAndRefusedAsDescribed() {
        for (Operation operation : operations()) {
            for (JsonNode node : operation.node().path("parameters")) {
                JsonNode parameter = description.resolve(node);
                Values values = Values.of(description.resolve(parameter.get("schema")));
                values.good().forEach(value -> expect(200, operation, parameter, value));
                values.bad().forEach(value -> expect(400, operation, parameter, value));
            }
        }
    }

    private void expect(int status, Operation operation, JsonNode parameter, String value) {
        String name = parameter.get("name").asString();
        boolean inQuery = parameter.get("in").asString().equals("query");
        UnaryOperator<RequestSpecification> with =
                request -> inQuery ? request.queryParam(name, value) : request.header(name, value);
        Reply reply = inQuery ? askBut(operation, name, with) : ask(new FakePorts(), operation, with);
        if (reply.status() != status) {
            faults.add(operation + ": " + name + "=" + value + " gives " + reply.status() + ", expected " + status);
        }
    }

    @Test
    void endpoints_ofTheApi_areThoseDescribed() {
        handler.set(new AdminHandler(new FakePorts().ports()));
        Reply reply = Reply.of(request().get("/nope"));

        faults.addAll(description.faults(description.response("NotFound"), reply));
        Set<String> there = new TreeSet<>(NO_ENDPOINTS);
        there.addAll(request().get("/nope").jsonPath().getList("endpoints", String.class));
        assertEquals(paths(), there);
    }

    @Test
    void methods_thatAreNotDescribed_areRefusedWithThoseThatAre() {
        handler.set(new AdminHandler(new FakePorts().ports()));
        for (String path : paths()) {
            Set<String> described = new TreeSet<>(description.methods(path));
            for (String method : METHODS) {
                if (!described.contains(method)) {
                    Reply reply = Reply.of(request().request(method, path));
                    assertEquals(405, reply.status(), method + " " + path);
                    assertEquals(
                            List.of(String.join(", ", described)),
                            reply.fields().get("Allow"),
                            path);
                    if (!method.equals("HEAD")) {
                        faults.addAll(description.faults(description.response("MethodNotAllowed"), reply));
                    }
                }
            }
        }
    }

    @Test
    void head_ofEachPathWithGet_isTheAnswerToGetWithoutItsBody() {
        for (Operation operation : operations()) {
            if (operation.method().equals("GET")) {
                Reply get = ask(new FakePorts(), operation, request -> request);
                Reply head = askAs("HEAD", new FakePorts(), operation, withExamples(operation, ""));

                assertEquals(get.status(), head.status(), operation::toString);
                assertEquals(get.fields().keySet(), head.fields().keySet(), operation::toString);
                assertEquals(get.fields().get("Content-Type"), head.fields().get("Content-Type"), operation::toString);
                assertEquals("", head.body(), operation::toString);
            }
        }
    }

    private List<Operation> operations() {
        return description.operations().stream()
                .filter(operation -> !STREAMS.contains(operation.path()))
                .toList();
    }

    private Set<String> paths() {
        return new TreeSet<>(description.paths());
    }

    /** Asks with what is required, and notes what is not as described. */
    private Reply ask(FakePorts ports, Operation operation, UnaryOperator<RequestSpecification> more) {
        return note(
                operation,
                askAs(
                        operation.method(),
                        ports,
                        operation,
                        request -> more.apply(withExamples(operation, "").apply(request))));
    }

    private Reply askBut(Operation operation, String leftOut, UnaryOperator<RequestSpecification> more) {
        return note(
                operation,
                askAs(
                        operation.method(),
                        new FakePorts(),
                        operation,
                        request -> more.apply(withExamples(operation, leftOut).apply(request))));
    }

    private void askWithoutParameters(Operation operation) {
        note(operation, askAs(operation.method(), new FakePorts(), operation, request -> request));
        for (JsonNode node : operation.node().path("parameters")) {
            JsonNode parameter = description.resolve(node);
            Values.of(description.resolve(parameter.get("schema"))).bad().stream()
                    .limit(1)
                    .forEach(value -> expect(400, operation, parameter, value));
        }
    }

    private Reply note(Operation operation, Reply reply) {
        seen.add(operation + " " + reply.status() + " "
                + String.join(", ", reply.fields().getOrDefault("Content-Type", List.of())));
        description
                .faults(operation, reply)
                .forEach(fault -> faults.add(operation + " " + reply.status() + ": " + fault));
        return reply;
    }

    private Reply askAs(String method, FakePorts ports, Operation operation, UnaryOperator<RequestSpecification> with) {
        handler.set(new AdminHandler(ports.ports()));
        Response response = with.apply(request()).request(method, operation.path());
        return Reply.of(response);
    }

    private UnaryOperator<RequestSpecification> withExamples(Operation operation, String leftOut) {
        return request -> {
            for (JsonNode node : operation.node().path("parameters")) {
                JsonNode parameter = description.resolve(node);
                String name = parameter.get("name").asString();
                if (parameter.path("required").asBoolean() && !name.equals(leftOut)) {
                    request.queryParam(name, parameter.get("example").asString());
                }
            }
            return request;
        };
    }

    private static RequestSpecification request() {
        return given().baseUri("http://127.0.0.1").port(port);
    }

    /** What a parameter takes and what it doesn't, by its schema. */
    private record Values(List<String> good, List<String> bad) {
        private static final Map<String, Values> BY_PATTERN = Map.of(
                "^/", new Values(List.of("/", "/a b/*"), List.of("", "a")),
                "^[!#$%&'*+.^_`|~0-9A-Za-z-]+$", new Values(List.of("GET", "M-SEARCH"), List.of("", "G T", "G/T")));

        static Values of(JsonNode schema) {
            if (schema.has("enum")) {
                List<String> good =
                        schema.get("enum").valueStream().map(JsonNode::asString).toList();
                return new Values(good, List.of("", "other", good.get(0).toUpperCase(Locale.ROOT)));
            }
            if (schema.get("type").asString().equals("array")) {
                return new Values(
                        List.of("Range: bytes=0-9", "a:"), List.of("", "Range", ": x", "a b: c", "A: \u0001"));
            }
            return schema.has("pattern") ? BY_PATTERN.get(schema.get("pattern").asString()) : number(schema);
        }

        private static Values number(JsonNode schema) {
            Set<String> good = new LinkedHashSet<>();
            Set<String> bad = new LinkedHashSet<>(List.of("ten", "1.5"));
            long least = schema.get("minimum").asLong();
            good.add(String.valueOf(least));
            bad.add(String.valueOf(least - 1));
            if (schema.has("maximum")) {
                long most = schema.get("maximum").asLong();
                good.add(String.valueOf(most));
                bad.add(String.valueOf(most + 1));
            }
            return new Values(List.copyOf(good), List.copyOf(bad));
        }
    }
}
