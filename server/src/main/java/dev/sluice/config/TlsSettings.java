package dev.sluice.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonSerialize;
import tools.jackson.databind.ser.std.ToStringSerializer;

/**
 * One certificate by which a listener proves its names, either in two files of PEM or in one of PKCS #12. All of the files, which
 * are absolute, could be read when the configuration was loaded; what is in them is looked at by whoever opens the listener.
 *
 * @param certificate the file with the certificate chain in PEM (RFC 7468), the server's own certificate first; null with
 *     {@code pkcs12}
 * @param key the file with its private key in PEM (PKCS #8, not encrypted); null with {@code pkcs12}
 * @param pkcs12 the file with both in PKCS #12 (RFC 7292); null with {@code certificate}
 * @param passwordFile the file with the password of {@code pkcs12}; null without it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TlsSettings(
        @Nullable @JsonSerialize(using = ToStringSerializer.class)
        Path certificate,

        @Nullable @JsonSerialize(using = ToStringSerializer.class)
        Path key,

        @Nullable @JsonSerialize(using = ToStringSerializer.class)
        Path pkcs12,

        @Nullable @JsonSerialize(using = ToStringSerializer.class)
        Path passwordFile) {
    static TlsSettings ofPem(Path certificate, Path key) {
        return new TlsSettings(certificate, key, null, null);
    }

    static TlsSettings ofPkcs12(Path pkcs12, Path passwordFile) {
        return new TlsSettings(null, null, pkcs12, passwordFile);
    }
}
