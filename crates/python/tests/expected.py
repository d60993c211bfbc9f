"""Writes what CPython prints for the programs beside this file: run it with python3 (3.11 or later) after a change.

programs/NAME.py gives programs/NAME.out; errors.txt holds programs that fail, one after the other, and gives
errors.out: what each prints to standard error.
"""

import pathlib
import subprocess
import sys

here = pathlib.Path(__file__).parent
SEPARATOR = "\n#---\n"


def run(source):
    path = pathlib.Path("/tmp/main.py")
    path.write_text(source)
    done = subprocess.run([sys.executable, "main.py"], cwd="/tmp", capture_output=True, text=True)
    return done.stdout, done.stderr.replace(str(path), "main.py")


for program in sorted(here.glob("programs/*.py")):
    program.with_suffix(".out").write_text(run(program.read_text())[0])

programs = (here / "errors.txt").read_text().rstrip("\n").split(SEPARATOR)
(here / "errors.out").write_text(SEPARATOR.join(run(p + "\n")[1].rstrip("\n") for p in programs) + "\n")
