package dev.sluice.www;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.sluice.config.Configuration;
import dev.sluice.config.ConfigurationException;
import dev.sluice.config.ConfigurationLoader;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code configuration.html} has an entry for each key of the configuration, and no other, with the default that the code
 * has. An entry's id is the key's path, without indexes: {@code sites.rules.cache}.
 *
 * <p>That {@code conf/sluice.yaml} has the keys of the code too is shown where the configuration is tested.
 */
final class ConfigurationPageTest {
    private static final Path PAGE =
            Path.of("..", "www", "configuration.html").toAbsolutePath().normalize();

    private static final Pattern LIST = Pattern.compile("^(listeners|sites)\\.");

    /** Groups that are absent by default, and so the keys in them have no default of their own. */
    private static final Pattern ABSENT =
            Pattern.compile("listeners\\.(?:tls|clientCertificates)\\..*|sites\\.(?:compression|rules)\\..*");

    private final ObjectMapper json = new JsonMapper();

    private Map<String, Element> entries;

    @BeforeEach
    void setUp() throws Exception {
        entries = Page.read(PAGE).named("div").stream()
                .filter(div -> !div.getAttribute("id").isEmpty())
                .collect(Collectors.toMap(div -> div.getAttribute("id"), div -> div, (a, b) -> a, TreeMap::new));
    }

    @Test
    void page_entries_areTheKeysOfTheConfiguration() {
        Set<String> keys = new TreeSet<>();
        collect(Configuration.class, "", keys);

        assertEquals(keys, new TreeSet<>(entries.keySet()));
    }

    @Test
    void page_entries_areNamedByTheEndOfTheirKey() {
        entries.forEach((key, entry) -> {
            String name = entry.getElementsByTagName("code").item(0).getTextContent();
            assertTrue(key.equals(name) || key.endsWith("." + name), key);
        });
    }

    @Test
    void page_defaults_setOneByOne_changeNothing() throws ConfigurationException {
        String defaults = print(List.of());

        for (String key : entries.keySet()) {
            if (!ABSENT.matcher(key).matches()) {
                String shown = defaultOf(key).orElseThrow(() -> new AssertionError(key + " shows no default"));
                String set = LIST.matcher(key).replaceFirst("$1[0].") + "=" + shown;
                assertEquals(defaults, print(List.of(set)), set);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"cors", "security"})
    void page_defaultsOfAPreset_areThoseOfTrue(String action) throws ConfigurationException {
        String prefix = "sites.rules." + action + ".";
        String mapping = entries.keySet().stream()
                .filter(key -> key.startsWith(prefix))
                .map(key ->
                        key.substring(prefix.length()) + ": " + defaultOf(key).orElseThrow())
                .collect(Collectors.joining(", ", "{", "}"));

        assertEquals(print(List.of(rule(action, "true"))), print(List.of(rule(action, mapping))));
    }

    private static String rule(String action, String value) {
        return "sites[0].rules=[{" + action + ": " + value + "}]";
    }

    private String print(List<String> sets) throws ConfigurationException {
        Path here = Path.of("").toAbsolutePath();
        return json.writeValueAsString(new ConfigurationLoader(here, Map.of()).load(null, List.of(), sets));
    }

    private Optional<String> defaultOf(String key) {
        NodeList spans = entries.get(key).getElementsByTagName("span");
        return IntStream.range(0, spans.getLength())
                .mapToObj(i -> (Element) spans.item(i))
                .filter(span -> span.getAttribute("class").equals("default"))
                .map(Element::getTextContent)
                .findFirst();
    }

    /** The groups at the top have headings of their own and no entry. */
    private static void collect(Class<?> settings, String path, Set<String> keys) {
        for (RecordComponent component : settings.getRecordComponents()) {
            String key = path.isEmpty() ? component.getName() : path + "." + component.getName();
            Class<?> type = itemType(component);
            boolean group = hasKeys(type);
            if (!group || !path.isEmpty()) {
                keys.add(key);
            }
            if (group) {
                collect(type, key, keys);
            }
        }
    }

    private static Class<?> itemType(RecordComponent component) {
        Type type = component.getGenericType();
        return component.getType() == List.class && type instanceof ParameterizedType list
                ? (Class<?>) list.getActualTypeArguments()[0]
                : component.getType();
    }

    /** Whether a type is written as a mapping whose keys are fixed, and not as one value or by keys of the user's own. */
    private static boolean hasKeys(Class<?> type) {
        return type.isRecord()
                && Arrays.stream(type.getDeclaredMethods())
                        .noneMatch(method -> method.isAnnotationPresent(JsonValue.class));
    }
}
