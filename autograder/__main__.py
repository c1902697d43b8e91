"""The command line: `autograder build`, `release`, `verify` and the rest, each loaded only when it is called."""

from __future__ import annotations

import importlib
import sys

import click

__all__ = ["main"]

# name -> (where its click command is, one line for --help)
COMMANDS = {
    "build": ("autograder.cli.author:build", "Make the solution notebooks from their source text."),
    "release": ("autograder.cli.author:release", "Build, then make the students' notebooks and dist/student/."),
    "grade": ("autograder.cli.instructor:grade", "Grade what was handed in: submitted/ becomes gradebook.db."),
    "feedback": ("autograder.cli.instructor:feedback", "Write a page for each graded submission, into feedback/."),
    "check": ("autograder.cli.instructor:check", "Grade one notebook and print the verdicts; writes nothing."),
    "report": ("autograder.cli.instructor:report", "Show how the class did, and what it believed before it knew."),
    "demo": ("autograder.cli.demo:demo", "Make a class of 30 and take it from release to feedback, in demo/."),
    "new": ("autograder.cli.new:new", "Begin a lesson or an exercise: it builds, and says what to fill in."),
    "verify": ("autograder.cli.author:verify", "Prove the course: scores, misconceptions, leaks, freshness."),
}


ALIASES = {"try": "check"}  # old names, which --help does not list


class LazyGroup(click.Group):
    """A group whose commands are imported when they are called: `--help` stays fast."""

    def list_commands(self, context: click.Context) -> list[str]:
        """All commands, in the order in which an author meets them."""
        return list(COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        """Import the command `name`; None if there is none."""
        name = ALIASES.get(name, name)
        if name not in COMMANDS:
            return None
        module, function = COMMANDS[name][0].split(":")
        command: click.Command = getattr(importlib.import_module(module), function)
        return command

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.command(cls=LazyGroup)
def main() -> None:
    """Build, release, prove and grade an interactive course."""


if __name__ == "__main__":
    sys.exit(main(prog_name="autograder"))
