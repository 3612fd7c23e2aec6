package dev.sluice.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Tells which directories lie on a file system whose changes all go through this kernel. On others (NFS, SMB, 9p, FUSE, the
 * shared folders of virtual machines) somebody else may change a file and inotify(7) says nothing. A type that is not known
 * here counts as one of those. Not thread-safe.
 */
final class LocalFileSystems {
    private static final Set<String> LOCAL = Set.of(
            "bcachefs",
            "btrfs",
            "erofs",
            "exfat",
            "ext2",
            "ext3",
            "ext4",
            "f2fs",
            "iso9660",
            "jfs",
            "msdos",
            "nilfs2",
            "ntfs3",
            "overlay",
            "ramfs",
            "reiserfs",
            "squashfs",
            "tmpfs",
            "udf",
            "vfat",
            "xfs",
            "zfs");

    /** By device number: to find the file system's name the JDK reads the list of all mounts. */
    private final Map<Object, Boolean> known = new HashMap<>();

    /**
     * Whether a directory lies on such a file system.
     *
     * @throws IOException if that cannot be found out
     */
    boolean hold(Path directory) throws IOException {
        Object device;
        try {
            device = Files.getAttribute(directory, "unix:dev");
        } catch (UnsupportedOperationException | IllegalArgumentException notUnix) {
            return false;
        }
        Boolean local = known.get(device);
        if (local == null) {
            local = LOCAL.contains(Files.getFileStore(directory).type());
            known.put(device, local);
        }
        return local;
    }
}
