"""Checks a receipt with aics-tlog, which is not ours: receipt.py KEY FILE."""

import base64
import json
import sys

from aics_tlog import parse_note, parse_vkey, verify_checkpoint, verify_leaf_inclusion

receipt = json.load(open(sys.argv[2]))
signed = verify_checkpoint(parse_note(receipt["checkpoint"]), parse_vkey(sys.argv[1]))
leaf = base64.b64decode(receipt["leaf"])
path = [base64.b64decode(hash) for hash in receipt["hashes"]]
place = receipt["leaf_index"]
if not signed.ok or not verify_leaf_inclusion(leaf, place, signed.size, path, signed.root):
    sys.exit("FALSE: this is no event of a log that this key signed")
print(f"{json.loads(leaf)['type']} is record {place + 1} of {signed.size}, as signed")
