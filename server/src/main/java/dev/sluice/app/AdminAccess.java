package dev.sluice.app;

import dev.sluice.admin.BearerToken;
import dev.sluice.config.AdminSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Who may ask the admin API: whoever knows the token, or without one whoever is on this machine. */
final class AdminAccess {
    private static final Logger LOG = Logger.getLogger("sluice");

    private AdminAccess() {}

    /**
     * Reads the token, and warns of one that protects little. Not refused, since a container's secrets are often files
     * that all in it may read.
     *
     * @return null if there is none
     * @throws StartException if it can't be read, or if there is none although others can reach the admin API
     */
    static @Nullable BearerToken token(AdminSettings settings) throws StartException {
        Path file = settings.tokenFile();
        if (file == null) {
            requireLoopback(settings.listen());
            return null;
        }
        BearerToken token;
        try {
            token = BearerToken.read(file);
            if (isReadByOthers(file)) {
                LOG.warning("admin.tokenFile " + file + " may be read by every user of this machine"
                        + " (expected: its owner alone, as by chmod 600)");
            }
        } catch (IOException e) {
            throw new StartException("cannot read admin.tokenFile " + file + ": " + e, e);
        } catch (IllegalArgumentException e) {
            throw new StartException("admin.tokenFile " + file + ": " + e.getMessage(), e);
        }
        if (token.isShort()) {
            LOG.warning("admin.tokenFile " + file + ": a token that may be guessed (expected: " + BearerToken.LONG
                    + " characters or more, such as openssl rand -hex 32 prints)");
        }
        return token;
    }

    /** The configuration takes {@code localhost} at its word; what it means is for the name service to say. */
    private static void requireLoopback(AdminSettings.Listen listen) throws StartException {
        if (!(listen instanceof AdminSettings.At at)) {
            return;
        }
        String host = at.address().host().value();
        @Nullable InetAddress address = new InetSocketAddress(host, at.address().port()).getAddress();
        if (address != null && !address.isLoopbackAddress()) {
            throw new StartException("cannot listen on " + at.address() + " for the admin API: " + host + " is "
                    + address.getHostAddress() + " here (expected: a loopback address, or admin.tokenFile with it)");
        }
    }

    private static boolean isReadByOthers(Path file) throws IOException {
        return Files.getFileStore(file).supportsFileAttributeView("posix")
                && Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ);
    }
}
