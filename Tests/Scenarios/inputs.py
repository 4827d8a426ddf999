"""Real inputs for the scenarios, made on the spot. The people in them are invented."""
import datetime
import json
import os
import pathlib

from PIL import Image

# When the ransom is due: as far away whenever this is run, since a day before it a case becomes more
# urgent, and three days after it less.
DUE = datetime.datetime.now(datetime.timezone.utc).date() + datetime.timedelta(days=10)
DEADLINE = DUE.isoformat()
# The same day for people.
DUE_WORDS = f"{DUE.day} {DUE:%B}"

# After the seed case: a mother in Hebei, a son who left for work in Yunnan and was sold on.
REPORT = {
    "language": "zh-Hans",
    "urgency": {
        "danger": ["ransom"],
        "reason": "他们说月底不给钱就把他转卖。",
        "deadline": DEADLINE,
    },
    "report": {
        "narrative": (
            "我是河北人。2023年2月，我儿子说去云南打工，到了以后就联系不上了。"
            "后来他用别人的电话打来，说被人卖到了缅甸，关在一个园区里，不干活就挨打。"
            f"对方要25万元才放人，只给到{DUE.month}月{DUE.day}日。我们报了警，没有下文。求你们帮帮我们。"
        ),
    },
    "reporter": {
        "who": "母亲",
        "contact": "只用这个网站回复，不要打电话",
        "safeToReply": True,
        "how": "晚上九点以后",
    },
    "person": {
        "people": [
            {"names": ["王小明（化名）", "Wang Xiaoming"], "papers": "护照被收走",
             "description": "二十三岁，左手腕有疤"}
        ]
    },
    "place": {"site": "KK园区", "building": "B区7栋", "floor": "三楼", "room": "",
              "asOf": "2026-11"},
    "perpetrators": {
        "people": ["绰号“老四”"],
        "accounts": ["微信：（化名）laosi-demo"],
        "demand": {"amount": "250000", "currency": "CNY", "deadline": DEADLINE},
    },
    "compelled": {"account": "被逼在网上骗人。"},
}


def tip(share, never, word="回家的路"):
    """A tip file's text: the report, whom it may go to, and the word that a true withdrawal needs."""
    whole = dict(REPORT, share=share, never=never, withdrawalWord=word, tellMe=True)
    return json.dumps(whole, ensure_ascii=False, indent=1)


def photo(path):
    """A JPEG that carries its place (16.6476 N, 98.5205 E) in its EXIF."""
    image = Image.new("RGB", (640, 480))
    image.putdata([(x % 256, y % 256, (x * y) % 256) for y in range(480) for x in range(640)])
    exif = Image.Exif()
    exif[0x0110] = "Demo phone"
    exif[0x8825] = {1: "N", 2: (16.0, 38.0, 51.36), 3: "E", 4: (98.0, 31.0, 13.8)}
    image.save(path, "JPEG", quality=85, exif=exif)


def document(path):
    """A one-page PDF with a text and a right cross-reference table."""
    notice = f"Notice: release fee 250,000 yuan by {DUE_WORDS}"
    text = f"BT /F1 18 Tf 72 720 Td ({notice}) Tj ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(text), text),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for offset in offsets:
        out += b"%010d 00000 n \n" % offset
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1, start)
    pathlib.Path(path).write_bytes(out)


def video(path, megabytes):
    """A large file that stands for a video: bytes that do not repeat and do not compress."""
    with open(path, "wb") as file:
        for _ in range(megabytes):
            file.write(os.urandom(1 << 20))
