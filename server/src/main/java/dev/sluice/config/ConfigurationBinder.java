package dev.sluice.config;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives a tree its meaning: reads every key there is, by the type, the bounds and the default that it has. Groups of which
 * nothing is written, which at most starts are nearly all, are not read key by key: that would take a start 5 % longer.
 */
final class ConfigurationBinder {
    private static final ValueType<ByteSize> MAX_FILE_SIZE =
            ValueType.size("256KiB", new ByteSize(1), ByteSize.ofMebibytes(8));

    private static final ValueType<ByteSize> SENDFILE_CHUNK =
            ValueType.size("1MiB", ByteSize.ofKibibytes(64), ByteSize.ofGibibytes(1));

    private static final ValueType<ByteSize> DIRECT_MIN_SIZE =
            ValueType.size("256MiB", ByteSize.ofMebibytes(1), ByteSize.ofGibibytes(1024));

    private final PathTypes paths;
    private final Map<String, String> environment;
    private final Problems problems;

    ConfigurationBinder(PathTypes paths, Map<String, String> environment, Problems problems) {
        this.paths = paths;
        this.environment = environment;
        this.problems = problems;
    }

    /** Reads a whole configuration; it is usable only if no problem was found. */
    Configuration bind(Node tree) {
        Section root = Section.of(tree, "", problems);
        CalibrationSettings measured = calibration(root.section("calibration"));
        Configuration configuration = new Configuration(
                listeners(root),
                admin(root.section("admin")),
                sites(root),
                cache(root.section("cache"), measured),
                compression(root.section("compression")),
                io(root.section("io"), measured),
                limits(root.section("limits")),
                accessLog(root.section("accessLog")),
                measured,
                root.value("serverTiming", ValueType.flag(), false));
        root.finish();
        return configuration;
    }

    private List<ListenerSettings> listeners(Section root) {
        root.rejectEmpty("listeners", "at least one listener");
        List<Section> sections = root.sectionsOrDefault("listeners");
        List<ListenerSettings> listeners = sections.stream().map(this::listener).toList();
        boolean secure = listeners.stream().anyMatch(listener -> listener.tls() != null);
        for (int i = 0; i < listeners.size(); i++) {
            ListenerSettings listener = listeners.get(i);
            if (listener.redirect() == ListenerSettings.Redirect.HTTPS && (listener.tls() != null || !secure)) {
                sections.get(i).reject("redirect", "none, unless another listener has tls and this one has not");
            }
        }
        return listeners;
    }

    private ListenerSettings listener(Section section) {
        ListenerSettings defaults = ListenerSettings.defaults();
        TlsBinder tls = new TlsBinder(paths);
        ListenerSettings settings = new ListenerSettings(
                section.value("host", ValueType.text("an IP address or a host name", Host::parse), defaults.host()),
                section.value("port", ValueType.wholeNumber("a port", 0, HostPort.MAX_PORT), defaults.port()),
                tls.bind(section),
                tls.clients(section),
                section.value("h2c", ValueType.flag(), defaults.h2c()),
                section.value("redirect", ValueType.oneOf(ListenerSettings.Redirect.values()), defaults.redirect()));
        if (settings.tls() != null && settings.h2c()) {
            section.reject("h2c", "false beside tls, where ALPN offers HTTP/2");
        }
        if (settings.tls() == null && settings.clientCertificates() != null) {
            section.reject("clientCertificates", "none, or tls beside it");
        }
        section.finish();
        return settings;
    }

    private AdminSettings admin(Section section) {
        AdminSettings defaults = AdminSettings.defaults();
        if (section.isEmpty()) {
            return defaults;
        }
        ValueType<AdminSettings.Listen> listenType = ValueType.text(
                        "an address and a port such as 127.0.0.1:8081", HostPort::parse)
                .<AdminSettings.Listen>map(address -> new AdminSettings.At(address, true))
                .orWord("off", new AdminSettings.Off());
        AdminSettings settings =
                new AdminSettings(section.value("listen", listenType, defaults.listen()), paths.tokenFile(section));
        boolean exposed = settings.listen() instanceof AdminSettings.At at
                && !at.address().host().isLoopback();
        if (exposed && settings.tokenFile() == null) {
            section.reject("listen", "a loopback address, or admin.tokenFile with it");
        }
        section.finish();
        return settings;
    }

    private List<SiteSettings> sites(Section root) {
        SiteBinder binder = new SiteBinder(paths, new HostClaims(problems), new RuleBinder(environment));
        List<SiteSettings> sites =
                root.sectionsOrDefault("sites").stream().map(binder::bind).toList();
        root.rejectEmpty("sites", "at least one site");
        return sites;
    }

    private static CalibrationSettings calibration(Section section) {
        if (section.isEmpty()) {
            return new CalibrationSettings(null, null, null);
        }
        CalibrationSettings settings = new CalibrationSettings(
                measured(section, "maxFileSize", MAX_FILE_SIZE),
                measured(section, "sendfileChunk", SENDFILE_CHUNK),
                measured(section, "directMinSize", DIRECT_MIN_SIZE));
        section.finish();
        return settings;
    }

