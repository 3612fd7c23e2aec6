package dev.sluice.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads {@code tls}: a mapping for one certificate, a list of such mappings for several, or {@code none}. */
final class TlsBinder {
    private static final String KEY = "tls";

    private final PathTypes paths;

    TlsBinder(PathTypes paths) {
        this.paths = paths;
    }

    /** The certificates of a listener; null for clear text. */
    @Nullable
    List<TlsSettings> bind(Section listener) {
        if (listener.holdsList(KEY)) {
            listener.rejectEmpty(KEY, "at least one certificate");
            return listener.sections(KEY).stream()
                    .flatMap(section -> certificate(section).stream())
                    .toList();
        }
        ValueType<Optional<List<TlsSettings>>> none = ValueType.word("none", Optional.empty());
        return listener.value(
                        KEY,
                        none,
                        Optional.empty(),
                        section -> Optional.of(certificate(section).stream().toList()))
                .orElse(null);
    }

    private Optional<TlsSettings> certificate(Section section) {
        Optional<TlsSettings> settings = section.has("pkcs12") ? pkcs12(section) : pem(section);
        section.finish();
        return settings;
    }

    private Optional<TlsSettings> pem(Section section) {
        Optional<Path> certificate =
                paths.readableFile(section, "certificate", "a file with the certificate chain in PEM");
        Optional<Path> key = paths.readableFile(section, "key", "a file with the private key in PEM");
        return certificate.flatMap(chain -> key.map(secret -> TlsSettings.ofPem(chain, secret)));
    }

    private Optional<TlsSettings> pkcs12(Section section) {
        Optional<Path> store = paths.readableFile(section, "pkcs12", "a file in PKCS #12");
        Optional<Path> password = paths.readableFile(section, "passwordFile", "a file with the password of pkcs12");
        for (String other : List.of("certificate", "key")) {
            if (section.has(other)) {
                section.reject(other, "either pkcs12, or certificate and key");
            }
        }
        return store.flatMap(file -> password.map(secret -> TlsSettings.ofPkcs12(file, secret)));
    }

    /** {@code clientCertificates}: a mapping, or null for {@code none}. */
    @Nullable
    ClientCertificateSettings clients(Section listener) {
        ValueType<Optional<ClientCertificateSettings>> none = ValueType.word("none", Optional.empty());
        return listener.value("clientCertificates", none, Optional.empty(), this::clientCertificates)
                .orElse(null);
    }

    private Optional<ClientCertificateSettings> clientCertificates(Section section) {
        Optional<Path> authorities =
                paths.readableFile(section, "authorities", "a file with the authorities' certificates in PEM");
        ClientCertificateSettings.Mode mode = section.value(
                "mode",
                ValueType.oneOf(ClientCertificateSettings.Mode.values()),
                ClientCertificateSettings.Mode.REQUIRED);
        section.finish();
        return authorities.map(file -> new ClientCertificateSettings(file, mode));
    }
}
