package dev.sluice.admin;

import org.jspecify.annotations.Nullable;

/**
 * {@code /metrics}: the figures of {@code /api/stats}, those of the JVM and those of the process, as Prometheus reads them.
 *
 * <p>The Prometheus client is loaded by the first scrape: some 300 classes that a start can do without. Nothing is counted by
 * it, so nothing on the way of a request knows that it is there.
 */
final class MetricsEndpoint implements Negotiable {
    private final AdminPorts ports;
    private @Nullable Exposition exposition;

    MetricsEndpoint(AdminPorts ports) {
        this.ports = ports;
    }

    @Override
    public Answer answer(String accept) {
        return exposition().answer(accept);
    }

    private synchronized Exposition exposition() {
        if (exposition == null) {
            exposition = Exposition.of(ports);
        }
        return exposition;
    }
}
