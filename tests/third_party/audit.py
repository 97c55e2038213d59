"""Audits a log that is served or laid out as C2SP tlog-tiles, with aics-tlog: every tile and
every entry against a checkpoint that is checked with a key from elsewhere.

audit.py KEY SOURCE [BEARER]
    SOURCE is a directory, or a URL, asked with BEARER as its key. Says one line of JSON; exits
    with 1 when anything does not hold.
"""

import json
import sys
import urllib.error
import urllib.request

from aics_tlog import audit_tiles, parse_note, parse_vkey, verify_checkpoint
from aics_tlog.tiles import FileSystemTileReader, entry_bundle_path, tile_path


class Served:
    """Tiles behind an address that wants a key."""

    def __init__(self, base, bearer):
        self.base, self.bearer = base.rstrip("/"), bearer

    def get(self, path):
        headers = {"Authorization": f"Bearer {self.bearer}"}
        request = urllib.request.Request(f"{self.base}/{path}", headers=headers)
        try:
            with urllib.request.urlopen(request) as answer:
                return answer.read()
        except urllib.error.HTTPError as error:
            if error.code == 404:
                return None
            raise

    def read_tile(self, level, index, width):
        return self.get(tile_path(level, index, width))

    def read_entry_bundle(self, index, width):
        return self.get(entry_bundle_path(index, width))


class Laid(FileSystemTileReader):
    """Tiles in a directory."""

    def __init__(self, root):
        super().__init__(root)
        self.root_dir = root

    def get(self, path):
        with open(f"{self.root_dir}/{path}", "rb") as file:
            return file.read()


def main(key, source, bearer=None):
    reader = Served(source, bearer) if source.startswith("http") else Laid(source)
    signed = verify_checkpoint(parse_note(reader.get("checkpoint")), parse_vkey(key))
    if not signed.ok:
        raise ValueError(f"the checkpoint does not hold: {signed.error}")
    report = audit_tiles(reader, signed.size, signed.root, entries=True)
    return {"size": report.size, "tiles": report.tiles, "bundles": report.bundles}


if __name__ == "__main__":
    try:
        print(json.dumps(main(*sys.argv[1:])))
    except Exception as error:  # whatever is wrong with the log, this is the answer
        print(json.dumps({"refused": f"{type(error).__name__}: {error}"}))
        sys.exit(1)
