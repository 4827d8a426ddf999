"""Eleven more people who write, beside the mother: a desk that one can click through.

Nobody in them exists; telephone numbers are of ranges that are given to nobody. Every part and every
file is real: the desk opens, examines and orders them like any other.
"""
import json
import re
import subprocess
from datetime import date, timedelta

import evidence
import handling
import inputs
import reporter
from world import Broken

RECRUITER = "+855 00 555 0117"


def day(ahead):
    return (date.today() + timedelta(days=ahead)).isoformat()


def father_in_vietnam():
    return {
        "language": "vi",
        "urgency": {"danger": ["medical"], "reason": "Con tôi sốt cao, không có thuốc."},
        "report": {"narrative": (
            "Con trai tôi tên Nguyễn Văn Thử, 24 tuổi. Có người gọi từ số " + RECRUITER +
            " hứa việc làm ở Bavet, lương 20 triệu. Giờ cháu bị nhốt, không cho về.")},
        "person": {"people": [{"names": ["Nguyễn Văn Thử"], "age": "24"}]},
        "place": {"site": "Bavet", "asOf": day(-9)},
        "perpetrators": {"accounts": ["Zalo " + RECRUITER]},
    }


def aunt_in_vietnam():
    """Of the same young man, after the same call."""
    return {
        "language": "vi",
        "report": {"narrative": (
            "Cháu tôi tên Nguyen Van Thu, bị lừa sang Campuchia. Người gọi dùng số " + RECRUITER +
            ". Cháu nhắn tin nói đang ở Bavet và bị đánh.")},
        "person": {"people": [{"names": ["Nguyen Van Thu"], "age": "24"}]},
        "perpetrators": {"accounts": [RECRUITER]},
    }


def sister_in_myanmar():
    """Typed on an old phone, in Zawgyi."""
    return {
        "language": "my",
        "urgency": {"danger": ["child"]},
        "report": {"narrative": (
            "လူကုန္ကူးခံရတဲ့ ညီမေလးကို ကယ္ေပးပါ။ ျမဝတီကို ေခၚသြားတယ္။ "
            "သူ႔ဖုန္းကို သိမ္းထားတယ္။")},
        "person": {"people": [{"names": ["မင္းေအာင္"], "age": "16"}]},
        "place": {"site": "ျမဝတီ"},
    }


def who_got_out_in_ethiopia():
    return {
        "language": "am",
        "report": {"narrative": (
            "ከሁለት ወር በፊት አመለጥኩ። ሁለት ጓደኞቼ አሁንም እዚያ አሉ። የውሉን ፎቶ ልኬያለሁ።")},
        "reporter": {"who": "ራሴ", "contact": "በዚህ ገጽ ብቻ", "safeToReply": True},
        "place": {"site": "KK Park", "building": "C", "asOf": day(-61)},
        "compelled": {"account": "በኢንተርኔት ሰዎችን እንዳታልል አስገድደውኛል።"},
    }


def sister_in_indonesia():
    return {
        "language": "id",
        "urgency": {"danger": ["ransom"], "reason": "Mereka minta 80 juta rupiah.",
                    "deadline": day(1)},
        "report": {"narrative": (
            "Adik saya berangkat karena lowongan di Telegram @kerja_contoh_demo. Sekarang mereka"
            " minta uang tebusan 80 juta rupiah, atau dia dijual lagi.")},
        "person": {"people": [{"names": ["Sari Contoh"], "sex": "perempuan"}]},
        "perpetrators": {"accounts": ["Telegram @kerja_contoh_demo"],
                         "demand": {"amount": "80000000", "currency": "IDR", "deadline": day(1)}},
    }


def who_got_out_in_thailand():
    return {
        "language": "th",
        "report": {"narrative": (
            "ผมเป็นล่ามอยู่ที่นั่นสี่เดือน มีคนไทยอีกประมาณสิบคนอยู่ชั้นสี่ ผมแนบเอกสารกฎของที่ทำงานมาด้วย")},
        "place": {"site": "Shwe Kokko", "floor": "4", "asOf": day(-20)},
        "compelled": {"account": "ถูกบังคับให้แปลข้อความหลอกลวง"},
    }


def brother_in_india():
    return {
        "language": "hi",
        "urgency": {"danger": ["transfer"], "reason": "कल उसे दूसरी कंपनी को बेच देंगे।"},
        "report": {"narrative": (
            "मेरे भाई ने कल रात फोन किया। कहा कि उसे कल किसी और कंपनी को बेच देंगे। उसका पासपोर्ट ले लिया है।")},
        "person": {"people": [{"names": ["राहुल नमूना", "Rahul Namuna"]}]},
    }


def father_in_pakistan():
    return {
        "language": "ur",
        "urgency": {"danger": ["life"]},
        "report": {"narrative": (
            "میرے بیٹے نے آواز کا پیغام بھیجا ہے۔ وہ کہتا ہے کہ اسے بجلی کے جھٹکے دیے جاتے ہیں۔")},
        "person": {"people": [{"names": ["احمد مثال"]}]},
    }


