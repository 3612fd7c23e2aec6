import hashlib
import tempfile
import threading
import unittest
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from harness.answers import Check, check_answer
from harness.problem import Problem
from harness.site import SiteFile

BODY = b"body"
FILE = Check(SiteFile("/f", len(BODY), hashlib.sha256(BODY).hexdigest(), Path("unused")))


def serve(status=200, body=BODY, close=False, coding=None):
    """A server of one answer, on a port of its own."""

    class Answer(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            if coding:
                self.send_header("Content-Encoding", coding)
            if close:
                self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    return server


class CheckAnswerTest(unittest.TestCase):
    def check(self, **answer):
        server = serve(**answer)
        try:
            return check_answer("peer", server.server_port, FILE)
        finally:
            server.shutdown()
            server.server_close()

    def test_check_answer_right_file_head_described(self):
        head = self.check()
        self.assertEqual(head.fields, ["Server", "Date", "Content-Length"])
        self.assertGreater(head.length, len("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n"))

    def test_check_answer_wrong_answers_refused_by_what_is_wrong(self):
        faults = {
            "status is 404 .expected: 200": {"status": 404},
            "Content-Length is 5 .expected: 4": {"body": b"body!"},
            "sha256 is": {"body": b"bodY"},
            "keep-alive is False": {"close": True},
            "Content-Encoding is gzip": {"coding": "gzip"},
        }
        for message, answer in faults.items():
            with self.subTest(message), self.assertRaisesRegex(Problem, "peer: GET /f: " + message):
                self.check(**answer)

    def test_check_answer_nobody_listens_one_line(self):
        server = serve()
        server.shutdown()
        server.server_close()
        with self.assertRaisesRegex(Problem, "^peer: GET /f failed: ConnectionRefusedError"):
            check_answer("peer", server.server_port, FILE)


class CheckRangeTest(unittest.TestCase):
    def test_digest_of_a_range_is_that_of_its_bytes(self):
        with tempfile.NamedTemporaryFile() as source:
            source.write(b"0123456789")
            source.flush()
            check = Check(SiteFile("/f", 10, "", Path(source.name)), "identity", 3, 6)
            self.assertEqual((check.status, check.length), (206, 4))
            self.assertEqual(check.digest(), hashlib.sha256(b"3456").hexdigest())


if __name__ == "__main__":
    unittest.main()
