#!/usr/bin/env bash
# Installs the third-party verifier into a directory of its own below target/, and says the path
# of the Python that runs it; what is there is kept.
#
# aics-tlog asks for Python 3.12, but uses nothing that 3.11 has not: it runs on Debian 12's own.
# So that one package, pinned, is installed without asking; what it needs is resolved for the
# Python that is here, and checked with all its modules before anything is judged with it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
venv=target/third-party

[ -e "$venv/whole" ] || {
  python3 -c 'import sys, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || {
    echo 'the verifier needs a python3 of version 3.11 or later, with venv' >&2
    exit 1
  }
  rm -rf "$venv"
  python3 -m venv "$venv"
  pip=("$venv/bin/pip" --quiet --disable-pip-version-check)
  "${pip[@]}" install cryptography==50.0.2 >&2
  "${pip[@]}" install --no-deps --ignore-requires-python aics-tlog==0.2.1 >&2
  "$venv/bin/python3" - >&2 <<'PYTHON'
import importlib, pkgutil
import aics_tlog

for module in pkgutil.iter_modules(aics_tlog.__path__, "aics_tlog."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
PYTHON
  touch "$venv/whole"
}
echo "$PWD/$venv/bin/python3"