def who_got_out_in_english():
    return {
        "language": "en",
        "report": {"narrative": (
            "I was a manager's driver. I saved what they sent us in the chat. There is <b>more</b> on"
            " my old phone. Their wallet is written in the file.")},
        "reporter": {"who": "someone who was inside", "safeToReply": False},
        "compelled": {"account": "I drove people there. I did not know at first."},
    }


def grandfather_in_taiwan():
    """The mother's case, told by somebody else in other characters."""
    return {
        "language": "zh-Hant",
        "report": {"narrative": (
            "我孫子王小明去雲南打工，後來被賣到緬甸的 KK園區，關在B區7棟，要25萬元才放人。")},
        "person": {"people": [{"names": ["王小明"], "age": "23"}]},
        "place": {"site": "KK園區", "building": "B區7棟"},
    }


def advertisement():
    return {
        "language": "en",
        "report": {"narrative": "Cheap followers and likes, best prices, write to us today!!!"},
    }


def contract(path):
    inputs.photo(path)


def rules(path):
    path.write_bytes(evidence.docx("Rules: who does not reach the number of the day stands all night."))


def chat(path):
    path.write_text("boss: send to wallet (demo, not real)\n<script>alert(1)</script>\n"
                    "boss: new people come on Monday\n")


def voice(path):
    _ffmpeg("-f", "lavfi", "-i", "sine=frequency=330:duration=3", path)


def clip(path):
    _ffmpeg("-f", "lavfi", "-i", "testsrc=size=320x240:rate=10:duration=3", "-pix_fmt", "yuv420p",
            path)


def packed(path):
    path.write_bytes(evidence.zipped(
        [("notice.pdf", evidence.pdf()), ("door.png", evidence.png(64, 48))]))


def _ffmpeg(*arguments):
    subprocess.run(["ffmpeg", "-nostdin", "-loglevel", "error", "-y", *map(str, arguments)],
                   check=True)


# Who writes, and the file that comes with it, under the name that its sender gave it.
PEOPLE = {
    "father in Vietnam": (father_in_vietnam, "hop-dong.jpg", contract),
    "aunt in Vietnam": (aunt_in_vietnam, None, None),
    "sister in Myanmar": (sister_in_myanmar, None, None),
    "who got out, in Ethiopia": (who_got_out_in_ethiopia, "ውል.jpg", contract),
    "sister in Indonesia": (sister_in_indonesia, "bukti.zip", packed),
    "who got out, in Thailand": (who_got_out_in_thailand, "กฎ.docx", rules),
    "brother in India": (brother_in_india, "video.mp4", clip),
    "father in Pakistan": (father_in_pakistan, "آواز.ogg", voice),
    "who got out, in English": (who_got_out_in_english, "chat.txt", chat),
    "grandfather in Taiwan": (grandfather_in_taiwan, None, None),
    "an advertisement": (advertisement, None, None),
}


def write(world, gateway):
    """Each of them sends; one pull makes cases of them all, the most urgent first."""
    for name, (tip, file, make) in PEOPLE.items():
        _sends(world, gateway, name, tip(), file, make)
    out, error = handling.pulled(gateway)
    found = set(re.findall(r"^case ([0-9a-f]{12}): something new$", out, re.M))
    world.check(len(found) == len(PEOPLE) and "refused" not in out,
                f"{len(found)} more people write, in nine languages; each is a case", out + error)
    out, _ = gateway.at_desk("list")
    rows = [line for line in out.splitlines() if any(name in line for name in found)]
    if len(rows) != len(PEOPLE):
        raise Broken(f"the queue lists every case\n{out}")
    classes = [row.split()[0] for row in rows]
    world.check(classes == sorted(classes) and classes.count("P0") == 3
                and any("transfer" in row for row in rows[:3]),
                "the queue has them by urgency: who is sold on, tortured or due tomorrow first", out)


    looked = "".join(
        gateway.at_desk("examine", re.search("[0-9a-f]{12}", row).group())[0] for row in rows)
    files = sum(1 for _, file, _ in PEOPLE.values() if file)
    world.check(looked.count("safe copy: ") >= files,
                f"workers look into their {files} files, and make a safe copy of each", looked)


def _sends(world, gateway, name, tip, file, make):
    folder = world.path("dozen", name, "tip.json").parent
    path = folder / "tip.json"
    shared = {"share": reporter.SHARE[:1], "never": reporter.NEVER}
    path.write_text(json.dumps({**tip, **shared}, ensure_ascii=False))
    words = []
    if make:
        make(folder / file)
        words = ["--evidence", folder / file]
    world.run("sallyport", "submit", "--to", gateway.door, "--root-key", gateway.vkey, "--tip", path,
              *words)