    private static @Nullable ByteSize measured(Section section, String key, ValueType<ByteSize> type) {
        return section.value(key, type.orNone("none"), Optional.empty()).orElse(null);
    }

    private static ByteSize or(@Nullable ByteSize measured, ByteSize otherwise) {
        return measured == null ? otherwise : measured;
    }

    private CacheSettings cache(Section section, CalibrationSettings measured) {
        CacheSettings defaults = CacheSettings.defaults();
        if (section.isEmpty() && measured.maxFileSize() == null) {
            return defaults;
        }
        ByteSize maxFileSize = or(measured.maxFileSize(), defaults.maxFileSize());
        CacheSettings settings = new CacheSettings(
                section.value(
                        "memory",
                        ValueType.size("64MiB", new ByteSize(0), ByteSize.ofGibibytes(1024))
                                .orAuto(),
                        defaults.memory()),
                section.value("maxFileSize", MAX_FILE_SIZE.orWord("auto", maxFileSize), maxFileSize),
                paths.cacheDirectory(section),
                section.value("revalidate", ValueType.duration("1s", ofMillis(10), ofHours(1)), defaults.revalidate()),
                section.value("watch", ValueType.flag().orAuto(), defaults.watch()));
        section.finish();
        return settings;
    }

    private static CompressionSettings compression(Section section) {
        CompressionSettings defaults = CompressionSettings.defaults();
        if (section.isEmpty()) {
            return defaults;
        }
        CompressionSettings settings = new CompressionSettings(
                section.value("enabled", ValueType.flag(), defaults.enabled()),
                section.value(
                        "minSize",
                        ValueType.size("512B", new ByteSize(0), ByteSize.ofMebibytes(8)),
                        defaults.minSize()),
                section.values("codings", ValueType.oneOf(ContentCodingName.values()), defaults.codings()),
                section.value("streaming", ValueType.flag(), defaults.streaming()));
        if (Set.copyOf(settings.codings()).size() < settings.codings().size()) {
            section.reject("codings", "each coding once");
        }
        section.finish();
        return settings;
    }

    private static IoSettings io(Section section, CalibrationSettings measured) {
        IoSettings defaults = IoSettings.defaults();
        if (section.isEmpty() && measured.sendfileChunk() == null) {
            return defaults;
        }
        ValueType<AutoOr<Integer>> threads =
                ValueType.wholeNumber("a number of threads", 1, 1024).orAuto();
        ByteSize chunk = or(measured.sendfileChunk(), defaults.sendfileChunk());
        ValueType<Optional<ByteSize>> direct =
                DIRECT_MIN_SIZE.orNone("off").orWord("auto", Optional.ofNullable(measured.directMinSize()));
        IoSettings settings = new IoSettings(
                section.value("threads", threads, defaults.threads()),
                section.value("workers", threads, defaults.workers()),
                section.value("sendfileChunk", SENDFILE_CHUNK.orWord("auto", chunk), chunk),
                section.value("directMinSize", direct, Optional.empty()).orElse(null),
                section.value("fastPath", ValueType.flag(), defaults.fastPath()));
        section.finish();
        return settings;
    }

    private static LimitSettings limits(Section section) {
        LimitSettings defaults = LimitSettings.defaults();
        if (section.isEmpty()) {
            return defaults;
        }
        ValueType<Duration> timeout = ValueType.duration("30s", ofMillis(100), ofHours(24));
        LimitSettings settings = new LimitSettings(
                section.value(
                        "connections", ValueType.wholeNumber("a whole number", 1, 1_000_000), defaults.connections()),
                section.value(
                        "connectionsPerClient",
                        ValueType.wholeNumber("a whole number", 0, 1_000_000),
                        defaults.connectionsPerClient()),
                section.value("requests", ValueType.wholeNumber("a whole number", 0, 1_000_000), defaults.requests()),
                section.value(
                        "headerSize",
                        ValueType.size("32KiB", ByteSize.ofKibibytes(16), ByteSize.ofMebibytes(1)),
                        defaults.headerSize()),
                section.value("handshakeTimeout", timeout, defaults.handshakeTimeout()),
                section.value("headerTimeout", timeout, defaults.headerTimeout()),
                section.value("idleTimeout", timeout, defaults.idleTimeout()),
                section.value("writeTimeout", timeout, defaults.writeTimeout()),
                section.value(
                        "minimumRate",
                        ValueType.size("240B", new ByteSize(0), ByteSize.ofGibibytes(1)),
                        defaults.minimumRate()),
                section.value("shutdown", ValueType.duration("30s", ZERO, ofHours(1)), defaults.shutdown()));
        section.finish();
        return settings;
    }

    private AccessLogSettings accessLog(Section section) {
        if (section.isEmpty()) {
            return AccessLogSettings.defaults();
        }
        AccessLogSettings settings = new AccessLogSettings(
                paths.accessLog(section),
                section.value(
                        "format",
                        ValueType.oneOf(AccessLogSettings.Format.values()),
                        AccessLogSettings.defaults().format()));
        section.finish();
        return settings;
    }
}
