"""Evidence files as strangers send them: good ones, broken ones, and ones that are made to harm.

Every file is made at run time; nothing harmful lies in the repository.
"""
import gzip
import io
import struct
import tarfile
import zipfile
import zlib

# In two halves, so that no scanner finds it here.
EICAR = (r"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*").encode()


def zipped(members, method=zipfile.ZIP_DEFLATED):
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", method) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return whole.getvalue()


def png(width, height, rows=None):
    """A picture of one colour; `rows` is its compressed content if another than that is wanted."""
    def chunk(kind, content):
        return (struct.pack(">I", len(content)) + kind + content
                + struct.pack(">I", zlib.crc32(kind + content)))
    if rows is None:
        packer = zlib.compressobj(9)
        row = bytes(1 + width * 3)
        rows = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows)
            + chunk(b"IEND", b""))


def pdf(pages=1, media="0 0 200 200", content=b"0 0 100 100 re f", extra=b""):
    """A small PDF; every page draws `content`."""
    objects = [b"<</Type/Catalog/Pages 2 0 R" + extra + b">>"]
    kids = b" ".join(b"%d 0 R" % (4 + number) for number in range(pages))
    objects.append(b"<</Type/Pages/Count %d/Kids[%s]>>" % (pages, kids))
    objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(content), content))
    for _ in range(pages):
        objects.append(b"<</Type/Page/Parent 2 0 R/MediaBox[%s]/Contents 3 0 R>>" % media.encode())
    whole, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(whole))
        whole += b"%d 0 obj" % number + body + b"endobj\n"
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return (whole + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table
            + b"trailer<</Size %d/Root 1 0 R>>startxref\n%d\n%%%%EOF\n"
            % (len(objects) + 1, len(whole)))


WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def docx(text="Help", head="", relations="", body="", more=()):
    """A small document; `head` goes before its root element, `relations` into its relations."""
    types = (
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/><Override PartName='
        '"/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        'wordprocessingml.document.main+xml"/></Types>')
    roots = (
        f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>')
    document = (
        f'<?xml version="1.0"?>{head}<w:document xmlns:w="{WORD}" xmlns:r="{OFFICE}"><w:body>'
        f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>{body}</w:body></w:document>")
    members = [
        ("[Content_Types].xml", types), ("_rels/.rels", roots), ("word/document.xml", document)]
    if relations:
        members.append((
            "word/_rels/document.xml.rels",
            f'<Relationships xmlns="{PACKAGE}/relationships">{relations}</Relationships>'))
    return zipped(members + list(more))


SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def xlsx(text):
    """A table with one filled cell."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    types = (
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/><Override PartName='
        f'"/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/><Override PartName='
        f'"/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/></Types>')

    def relation(kind, target):
        return (f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
                f'Type="{OFFICE}/{kind}" Target="{target}"/></Relationships>')
    return zipped([
        ("[Content_Types].xml", types),
        ("_rels/.rels", relation("officeDocument", "xl/workbook.xml")),
        ("xl/workbook.xml", f'<workbook xmlns="{SHEET}" xmlns:r="{OFFICE}"><sheets><sheet '
                            'name="1" sheetId="1" r:id="r1"/></sheets></workbook>'),
        ("xl/_rels/workbook.xml.rels", relation("worksheet", "worksheets/sheet1.xml")),
        ("xl/worksheets/sheet1.xml", f'<worksheet xmlns="{SHEET}"><sheetData><row r="1"><c r="A1" '
                                     f't="inlineStr"><is><t>{text}</t></is></c></row></sheetData>'
                                     "</worksheet>")])


def odt(text):
    """A small OpenDocument text: its type is the first member, as it is."""
    names = "urn:oasis:names:tc:opendocument:xmlns"
    kind = "application/vnd.oasis.opendocument.text"
    return zipped([
        ("mimetype", kind),
        ("META-INF/manifest.xml",
         f'<m:manifest xmlns:m="{names}:manifest:1.0"><m:file-entry m:full-path="/" '
         f'm:media-type="{kind}"/><m:file-entry m:full-path="content.xml" '
         'm:media-type="text/xml"/></m:manifest>'),
        ("content.xml",
         f'<o:document-content xmlns:o="{names}:office:1.0" xmlns:t="{names}:text:1.0" '
         f'o:version="1.2"><o:body><o:text><t:p>{text}</t:p></o:text></o:body>'
         "</o:document-content>")], zipfile.ZIP_STORED)


def curious_docx(port):
    """A document that wants a picture from the network and one from the machine it is opened on."""
    relations = "".join(
        f'<Relationship Id="{name}" Type="{OFFICE}/image" Target="{target}" TargetMode="External"/>'
        for name, target in [
            ("r8", f"http://127.0.0.1:{port}/beacon.png"), ("r9", "file:///etc/passwd")])
    drawing = "http://schemas.openxmlformats.org/drawingml/2006"
    body = "".join(
        f'<w:p><w:r><w:drawing><wp:inline xmlns:wp="{drawing}/wordprocessingDrawing">'
        f'<wp:extent cx="990000" cy="990000"/><a:graphic xmlns:a="{drawing}/main"><a:graphicData '
        f'uri="{drawing}/picture"><pic:pic xmlns:pic="{drawing}/picture"><pic:blipFill>'
        f'<a:blip r:link="{name}"/></pic:blipFill></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r></w:p>" for name in ("r8", "r9"))
    return docx("curious", relations=relations, body=body)


def xml_bomb():
    """Ten entities of ten of the one before: ten thousand million words."""
    entities = '<!ENTITY a0 "lol">' + "".join(
        f'<!ENTITY a{level} "{f"&a{level - 1};" * 10}">' for level in range(1, 11))
    return f"<!DOCTYPE x [{entities}]>"


def tar_of_links():
    whole = io.BytesIO()
    with tarfile.open(fileobj=whole, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name, kind, target in [
                ("shadow", tarfile.SYMTYPE, "/etc/shadow"), ("hard", tarfile.LNKTYPE, "shadow"),
                ("pipe", tarfile.FIFOTYPE, ""), ("disk", tarfile.BLKTYPE, "")]:
            member = tarfile.TarInfo(name)
            member.type, member.linkname = kind, target
            archive.addfile(member)
        member = tarfile.TarInfo("../../../tmp/sallyport-escaped")
        member.size = 4
        archive.addfile(member, io.BytesIO(b"out\n"))
    return whole.getvalue()


def nested(depth):
    content = b"the innermost\n"
    for level in range(depth):
        content = zipped([(f"{level}.zip" if level else "last.txt", content)])
    return content


def zip_bomb(mebibytes):
    """One file of so many mebibytes of zeros, packed a thousand to one."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("zeros", "w") as member:
            for _ in range(mebibytes):
                member.write(bytes(1 << 20))
    return whole.getvalue()


def gzip_bomb(mebibytes):
    whole = io.BytesIO()
    with gzip.GzipFile(fileobj=whole, mode="wb") as file:
        for _ in range(mebibytes):
            file.write(bytes(1 << 20))
    return whole.getvalue()


def pdf_bomb():
    """A form that draws ten of the next, ten times over: ten thousand million rectangles."""
    objects, whole, offsets = [], b"%PDF-1.4\n", []
    depth = 10
    objects.append(b"<</Type/Catalog/Pages 2 0 R>>")
    objects.append(b"<</Type/Pages/Count 1/Kids[3 0 R]>>")
    objects.append(b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R"
                   b"/Resources<</XObject<</X 5 0 R>>>>>>")
    objects.append(b"<</Length 5>>stream\n/X Do\nendstream")
    for level in range(depth):
        draw = b"/X Do " * 10 if level < depth - 1 else b"0 0 600 800 re f"
        objects.append(
            b"<</Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</XObject<</X %d 0 R>>>>"
            b"/Length %d>>stream\n%s\nendstream" % (6 + level, len(draw), draw))
    for number, body in enumerate(objects, 1):
        offsets.append(len(whole))
        whole += b"%d 0 obj" % number + body + b"endobj\n"
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return (whole + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table
            + b"trailer<</Size %d/Root 1 0 R>>startxref\n%d\n%%%%EOF\n"
            % (len(objects) + 1, len(whole)))
