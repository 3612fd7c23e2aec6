package dev.sluice.browser;

import dev.sluice.e2e.AdminClient;
import dev.sluice.e2e.Await;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a server tells of the requests it answered. A record is made when its response has ended, and so is waited for. */
final class Records {
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final AdminClient admin;

    Records(URI admin) {
        this.admin = new AdminClient(admin);
    }

    /** The oldest record of a path of the site that fits. */
    Told first(String path, Predicate<Told> fits) {
        return Await.present(
                "a record of " + path, () -> of(path).stream().filter(fits).findFirst());
    }

    /** The records of a path, oldest first, when there are at least so many. */
    List<Told> atLeast(int count, String path) {
        return Await.present(
                count + " records of " + path, () -> Optional.of(of(path)).filter(records -> records.size() >= count));
    }

    /** The records of a path that there are now, oldest first. */
    List<Told> of(String path) {
        List<Told> records = new ArrayList<>();
        for (JsonNode node : json("/api/requests?limit=1000").get("requests")) {
            Told told = JSON.treeToValue(node, Told.class);
            if (told.path().equals(path)) {
                records.add(told);
            }
        }
        records.sort(Comparator.comparingLong(Told::id));
        return records;
    }

    /** The paths of the hot set, in their order. */
    List<String> hot() {
        List<String> paths = new ArrayList<>();
        json("/api/cache")
                .get("entries")
                .forEach(entry -> paths.add(entry.get("path").asString()));
        Collections.sort(paths);
        return paths;
    }

    /** An answer of the admin API. */
    JsonNode json(String path) {
        return admin.get(path);
    }
}
