import http.client
import json
import os
import shutil
import socket
import subprocess
import tempfile
import threading
import time
import unittest
from contextlib import suppress
from pathlib import Path

from harness.servers import free_port

C = Path(__file__).resolve().parent.parent / "c"
LENGTH = 60_000
SECONDS = 20
STALL_SECONDS = 0.4


@unittest.skipUnless(shutil.which("gcc") or os.environ.get("CI") == "true", "no C compiler")
class ProgramsTest(unittest.TestCase):
    """The floors and the load generators, compiled as the benchmark compiles them, against each other."""

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = Path(folder.name)
        for source in C.glob("*.c"):
            command = ["gcc", "-O2", "-Wall", "-Wextra", "-Werror", "-o", str(cls.folder / source.stem), str(source)]
            subprocess.run(command, check=True, timeout=60)
        cls.content = os.urandom(LENGTH)
        (cls.folder / "file").write_bytes(cls.content)

    def floor(self, mode):
        """Its port, and the process."""
        port = free_port()
        process = subprocess.Popen([str(self.folder / "floor"), mode, str(port), str(self.folder / "file")])
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        deadline = time.monotonic() + SECONDS
        while time.monotonic() < deadline:
            with suppress(OSError):
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                return port, process
            time.sleep(0.01)
        self.fail(f"floor did not listen on {port}")

    def run_program(self, name, *arguments):
        command = [str(self.folder / name), *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return json.loads(done.stdout)

    def get(self, connection, **fields):
        connection.request("GET", "/any", headers=fields)
        response = connection.getresponse()
        return response.status, response.read()

    def test_floor_both_modes_whole_file_again_and_again(self):
        for mode in ("answer", "sendfile"):
            port, _ = self.floor(mode)
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS)
            self.addCleanup(connection.close)
            for _ in range(3):
                self.assertEqual(self.get(connection), (200, self.content), mode)

    def test_floor_sendfile_range_just_those_bytes(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.floor("sendfile")[0], timeout=SECONDS)
        self.addCleanup(connection.close)
        self.assertEqual(self.get(connection, Range="bytes=4097-5000"), (206, self.content[4097:5001]))
        self.assertEqual(self.get(connection), (200, self.content))

    def test_drain_whole_downloads_every_byte_counted(self):
        got = self.run_program("drain", self.floor("sendfile")[0], "/any", 3, 0.2)
        self.assertGreaterEqual(got["responses"], 3)
        self.assertEqual(got["bytes"], got["responses"] * LENGTH)

    def test_drain_with_a_rate_not_faster_and_once_only(self):
        got = self.run_program("drain", self.floor("sendfile")[0], "/file#", 2, 0.3, 40_000)
        # What comes with a head is taken at once, a head's limit of it at most.
        self.assertLessEqual(got["bytes"], 2 * (40_000 * got["seconds"] + 8192))
        self.assertGreater(got["bytes"], 0)
        self.assertEqual(got["responses"], 0)
        got = self.run_program("drain", self.floor("sendfile")[0], "/file#", 2, SECONDS / 2, 10_000_000)
        self.assertEqual((got["responses"], got["bytes"]), (2, 2 * LENGTH))

    def test_pace_every_request_that_falls_due_is_asked(self):
        got = self.run_program("pace", self.floor("answer")[0], "/any", 4, 200, 0.5)
        self.assertEqual(got["requests"], 100)
        self.assertTrue(0 < got["p50"] <= got["p99"] <= got["max"])

    def test_pace_server_stands_still_all_requests_due_meanwhile_are_late(self):
        with socket.create_server(("127.0.0.1", 0)) as listener:
            threading.Thread(target=answer_after_a_stall, args=(listener,), daemon=True).start()
            got = self.run_program("pace", listener.getsockname()[1], "/any", 1, 100, STALL_SECONDS)
        self.assertEqual(got["requests"], 100 * STALL_SECONDS)
        # Due evenly over the stall: half of them wait for half of it or longer. A closed loop would see one such request.
        self.assertGreater(got["p50"], STALL_SECONDS / 2 * 0.9 * 1e6)

    def test_idle_all_connections_still_answer(self):
        self.assertEqual(self.idle(lambda floor: None), {"answered": 5})

    def test_idle_server_gone_nobody_answers(self):
        def end(floor):
            floor.kill()
            floor.wait()

        self.assertEqual(self.idle(end), {"answered": 0})

    def idle(self, meanwhile):
        """What it prints at last if something is done to the floor while the connections are idle."""
        port, floor = self.floor("answer")
        command = [str(self.folder / "idle"), str(port), "/any", "5", str(SECONDS)]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        try:
            self.assertEqual(process.stdout.readline(), "ready\n")
            meanwhile(floor)
            said, _ = process.communicate("\n", timeout=SECONDS)
        finally:
            process.kill()
            process.wait()
        return json.loads(said)


def answer_after_a_stall(listener):
    """One connection: the first answer takes long, the others come at once."""
    connection, _ = listener.accept()
    with connection:
        connection.recv(4096)
        time.sleep(STALL_SECONDS)
        while True:
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx")
            if not connection.recv(4096):
                return


if __name__ == "__main__":
    unittest.main()
