"""The one exception that a user sees."""


class Problem(Exception):
    """Something that makes the run worthless. The message is one line: what was seen, and what was expected."""
