#!/usr/bin/env bash
# Finds a Python that the third-party verifier runs on, and installs the verifier into a
# directory of its own below target/. Says the path of that Python; what is there is kept.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
venv=target/third-party

[ -x "$venv/bin/aics-tlog" ] || {
  new_enough() { "$1" -c 'import sys, ensurepip; sys.exit(sys.version_info < (3, 12))' 2>/dev/null; }
  found=
  for python in python3 python3.14 python3.13 python3.12 \
    "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.1[2-9].*/bin/python3; do
    new_enough "$python" && { found=$python; break; }
  done
  [ -n "$found" ] || {
    echo 'aics-tlog needs Python 3.12 or later, with venv: install one beside the' \
      'system'"'"'s own, for instance with `pyenv install 3.12` or `uv python install 3.12`' >&2
    exit 1
  }
  rm -rf "$venv"
  "$found" -m venv "$venv"
  "$venv/bin/pip" install --quiet --disable-pip-version-check aics-tlog==0.2.1 >&2
}
echo "$PWD/$venv/bin/python3"
