"""Verifies a DSSE envelope with PyPI's securesystemslib.

    dssecheck.py ENVELOPE THRESHOLD KEY.pem...

Shares no code with the gateway: keys come from PEM, their IDs are computed here.
"""

import hashlib
import json
import sys

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key
from securesystemslib.dsse import Envelope
from securesystemslib.signer import SSlibKey


def key(path):
    with open(path, "rb") as file:
        public = load_pem_public_key(file.read())
    raw = public.public_bytes(Encoding.Raw, PublicFormat.Raw)
    return SSlibKey.from_crypto(public, keyid=hashlib.sha256(raw).hexdigest())


with open(sys.argv[1], encoding="utf-8") as file:
    envelope = Envelope.from_dict(json.load(file))
accepted = envelope.verify([key(path) for path in sys.argv[3:]], int(sys.argv[2]))
print("verified:", len(accepted), "signatures over", envelope.payload_type)
