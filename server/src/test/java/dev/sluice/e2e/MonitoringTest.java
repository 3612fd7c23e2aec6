package dev.sluice.e2e;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.metrics.Monitoring;
import dev.sluice.metrics.Scrape;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** The rules and the dashboard ask for what there is. */
class MonitoringTest {
    @RegisterExtension
    static final TestServer server = TestServer.of(TestSite.standard());

    @Test
    void names_ofRulesAndDashboard_areAllScraped() {
        server.given().get(TestSite.SMALL);
        // A single byte of a large file is a fallback over whatever transport.
        server.given().header("Range", "bytes=0-0").get(TestSite.LARGE);
        server.admin().served(2);
        Scrape scrape = Scrape.parse(
                given().baseUri(server.adminUri().toString()).get("/metrics").asString());
        Set<String> asked = Monitoring.scrapedNames();
        assertTrue(asked.size() > 30, asked::toString);

        Set<String> missing = new TreeSet<>(asked);
        missing.removeAll(scrape.names());

        assertEquals(Set.of(), missing);
    }

    @Test
    void recordedNames_thatAreAskedFor_areRecorded() {
        Set<String> recorded = new HashSet<>(Pattern.compile("- record: (\\S+)")
                .matcher(Monitoring.rules())
                .results()
                .map((MatchResult rule) -> rule.group(1))
                .toList());

        assertEquals(Monitoring.recordedNames(), recorded);
    }

    @Test
    void alerts_eachOfThem_isTestedFiringAndNot() throws Exception {
        String tests = Files.readString(Monitoring.PROMETHEUS.resolve("tests/sluice.yml"));
        Set<String> alerts = new TreeSet<>(Pattern.compile("- alert: (\\S+)")
                .matcher(Monitoring.rules())
                .results()
                .map((MatchResult rule) -> rule.group(1))
                .toList());
        assertTrue(alerts.size() > 10, alerts::toString);

        for (String alert : alerts) {
            assertTrue(
                    tests.contains("ALERTS{alertname=\"" + alert + "\", alertstate=\"firing\"")
                            || tests.contains("- alertname: " + alert + "\n"),
                    alert + " never fires");
            assertTrue(
                    tests.contains("ALERTS{alertname=\"" + alert + "\"}\n")
                            || tests.contains("- alertname: " + alert + "\n"),
                    alert + " is never silent");
        }
    }

    @Test
    void dashboard_everyPanel_isNumberedDescribedAndAsksTheChosenSource() {
        JsonNode dashboard = Monitoring.dashboard();
        Set<Integer> numbers = new HashSet<>();
        for (JsonNode panel : dashboard.get("panels")) {
            assertTrue(numbers.add(panel.get("id").asInt()), panel::toString);
            assertFalse(panel.get("title").asString().isEmpty(), panel::toString);
            if (!panel.get("type").asString().equals("row")) {
                assertFalse(panel.get("description").asString().isEmpty(), panel::toString);
                assertTrue(panel.get("targets").size() > 0, panel::toString);
            }
            for (JsonNode target : panel.path("targets")) {
                assertEquals("${datasource}", target.at("/datasource/uid").asString());
            }
        }
        assertTrue(numbers.size() > 20, numbers::toString);
    }
}
