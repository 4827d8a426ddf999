"""A console at a desk without a network: a folder is carried to it, and back."""
import re

from carried import Courier
from handling import Sender, pulled
from verifier import Verifier
from world import Broken


def by_folder(world, gateway, axe, shots):
    courier = Courier(world, gateway)
    courier.stick.mkdir()
    courier.stick.chmod(0o777)
    # So that nothing else waits.
    pulled(gateway)
    Sender(world, gateway, "who waits for the folder", ["office-a"])
    gateway.emptied()
    with Verifier(world, gateway, "lin", axe, shots, carry=courier.stick) as lin:
        lin.opens()
        lin.press("Fetch and send")
        text = lin.sees("A folder that is carried:", "the console says that it uses the folder")
        world.check("The network is not used." in text, "and no network", text)
        text = lin.works("Fetch now", "Fetching")
        world.check("from-dispatch/inbox: not there" in text, "an empty folder is told as one", text)
        lin.looks("carried-empty")
        courier.export("1 frame(s)")
        text = lin.works("Fetch now", "Fetching")
        names = re.findall(r"case ([0-9a-f]{12}): something new", text)
        world.check(len(names) == 1, "a tip arrives at the console by the folder", text)
        lin.opens_case(names[0])
        lin.sees("我是河北人", "and can be read")
        text = courier.takes()
        world.check("0 refused" in text, "dispatch takes what the console confirmed", text)
        courier.export("0 frame(s)")
        problems = [each for each in lin.do("problems") if "status of 4" not in each]
        if problems:
            raise Broken(f"nothing goes wrong in the browser\n{problems}")
