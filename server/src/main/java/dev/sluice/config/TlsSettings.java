package dev.sluice.config;

import java.nio.file.Path;
import tools.jackson.databind.annotation.JsonSerialize;
import tools.jackson.databind.ser.std.ToStringSerializer;

/**
 * What a listener proves its names with. Both files could be read when the configuration was loaded; what is in them is
 * looked at by whoever opens the listener.
 *
 * @param certificate the file with the certificate chain in PEM (RFC 7468), the server's own certificate first, absolute
 * @param key the file with its private key in PEM (PKCS #8, not encrypted), absolute
 */
public record TlsSettings(
        @JsonSerialize(using = ToStringSerializer.class) Path certificate,
        @JsonSerialize(using = ToStringSerializer.class) Path key) {}
