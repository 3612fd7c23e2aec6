package dev.sluice.admin;

import static dev.sluice.ledger.SampleServed.sample;

import dev.sluice.config.Configuration;
import dev.sluice.config.ConfigurationException;
import dev.sluice.config.ConfigurationLoader;
import dev.sluice.ledger.Feed;
import dev.sluice.ledger.IoPath;
import dev.sluice.ledger.Ledger;
import dev.sluice.ledger.SampleServed;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A server that says what a test wants of it. */
final class FakePorts {
    private final Ledger ledger = new Ledger(2_048, served -> {});
    private boolean ready = true;
    private boolean broken;
    private ReloadPort.Outcome reloaded = new ReloadPort.Reloaded(2, List.of("sites[0]"), List.of("compression"));
    private @Nullable String token;

    FakePorts() {
        serve(sample().id(1));
        serve(sample().id(2).observed(IoPath.COPY).fallback("tls").userCopiedBytes(1_000));
        serve(sample().id(3).observed(IoPath.NONE).status(304).bytes(0));
    }

    FakePorts draining() {
        ready = false;
        return this;
    }

    FakePorts reloading(ReloadPort.Outcome outcome) {
        reloaded = outcome;
        return this;
    }

    /** Nothing that can throw does anything else. */
    FakePorts broken() {
        broken = true;
        return this;
    }

    FakePorts token(String secret) {
        token = secret;
        return this;
    }

    void serve(SampleServed served) {
        ledger.began();
        ledger.record(served.build());
    }

    AdminPorts ports() {
        return new AdminPorts(
                ledger,
                () -> unlessBroken(new CacheFigures(1, 2, 3, 4, 5, 6, 7)),
                new Cache(),
                () -> unlessBroken(defaults()),
                () -> unlessBroken(reloaded),
                query -> unlessBroken(new ExplainAnswer(
                        206,
                        "mmap",
                        "small-body",
                        Map.of("Content-Type", "text/plain"),
                        List.of(new ExplainAnswer.Decision("request", "a range")))),
                () -> unlessBroken(ready),
                new ServerInfo("1.2.3", 42, Instant.parse("2026-01-02T03:04:05Z")),
                () -> unlessBroken(9L),
                new StreamPort(new Feed(), Duration.ofSeconds(15)),
                token == null ? null : new BearerToken(token));
    }

    private static Configuration defaults() {
        try {
            return new ConfigurationLoader(Path.of("").toAbsolutePath(), Map.of()).load(null, List.of(), List.of());
        } catch (ConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }

    private <T> T unlessBroken(T value) {
        if (broken) {
            throw new IllegalStateException("broken");
        }
        return value;
    }

    private final class Cache implements CachePort {
        @Override
        public CacheContents contents(int limit) {
            return unlessBroken(new CacheContents(
                    64,
                    16,
                    32,
                    30,
                    2,
                    List.of(new CacheContents.Region(0, 1, 32, 30, 2, 1, 9, "active")),
                    new CacheContents.WarmStart(1, 2, 3, true),
                    100,
                    List.of(new CacheContents.Entry("/a.css", 10, Map.of("br", 3), 9, 0, 5))));
        }

        @Override
        public List<CacheContents.Region> regions() {
            return contents(1).regions();
        }

        @Override
        public int purge(String path) {
            return unlessBroken(path.length());
        }
    }
}
