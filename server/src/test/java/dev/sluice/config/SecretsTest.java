package dev.sluice.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the configuration keeps to itself, however it is printed. */
class SecretsTest {
    private static final String HASH = "$2b$12$" + "./Az09".repeat(9).substring(1);

    @TempDir
    private Path directory;

    private Configuration configuration;

    @BeforeEach
    void setUp() throws ConfigurationException {
        configuration = new ConfigurationLoader(directory, Map.of("API_KEY", "hunter2", "HOME", "/root"))
                .load(
                        null,
                        List.of(),
                        List.of("sites[0].rules=[{auth: {users: {alice: \"" + HASH + "\"}}}, "
                                + "{template: {nonce: __CSP_NONCE__, env: [API_KEY]}}]"));
    }

    @Test
    void configuration_loaded_holdsHashesAndNamedVariables() {
        List<RuleSettings> rules = configuration.sites().get(0).rules();

        assertEquals(
                new AuthSettings("private", Map.of("alice", HASH)), rules.get(0).auth());
        assertEquals(
                new TemplateSettings("__CSP_NONCE__", Map.of("API_KEY", "hunter2")),
                rules.get(1).template());
    }

    @Test
    void json_ofConfiguration_masksHashesAndNamesVariables() {
        String json = new JsonMapper().writeValueAsString(configuration);

        JsonNode rules = new JsonMapper().readTree(json).at("/sites/0/rules");
        assertEquals(
                "{\"match\":{},\"auth\":{\"realm\":\"private\",\"users\":{\"alice\":\"***\"}}}",
                rules.get(0).toString());
        assertEquals(
                "{\"match\":{},\"template\":{\"nonce\":\"__CSP_NONCE__\",\"env\":[\"API_KEY\"]}}",
                rules.get(1).toString());
        assertFalse(json.contains("hunter2"), json);
    }

    @Test
    void toString_ofConfiguration_showsNeitherHashesNorValues() {
        String text = configuration.toString();

        assertFalse(text.contains(HASH), text);
        assertFalse(text.contains("hunter2"), text);
    }

    /** A password, or the line of a file of Apache's, where a mapping of users to hashes belongs. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{auth: geheim}",
                "{auth: {users: \"alice:geheim\"}}",
                "{auth: {users: [geheim]}}",
                "{auth: {users: {alice: geheim}}}",
                "{auth: {users: {alice: [geheim]}}}",
                "{auth: {users: {\"alice:geheim\": x}}}",
                "{auth: {users: {alice: \"\\qgeheim\"}}}",
                "{auth: {users: {alice: *geheim}}}",
                "{auth: {users: {alice: !geheim x}}}"
            })
    void problems_ofUsers_repeatNoneOfIt(String rule) {
        ConfigurationException refused = assertThrows(
                ConfigurationException.class,
                () -> new ConfigurationLoader(directory, Map.of())
                        .load(null, List.of(), List.of("sites[0].rules=[" + rule + "]")));

        assertFalse(refused.problems().isEmpty());
        assertFalse(refused.problems().toString().contains("geheim"), refused.problems()::toString);
    }
}
