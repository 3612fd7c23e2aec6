"""Runs a command in a pseudo-terminal, step by step, and tells what it wrote and how it left the terminal.

    terminal.py COLUMNS ROWS STEP... -- COMMAND...

A step is see:TEXT (wait until it is written, after what the step before waited for), type:TEXT (with \\x escapes),
signal:NAME, or size:COLUMNSxROWS; each is told on standard error when it is done. Prints a JSON object: exit (null if it was stopped by the deadline), missed (the step
at which that was), restored (whether the line discipline is what it was), output.
"""
import fcntl
import json
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time

DEADLINE = time.monotonic() + 60


class Session:
    def __init__(self, columns, rows, command):
        self.output = b""
        self.seen = 0
        # Both ends stay open here, so that the terminal outlives the command.
        self.master, self.slave = pty.openpty()
        self.resize(columns, rows)
        self.before = termios.tcgetattr(self.slave)
        self.pid = os.fork()
        if self.pid == 0:
            os.setsid()
            # Whoever started the tests may have them ignored, as nohup does; a terminal's programs do not inherit that.
            for ended in (signal.SIGHUP, signal.SIGINT, signal.SIGTERM):
                signal.signal(ended, signal.SIG_DFL)
            fcntl.ioctl(self.slave, termios.TIOCSCTTY, 0)
            for standard in range(3):
                os.dup2(self.slave, standard)
            os.closerange(3, 256)
            os.execvp(command[0], command)

    def resize(self, columns, rows):
        fcntl.ioctl(self.slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def read(self):
        readable, _, _ = select.select([self.master], [], [], 0.02)
        if readable:
            self.output += os.read(self.master, 65536)
        return bool(readable)

    def see(self, text):
        while (found := self.output.find(text, self.seen)) < 0:
            if time.monotonic() > DEADLINE:
                return False
            self.read()
        self.seen = found + len(text)
        return True

    def do(self, step):
        word, _, text = step.partition(":")
        octets = text.encode().decode("unicode_escape").encode("latin-1")
        if word == "see":
            return self.see(octets)
        if word == "type":
            os.write(self.master, octets)
        elif word == "signal":
            os.kill(self.pid, getattr(signal, "SIG" + text))
        elif word == "size":
            self.resize(*(int(number) for number in re.findall("[0-9]+", text)))
        else:
            sys.exit("terminal.py: " + step + ": no step")
        return True

    def perform(self, step):
        done = self.do(step)
        print(step, file=sys.stderr, flush=True)
        return done

    def end(self):
        """Its exit code, as a shell tells it."""
        while time.monotonic() < DEADLINE:
            while self.read():
                pass
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                while self.read():
                    pass
                code = os.waitstatus_to_exitcode(status)
                return code if code >= 0 else 128 - code
        return None


def main():
    separator = sys.argv.index("--")
    session = Session(int(sys.argv[1]), int(sys.argv[2]), sys.argv[separator + 1 :])
    missed = next((step for step in sys.argv[3:separator] if not session.perform(step)), None)
    code = session.end() if missed is None else None
    restored = termios.tcgetattr(session.slave) == session.before
    if code is None:
        os.kill(session.pid, signal.SIGKILL)
    print(
        json.dumps(
            {"exit": code, "missed": missed, "restored": restored, "output": session.output.decode("latin-1")}
        )
    )


main()
