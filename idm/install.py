"""Makes the virtual environment and installs the locked packages; needs nothing but Python 3.11 or later.

`python3 idm/install.py requirements.txt`: a second call with the same lock does nothing.
"""

import fcntl
import hashlib
import importlib.util
import os
import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
VENV = CHECKOUT / ".venv"
RUNTIME, EVERYTHING = "requirements.txt", "requirements-dev.txt"


def stamp(lock: str) -> str:
    """What an installation depends on: the lock, this Python, and the place of the checkout."""
    parts = [(CHECKOUT / lock).read_bytes(), sys.version.encode(), os.fsencode(CHECKOUT)]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def installed(lock: str) -> bool:
    """Whether the lock is installed; the development lock contains the runtime one."""
    for name in {lock, EVERYTHING}:
        file = VENV / f".installed-{name}"
        if file.exists() and file.read_text() == stamp(name):
            return True
    return False


def refusal() -> str:
    """Why nothing can be installed here, or an empty text."""
    if sys.version_info < (3, 11):  # noqa: UP036 - this file runs before anything was checked
        return f"Python 3.11 or later is needed, and this is {sys.version.split()[0]}: PYTHON=python3.12 make ..."
    if not importlib.util.find_spec("venv") or not importlib.util.find_spec("ensurepip"):
        return "Python cannot make virtual environments here: apt-get install python3-venv"
    return ""


def install(lock: str) -> None:
    """Make the environment where it is missing or was made elsewhere, and install the lock into it."""
    # pip asks a rustc for its version, and one that was never used would make itself a folder at home.
    os.environ["RUSTUP_HOME"] = str(CHECKOUT / "var/home")
    marker = VENV / ".made-for"
    made_for = f"{CHECKOUT}\n{sys.version}\n"
    if not marker.exists() or marker.read_text() != made_for:
        print("Making a virtual environment in .venv", flush=True)
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=True)
        marker.write_text(made_for)
    print(f"Installing the packages of {lock} (checked by their hashes)", flush=True)
    # Without pip's cache: nothing is written outside the checkout.
    pip = [str(VENV / "bin/python"), "-m", "pip", "install", "--quiet", "--no-cache-dir", "--disable-pip-version-check"]
    subprocess.run([*pip, "--require-hashes", "--only-binary=:all:", "-r", lock], check=True, cwd=CHECKOUT)
    (VENV / f".installed-{lock}").write_text(stamp(lock))


def main() -> int:
    """Install the lock that is named, unless it is."""
    lock = sys.argv[1] if len(sys.argv) > 1 else RUNTIME
    if why_not := refusal():
        print(why_not, file=sys.stderr)
        return 1
    (CHECKOUT / "var").mkdir(exist_ok=True)
    with open(CHECKOUT / "var/install.lock", "w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)  # `make run` and `make test` may start together
        if not installed(lock):
            try:
                install(lock)
            except subprocess.CalledProcessError as error:
                print(f"The installation failed: {error}", file=sys.stderr)
                return 1
            except KeyboardInterrupt:
                print("\nStopped; the next start installs again.", file=sys.stderr)
                return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
