package dev.sluice.browser;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.regex.Pattern;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a browser complains of: warnings and errors of its console, violations of a content security policy among them, and
 * requests that failed or were answered with an error.
 */
final class Complaints {
    private static final JsonMapper JSON = new JsonMapper();

    private final ChromeDriver driver;
    private final List<Pattern> foreseen = new ArrayList<>();

    Complaints(ChromeDriver driver) {
        this.driver = driver;
    }

    /** From now to the end of the test, what that expression finds something in is no complaint. */
    void foresee(String regex) {
        foreseen.add(Pattern.compile(regex));
    }

    /** What there was since the last call, without what was foreseen. */
    List<String> unforeseen() {
        List<String> all = new ArrayList<>(console());
        all.addAll(requests());
        all.removeIf(complaint ->
                foreseen.stream().anyMatch(pattern -> pattern.matcher(complaint).find()));
        return all;
    }

    /** Foresees nothing any more. */
    void forget() {
        foreseen.clear();
    }

    private List<String> console() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(entry -> "console: " + entry.getMessage())
                .toList();
    }

    private List<String> requests() {
        List<String> failed = new ArrayList<>();
        Map<String, String> urls = new HashMap<>();
        driver.manage().logs().get(LogType.PERFORMANCE).forEach(entry -> {
            JsonNode event = JSON.readTree(entry.getMessage()).path("message");
            JsonNode params = event.path("params");
            String id = params.path("requestId").asString("");
            switch (event.path("method").asString("")) {
                case "Network.requestWillBeSent" ->
                    urls.put(id, params.at("/request/url").asString());
                case "Network.responseReceived" -> {
                    int status = params.at("/response/status").asInt();
                    if (status >= 400) {
                        failed.add("request: " + params.at("/response/url").asString() + " answered " + status);
                    }
                }
                case "Network.loadingFailed" -> {
                    // What the browser itself gives up, because the reader went on, is no fault. Nor is what it asked
                    // for
                    // before the test, for its page of a new tab.
                    if (urls.containsKey(id) && !params.path("canceled").asBoolean(false)) {
                        failed.add("request: " + urls.get(id) + " failed, "
                                + params.path("errorText").asString(""));
                    }
                }
                default -> {}
            }
        });
        return failed;
    }
}
