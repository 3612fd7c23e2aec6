package dev.sluice.app;

import dev.sluice.config.ClientCertificateSettings;
import dev.sluice.config.TlsSettings;
import dev.sluice.serve.Transport;
import dev.sluice.tls.ClientSource;
import dev.sluice.tls.KeySource;
import dev.sluice.tls.ServerTls;
import dev.sluice.tls.TlsException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The certificates of all listeners: read when a listener is opened, and again when their files have changed. */
final class Certificates {
    private static final Logger LOG = Logger.getLogger("sluice");

    private final Map<Transport, ServerTls> inUse = new ConcurrentHashMap<>();

    /**
     * Reads those of a listener.
     *
     * @param clients whose certificates it asks clients for; null to ask for none
     * @throws StartException if one of them cannot be used
     */
    Transport.Tls transport(List<TlsSettings> settings, @Nullable ClientCertificateSettings clients)
            throws StartException {
        try {
            ServerTls tls = load(settings.stream().map(Certificates::source).toList(), clients);
            tls.warnings().forEach(LOG::warning);
            Transport.Tls transport = new Transport.Tls(tls::context, tls.parameters());
            inUse.put(transport, tls);
            return transport;
        } catch (TlsException e) {
            throw new StartException("cannot listen with TLS: " + e.getMessage(), e);
        }
    }

    /** Looks no more after those of a listener that is closed, or has been given others. */
    void forget(Transport transport) {
        inUse.remove(transport);
    }

    private static ServerTls load(List<KeySource> certificates, @Nullable ClientCertificateSettings clients)
            throws TlsException {
        if (clients == null) {
            return ServerTls.load(certificates, Instant.now());
        }
        boolean required = clients.mode() == ClientCertificateSettings.Mode.REQUIRED;
        return ServerTls.load(certificates, new ClientSource(clients.authorities(), required), Instant.now());
    }

    private static KeySource source(TlsSettings settings) {
        Path certificate = settings.certificate();
        Path key = settings.key();
        Path store = settings.pkcs12();
        Path password = settings.passwordFile();
        if (certificate != null && key != null) {
            return new KeySource.Pem(certificate, key);
        }
        if (store != null && password != null) {
            return new KeySource.Pkcs12(store, password);
        }
        throw new IllegalArgumentException("tls: " + settings + " (expected: certificate and key, or pkcs12)");
    }

    /** Takes over those that have been renewed; the connections that are open stay. To be called about once a second; it may block. */
    void renew() {
        inUse.values().forEach(Certificates::renew);
    }

    private static void renew(ServerTls tls) {
        try {
            if (tls.renew(Instant.now())) {
                LOG.log(Level.INFO, "certificates renewed: {0}", tls);
                tls.warnings().forEach(LOG::warning);
            }
        } catch (TlsException e) {
            LOG.log(Level.WARNING, "certificates not renewed, the old ones stay: {0}", e.getMessage());
        }
    }
}
