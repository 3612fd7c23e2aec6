"""A file system that shows a folder, read only, and fails where it is told to. Takes root and /dev/fuse, and nothing else.

    python3 failing_disk.py FOLDER POINT [fold]

It speaks the kernel's protocol (linux/fuse.h, 7.31) itself. With "fold" a name is found by any spelling that differs in case or in
Unicode's composition alone, as on HFS+ or on ext4 with casefold. Commands come by standard input, a line each, and are answered with "ok":

    fail OPERATION PATH OFFSET   from now on: lookup, open or readdir of a path; or reads of it that reach behind an offset
    mend                         nothing fails any more

At the end of standard input it is unmounted.
"""

import ctypes
import errno
import os
import stat
import struct
import sys
import threading
import unicodedata

folder, point = sys.argv[1:3]
fold = "fold" in sys.argv[3:]
libc = ctypes.CDLL(None, use_errno=True)
device = os.open("/dev/fuse", os.O_RDWR)
options = f"fd={device},rootmode=40000,user_id=0,group_id=0,allow_other".encode()
MS_RDONLY_NOSUID_NODEV, MNT_DETACH = 7, 2
if libc.mount(b"sluice", point.encode(), b"fuse", MS_RDONLY_NOSUID_NODEV, options) != 0:
    sys.exit("cannot mount: " + os.strerror(ctypes.get_errno()))

paths = {1: ""}
nodes = {"": 1}
handles = {}
failing = {}


def fail_if_told(operation, path, end=1):
    offset = failing.get((operation, path))
    if offset is not None and end > offset:
        raise OSError(errno.EIO, "as told")


def real(path):
    return folder + path


def key(name):
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def attributes(path):
    s = os.lstat(real(path))
    nanos = [s.st_atime_ns, s.st_mtime_ns, s.st_ctime_ns]
    return struct.pack(
        "<6Q10I", s.st_ino, s.st_size, s.st_blocks, *[n // 10**9 for n in nanos], *[n % 10**9 for n in nanos],
        s.st_mode, s.st_nlink, s.st_uid, s.st_gid, 0, 4096, 0)


def lookup(path, body):
    name = body.rstrip(b"\0").decode()
    if fold:
        name = next((there for there in os.listdir(real(path)) if key(there) == key(name)), name)
    child = path + "/" + name
    fail_if_told("lookup", child)
    shown = attributes(child)
    node = nodes.setdefault(child, len(nodes) + 1)
    paths[node] = child
    # Nothing is remembered, so that each look comes here.
    return struct.pack("<4Q2I", node, 0, 0, 0, 0, 0) + shown


def getattr_(path, body):
    fail_if_told("lookup", path)
    return struct.pack("<Q2I", 0, 0, 0) + attributes(path)


def opened(what):
    handle = max(handles, default=0) + 1
    handles[handle] = what
    return struct.pack("<Q2I", handle, 0, 0)


def open_(path, body):
    fail_if_told("open", path)
    return opened(os.open(real(path), os.O_RDONLY))


def read(path, body):
    handle, offset, size = struct.unpack_from("<QQI", body)
    fail_if_told("read", path, offset + size)
    return os.pread(handles[handle], size, offset)


def release(path, body):
    what = handles.pop(struct.unpack_from("<Q", body)[0])
    if isinstance(what, int):
        os.close(what)
    return b""


def opendir(path, body):
    fail_if_told("readdir", path)
    return opened(sorted(os.listdir(real(path))))


def readdir(path, body):
    handle, offset, size = struct.unpack_from("<QQI", body)
    answer = b""
    for number, name in enumerate(handles[handle][offset:], offset + 1):
        encoded = os.fsencode(name)
        mode = os.lstat(real(path) + "/" + name).st_mode
        entry = struct.pack("<QQII", number, number, len(encoded), stat.S_IFMT(mode) >> 12) + encoded
        entry += b"\0" * (-len(entry) % 8)
        if len(answer) + len(entry) > size:
            break
        answer += entry
    return answer


def init(path, body):
    async_read = 1
    readahead = struct.unpack_from("<I", body, 8)[0]
    return struct.pack("<4I2H2I2H8I", 7, 31, readahead, async_read, 12, 9, 1 << 17, 1, 32, 0, *[0] * 8)


OPERATIONS = {
    1: lookup, 3: getattr_, 5: lambda path, body: os.readlink(real(path)).encode(), 14: open_, 15: read,
    17: lambda path, body: struct.pack("<5Q10I", *[0] * 5, 4096, 255, 4096, *[0] * 7),
    18: release, 25: lambda path, body: b"", 26: init, 27: opendir, 28: readdir, 29: release,
}
FORGET, INTERRUPT, BATCH_FORGET = 2, 36, 42


def take_commands():
    print("ok", flush=True)
    for line in sys.stdin:
        words = line.split()
        if words[0] == "fail":
            failing[words[1], words[2].rstrip("/")] = int(words[3])
        else:
            failing.clear()
        print("ok", flush=True)
    libc.umount2(point.encode(), MNT_DETACH)
    os._exit(0)


threading.Thread(target=take_commands, daemon=True).start()
while True:
    try:
        request = os.read(device, 1 << 18)
    except OSError as e:
        if e.errno in (errno.ENOENT, errno.EINTR, errno.EAGAIN):
            continue
        # Unmounted.
        os._exit(0)
    _, operation, unique, node = struct.unpack_from("<IIQQ", request)
    if operation in (FORGET, INTERRUPT, BATCH_FORGET):
        continue
    error, answer = 0, b""
    try:
        if operation in OPERATIONS:
            answer = OPERATIONS[operation](paths.get(node, ""), request[40:])
        else:
            error = errno.ENOSYS
    except OSError as e:
        error = e.errno
    try:
        os.write(device, struct.pack("<IiQ", 16 + len(answer), -error, unique) + answer)
    except OSError:
        # Nobody waits for it any more.
        pass
