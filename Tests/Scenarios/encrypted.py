#!/usr/bin/env python3
"""Both doors over TLS, spoken to by our own programs, and never without it but on loopback.

  encrypted.py --binaries DIR
"""
import argparse
import re
import socket
import ssl
import subprocess
import sys
import warnings

from gateway import Gateway, yaml
from world import Broken, World


class EncryptedGateway(Gateway):
    """A gateway whose doors have a certificate that this scenario signed."""

    def certify(self):
        folder = self.world.path("tls", "x").parent
        self.certificate, self.key = folder / "door.pem", folder / "door.key"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
             "-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext",
             "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", self.key, "-out",
             self.certificate], check=True, capture_output=True)
        # The doors' users read it; a real one is put there by the operator.
        folder.chmod(0o755)
        self.certificate.chmod(0o644)
        self.key.chmod(0o644)

    @property
    def door(self):
        return f"https://127.0.0.1:{self.intake_port}"

    @property
    def partners(self):
        return f"https://127.0.0.1:{self.dispatch_port}"

    @property
    def tls(self):
        return {"certificate": self.certificate, "key": self.key}

    def dispatch_config(self):
        config = super().dispatch_config()
        with config.open("a") as file:
            file.write(yaml({"tls": self.tls}))
        return config

    def start_dispatch(self):
        config = self.dispatch_config()
        self.world.run("sallyport-dispatch", "adopt-directory", "--config", config, self.note)
        self.dispatch = self.world.start(
            "dispatch", "sallyport-dispatch", "serve", "--config", config,
            ready=self.answers(self.dispatch_port))

    def answers(self, port):
        def ready():
            try:
                return "200" in self.request(port).split("\r\n")[0]
            except OSError:
                return False
        return ready

    def request(self, port, version=None):
        context = ssl.create_default_context(cafile=str(self.certificate))
        if version:
            # Without this the client itself refuses old versions, and the door is not asked.
            context.set_ciphers("DEFAULT@SECLEVEL=0")
            context.minimum_version = context.maximum_version = version
        with socket.create_connection(("127.0.0.1", port), timeout=5) as plain:
            with context.wrap_socket(plain, server_hostname="localhost") as secure:
                secure.sendall(b"GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                return b"".join(iter(lambda: secure.recv(4096), b"")).decode()


def play(world, gateway):
    world.step("The doors over TLS")
    gateway.certify()
    gateway.ceremony()
    gateway.start_dispatch()
    config = world.path("config", "intake.yaml")
    settings = gateway.intake_settings(tls=gateway.tls)
    config.write_text(yaml(settings))
    gateway.intake = world.start(
        "intake", "sallyport-intake", "serve", "--config", config,
        ready=gateway.answers(gateway.intake_port))
    world.check("up" in gateway.request(gateway.intake_port), "it answers over TLS")
    with socket.create_connection(("127.0.0.1", gateway.intake_port), timeout=5) as plain:
        plain.sendall(b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n")
        plain.settimeout(5)
        try:
            heard = plain.recv(4096)
        except OSError:
            heard = b""
    world.check(b"HTTP/1.1 200" not in heard, "without TLS it says nothing")
    try:
        gateway.request(gateway.intake_port, ssl.TLSVersion.TLSv1_1)
        raise Broken("TLS 1.1 was accepted")
    except OSError as error:
        world.check("ALERT" in str(error), "TLS 1.1 is refused by the door", str(error))
    our_programs(world, gateway)
    open_to_all = world.path("config", "open.yaml")
    del settings["tls"]
    open_to_all.write_text(yaml(dict(settings, listen={"host": "0.0.0.0", "port": 1})))
    _, error = world.run(
        "sallyport-intake", "check-config", "--config", open_to_all, expect="failure")
    world.check("tls" in error.lower(), "it does not listen to the world without TLS", error)


def our_programs(world, gateway):
    """A reporter and an office, each with the certificates they were told to trust."""
    tip = world.path("mother", "tip.json")
    tip.write_text('{"report": {"narrative": "over TLS"}}')
    photo = world.path("mother", "photo.jpg")
    photo.write_bytes(b"\xff\xd8" * 50_000)
    door = ["--to", gateway.door, "--root-key", gateway.vkey]
    trusting = ["--certificates", gateway.certificate]
    out, _ = world.run("sallyport", "submit", *door, *trusting, "--tip", tip, "--evidence", photo)
    world.check("Evidence safely stored" in out, "a tip and its evidence go out over TLS", out)
    receipt = re.search(r"(\d{4} ){4}\d{4}", out).group()
    out, _ = world.run("sallyport", "status", *door, *trusting, lines=[receipt])
    world.check(out.strip(), "her mailbox is looked into over TLS", out)
    _, error = world.run("sallyport", "submit", *door, "--tip", tip, expect="failure")
    world.check("cannot be reached" in error, "a certificate nobody vouched for is not believed", error)
    fetch = ["fetch", "--home", gateway.home("office-a"), "--from", gateway.partners,
             "--directory", gateway.note, "--into", world.root / "offices" / "office-a-bundles"]
    world.run("sallyport-agency", *fetch, *trusting)
    world.check(True, "an office asks the partners' door over TLS")
    world.run("sallyport-agency", *fetch, expect="failure")
    world.check(True, "and believes no other certificate either")


def main():
    warnings.simplefilter("ignore", DeprecationWarning)
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--binaries", default=".build/debug")
    world = World(parser.parse_args().binaries)
    try:
        play(world, EncryptedGateway(world))
        print(f"\n{world.held} claims held.")
        return 0
    except Broken as broken:
        print(f"\n✗ {broken}", file=sys.stderr)
        return 1
    finally:
        world.close()


if __name__ == "__main__":
    sys.exit(main())
