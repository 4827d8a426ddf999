#!/usr/bin/env python3
"""Post-quantum containers of ours opened, and others made for us, by code that shares nothing with
ours: PyPI's cryptography (its own OpenSSL) for HPKE with X-Wing, and this page for the rest of age.

Usage: hybrid.py BINARIES
"""
import base64
import hashlib
import hmac
import os
import pathlib
import subprocess
import sys
import tempfile

from cryptography.hazmat.primitives import hashes, hpke
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

SUITE = hpke.Suite(hpke.KEM.MLKEM768_X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.CHACHA20_POLY1305)
INFO = b"age-encryption.org/mlkem768x25519"
ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
CHUNK = 65536


def unbech32(text):
    """The data of a Bech32 text; its checksum was for its writer to get right."""
    values = [ALPHABET.index(letter) for letter in text.lower().rsplit("1", 1)[1][:-6]]
    bits = "".join(f"{value:05b}" for value in values)
    return bytes(int(bits[i:i + 8], 2) for i in range(0, len(bits) // 8 * 8, 8))


def derive(key, salt, info):
    return HKDF(hashes.SHA256(), 32, salt, info).derive(key)


def text(data):
    return base64.b64encode(data).rstrip(b"=")


def untext(data):
    return base64.b64decode(data + b"=" * (-len(data) % 4))


def mac(file_key, header):
    return hmac.new(derive(file_key, b"", b"header"), header, hashlib.sha256).digest()


class Key:
    """An identity of ours, read by others' code."""

    def __init__(self, path):
        line = [x for x in path.read_text().splitlines() if x.startswith("AGE-SECRET-KEY-PQ-")][0]
        halves = hashlib.shake_256(unbech32(line)).digest(96)
        mlkem = MLKEM768PrivateKey.from_seed_bytes(halves[:64])
        x25519 = X25519PrivateKey.from_private_bytes(halves[64:])
        self.private = hpke.MLKEM768X25519PrivateKey(mlkem, x25519)
        self.public = hpke.MLKEM768X25519PublicKey(mlkem.public_key(), x25519.public_key())

    def open(self, container):
        version, stanza, body, rest = container.split(b"\n", 3)
        assert version == b"age-encryption.org/v1"
        arrow, kind, encapsulated = stanza.split(b" ")
        assert (arrow, kind) == (b"->", b"mlkem768x25519")
        file_key = SUITE.decrypt(untext(encapsulated) + untext(body), self.private, INFO)
        closing, payload = rest.split(b"\n", 1)
        header = b"\n".join([version, stanza, body, b"---"])
        assert closing == b"--- " + text(mac(file_key, header)), "the header's MAC is another"
        return open_payload(file_key, payload)

    def seal(self, plaintext):
        file_key = os.urandom(16)
        wrapped = SUITE.encrypt(file_key, self.public, INFO)
        header = b"\n".join([
            b"age-encryption.org/v1", b"-> mlkem768x25519 " + text(wrapped[:1120]),
            text(wrapped[1120:]), b"---"])
        return header + b" " + text(mac(file_key, header)) + b"\n" + payload(file_key, plaintext)


def nonces(count):
    for number in range(count):
        yield number.to_bytes(11, "big") + bytes([number == count - 1])


def open_payload(file_key, payload):
    cipher = ChaCha20Poly1305(derive(file_key, payload[:16], b"payload"))
    chunks = [payload[i:i + CHUNK + 16] for i in range(16, len(payload), CHUNK + 16)]
    return b"".join(
        cipher.decrypt(nonce, chunk, b"") for nonce, chunk in zip(nonces(len(chunks)), chunks))


def payload(file_key, plaintext):
    nonce = os.urandom(16)
    cipher = ChaCha20Poly1305(derive(file_key, nonce, b"payload"))
    chunks = [plaintext[i:i + CHUNK] for i in range(0, len(plaintext), CHUNK)] or [b""]
    return nonce + b"".join(
        cipher.encrypt(number, chunk, b"") for number, chunk in zip(nonces(len(chunks)), chunks))


def main():
    binaries = pathlib.Path(sys.argv[1]).resolve()
    checks = 0
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "key")
        subprocess.run([binaries / "sallyport", "keygen", "-o", path], check=True,
                       stderr=subprocess.DEVNULL)
        recipient = [x.split()[-1] for x in path.read_text().splitlines() if "public" in x][0]
        key = Key(path)
        for length in (0, 1, 65535, 65536, 65537, 1048576, 3000000):
            plaintext = os.urandom(length)
            ours = subprocess.run([binaries / "sallyport", "seal", "-r", recipient],
                                  input=plaintext, stdout=subprocess.PIPE, check=True).stdout
            assert key.open(ours) == plaintext, f"{length} bytes sealed by us"
            theirs = subprocess.run([binaries / "sallyport-agency", "open", "-i", path],
                                    input=key.seal(plaintext), stdout=subprocess.PIPE, check=True)
            assert theirs.stdout == plaintext, f"{length} bytes sealed by cryptography"
            checks += 2
        altered = bytearray(key.seal(b"hello"))
        altered[100] ^= 1
        refused = subprocess.run([binaries / "sallyport-agency", "open", "-i", path],
                                 input=bytes(altered), capture_output=True)
        assert refused.returncode != 0 and not refused.stdout, "an altered header opened"
    print(f"hybrid: {checks + 1} checks with PyPI's cryptography")


main()
