package dev.sluice.site;

import dev.sluice.http.ContentCoding;
import dev.sluice.http.MediaTypes;
import dev.sluice.http.SitePath;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** Opens a regular file, and with it the files beside it that hold it coded. */
final class Opener {
    /** How often a file that is replaced between two looks at it is looked at again. */
    private static final int MAX_RACES = 10;

    private final List<ContentCoding> sidecars;
    private final MediaTypes types;
    private final Opening opening;
    private final LongPredicate lookedAtLater;

    /**
     * @param sidecars the codings for which a file is looked for
     * @param types tell for which files
     * @param opening how files are opened
     * @param lookedAtLater for which sizes the caller looks at a file again, when all of it has been read
     */
    Opener(List<ContentCoding> sidecars, MediaTypes types, Opening opening, LongPredicate lookedAtLater) {
        this.sidecars = sidecars;
        this.types = types;
        this.opening = opening;
        this.lookedAtLater = lookedAtLater;
    }

    /**
     * Opens a member of a directory so that the facts are those of the very file that is open.
     *
     * @param seen the facts that it had just now
     */
    Resolution open(Directory directory, String name, FileFacts seen, SitePath shown, boolean coded)
            throws IOException {
        FileFacts facts = seen;
        for (int race = 0; race < MAX_RACES; race++) {
            FileChannel channel = openUnchanged(directory, name, facts, lookedAtLater.test(facts.size()));
            if (channel != null) {
                boolean looked = false;
                try {
                    List<Resolution.Sidecar> beside =
                            coded ? sidecars(directory, name, shown, facts) : List.<Resolution.Sidecar>of();
                    looked = true;
                    return new Resolution.File(shown, channel, facts, beside, directory.place(name));
                } finally {
                    if (!looked) {
                        channel.close();
                    }
                }
            }
            facts = FileFacts.of(directory.attributes(name));
        }
        return new Resolution.Changing();
    }

    /** Opens a file if it has just these facts before and after; the look after it may be left to the caller. */
    private @Nullable FileChannel openUnchanged(Directory directory, String name, FileFacts facts, boolean later)
            throws IOException {
        FileChannel channel = directory.open(name, opening);
        if (later) {
            return channel;
        }
        boolean same = false;
        try {
            same = FileFacts.of(directory.attributes(name)).equals(facts);
        } finally {
            if (!same) {
                channel.close();
            }
        }
        return same ? channel : null;
    }

    private List<Resolution.Sidecar> sidecars(Directory directory, String name, SitePath shown, FileFacts source)
            throws IOException {
        List<Resolution.Sidecar> found = new ArrayList<>();
        if (sidecars.isEmpty() || !types.of(shown.name()).compressible()) {
            return found;
        }
        for (ContentCoding coding : sidecars) {
            String beside = name + coding.extension();
            try {
                Resolution.Sidecar sidecar =
                        directory.seemsToHold(beside) ? sidecar(directory, beside, coding, source) : null;
                if (sidecar != null) {
                    found.add(sidecar);
                }
            } catch (FileSystemException absent) {
                if (OutOfDescriptors.is(absent)) {
                    throw absent;
                }
                // Not there, not readable, or a name too long: then there is no such coding.
            }
        }
        return found;
    }

    /** One that is older than its source holds what the source was; a link could hold anything. */
    private Resolution.@Nullable Sidecar sidecar(
            Directory directory, String name, ContentCoding coding, FileFacts source) throws IOException {
        BasicFileAttributes attributes = directory.attributes(name);
        FileFacts facts = FileFacts.of(attributes);
        if (!attributes.isRegularFile() || facts.modified().isBefore(source.modified())) {
            return null;
        }
        // One that is read is read with its source.
        boolean later = lookedAtLater.test(facts.size()) && lookedAtLater.test(source.size());
        FileChannel channel = openUnchanged(directory, name, facts, later);
        return channel == null ? null : new Resolution.Sidecar(coding, channel, facts);
    }
}
