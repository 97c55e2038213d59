"""A witness made of aics-tlog.

witness.py key                says its public key
witness.py sign NOTE          says its signature line under the checkpoint in a file
witness.py quorum NOTE KEY    whether the log of this key and this witness signed it
"""

import base64
import sys
import time

from aics_tlog import cosignature_vkey, format_vkey, parse_checkpoint, parse_note, parse_vkey
from aics_tlog import sign_cosignature, verify_checkpoint
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

NAME = "witness.example/w1"
SECRET = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
WITNESS = cosignature_vkey(NAME, SECRET.public_key())

match sys.argv[1:]:
    case ["key"]:
        print(format_vkey(WITNESS))
    case ["sign", file]:
        seen = parse_checkpoint(parse_note(open(file).read()).text)
        now = int(time.time())
        line = sign_cosignature(SECRET, NAME, now, seen.origin, seen.size, seen.root)[1]
        print("—", line.name, base64.b64encode(line.key_id + line.signature).decode())
    case ["quorum", file, key]:
        note = parse_note(open(file).read())
        seen = verify_checkpoint(note, parse_vkey(key), [WITNESS], quorum=1)
        sys.exit(None if seen.ok else f"refused: {seen.error}")
