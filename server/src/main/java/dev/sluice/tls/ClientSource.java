package dev.sluice.tls;

import java.nio.file.Path;
import javax.net.ssl.SSLParameters;

/**
 * Where a listener learns whose certificates it asks its clients for.
 *
 * @param authorities a file in PEM with the certificates of those who may have signed them
 * @param required whether a client without a certificate is refused; one with a certificate that is not believed always is
 */
public record ClientSource(Path authorities, boolean required) {
    void askIn(SSLParameters parameters) {
        if (required) {
            parameters.setNeedClientAuth(true);
        } else {
            parameters.setWantClientAuth(true);
        }
    }
}
