"""Years later: an auditor without a network or a key; and an office whose key must be stopped."""
import re
import tarfile


def is_audited(world, gateway, office):
    """The bundle, then its entry in the custody log alone, against a policy file."""
    policy = world.path("auditor", "log.policy")
    vkey = (gateway.keys / "log.vkey").read_text().strip()
    policy.write_text(f"log {vkey}\nquorum none\n")
    out, _ = world.run(
        "sallyport", "audit", "bundle", "--root-key", gateway.vkey, "--directory", gateway.note,
        "--earlier", gateway.keys / "directory-1.note", "--policy", policy, office.bundle)
    world.check("whole and genuine" in out, "an auditor without any key finds the bundle genuine", out)
    with tarfile.open(office.bundle) as tar:
        for name in ("custody/release.event", "custody/release.tlog-proof"):
            world.path("auditor", name.split("/")[1]).write_bytes(tar.extractfile(name).read())
    entry = ["--policy", policy, "--event", world.path("auditor", "release.event"), "--proof",
             world.path("auditor", "release.tlog-proof")]
    out, _ = world.run("sallyport", "audit", "entry", *entry)
    world.check("holds this entry" in out, "the custody log holds the release", out)
    world.say(out)
    policy.write_text(f"log {gateway.vkey.read_text().strip()}\nquorum none\n")
    _, error = world.run("sallyport", "audit", "entry", *entry, expect="failure")
    world.check("policy" in error, "a policy that believes another log refuses it", error)


def is_revoked(world, gateway, office):
    """The key of one office is stopped, and what it could open is listed."""
    out, _ = gateway.at_desk("revoke", office.name)
    # A bundle's file is called after the first digits of its digest.
    line = next((line for line in out.splitlines()
                 if line.startswith("bundle " + office.bundle.name.split(".")[0])), "")
    world.check("whoever has the key can read it" in line and "it is stopped now" in line,
                f"revoking {office.name} lists the bundle its key could open, and stops it", out)
    with tarfile.open(office.bundle) as tar:
        parts = [name for name in tar.getnames() if name.startswith("parts/")]
    listed = re.findall(r"^ {4}payload [0-9a-f]{64}$", out, re.M)
    world.check(parts and len(listed) == len(parts),
                f"and every one of its {len(parts)} parts by its payload", out)
    world.check("Keys/revoked.toml" in out, "and says what the root must sign next", out)
    world.say(out)
