#!/usr/bin/env python3
"""Checks a request signed by our client with PyPI's http-message-signatures.

Needs: pip install http-message-signatures requests
Usage: http_signature.py REQUEST.json

REQUEST.json: {"method", "url", "headers": {...}, "body": hex, "publicKey": PEM}; the test
`RequestSignatureTests` writes one when SALLYPORT_SIGNED_REQUEST names a file. Exits 0 when the
signature verifies and a request with another method, another path or another digest does not.
"""
import hashlib
import base64
import datetime
import json
import sys

import requests
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from http_message_signatures import (
    HTTPMessageVerifier, HTTPSignatureKeyResolver, InvalidSignature, algorithms)


class Resolver(HTTPSignatureKeyResolver):
    def __init__(self, pem):
        self.key = load_pem_public_key(pem.encode())

    def resolve_public_key(self, key_id):
        return self.key


def verify(case, **changes):
    values = {**case, **changes}
    request = requests.Request(
        values["method"], values["url"], headers=values["headers"],
        data=bytes.fromhex(values["body"])).prepare()
    verifier = HTTPMessageVerifier(
        signature_algorithm=algorithms.ED25519, key_resolver=Resolver(case["publicKey"]))
    return verifier.verify(request, max_age=datetime.timedelta(minutes=5))


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        case = json.load(file)
    results = verify(case)
    assert len(results) == 1
    covered = set(name.strip('"') for name in results[0].covered_components)
    assert covered == {
        "@method", "@authority", "@path", "@query", "content-digest", "@signature-params"}, covered
    digest = base64.b64encode(hashlib.sha256(bytes.fromhex(case["body"])).digest()).decode()
    assert case["headers"]["Content-Digest"] == f"sha-256=:{digest}:"
    altered = [
        {"method": "PUT"}, {"url": case["url"] + "x"},
        {"headers": {**case["headers"], "Content-Digest": "sha-256=:" + "A" * 43 + "=:"}},
    ]
    for change in altered:
        try:
            verify(case, **change)
        except InvalidSignature:
            continue
        sys.exit(f"accepted although changed: {change}")
    print("http-message-signatures accepts our signature and refuses 3 alterations")


if __name__ == "__main__":
    main()
