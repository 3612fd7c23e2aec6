"""The exceptions that a user sees."""


class Problem(Exception):
    """Something that makes a measurement worthless. The message is one line: what was seen, and what was expected."""


class NoAnswer(Problem):
    """A load that ran its time without one answer: excusable in a JVM that has just started, and nowhere else."""
