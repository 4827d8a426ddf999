"""Years later: an auditor without a network or a key; and an office whose key must be stopped."""
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
    out, error = gateway.at_desk("revoke", office.name)
    world.check(office.bundle.name[:12] in out or "open" in (out + error),
                f"revoking {office.name} lists what its key could open", out + error)
    world.say(out)
