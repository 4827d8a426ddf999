"""The maker of the reporter's page: same bytes twice, and a fault for every broken catalogue."""

import base64
import gzip
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
PAGE = HERE.parents[2] / "Sources/Intake/Page"
# The sources stay as they are.
sys.dont_write_bytecode = True
sys.path.insert(0, str(PAGE))

import shorten


def run(page, out):
    return subprocess.run(
        [sys.executable, page / "make", "--out", out, "--worker", HERE / "stub-worker.js"],
        capture_output=True, text=True)


def files_in(folder):
    return {str(path.relative_to(folder)): path.read_bytes()
            for path in sorted(folder.rglob("*")) if path.is_file()}


class Made(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.work = Path(tempfile.mkdtemp())
        cls.out = cls.work / "out"
        assert run(PAGE, cls.out).returncode == 0
        cls.files = files_in(cls.out)

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.work)

    def texts(self, suffix):
        return {name: content.decode() for name, content in self.files.items()
                if name.endswith(suffix)}

    def test_two_runs_give_the_same_bytes(self):
        self.assertEqual(run(PAGE, self.work / "again").returncode, 0)
        self.assertEqual(files_in(self.work / "again"), self.files)

    def test_manifest_lists_every_file_by_its_digest(self):
        manifest = json.loads(self.files["manifest.json"])
        self.assertEqual(manifest["format"], "sallyport-page/2")
        # A browser asks for a folder, not for its index.html.
        plain = {f"/{name}".removesuffix("index.html"): {
            coding: hashlib.sha256(self.files[name + ending]).hexdigest()
            for coding, ending in (("identity", ""), ("br", ".br"), ("gzip", ".gz"))}
                 for name in self.files
                 if not name.endswith((".br", ".gz")) and name != "manifest.json"}
        self.assertEqual(manifest["files"], plain)
        self.assertEqual(list(manifest["files"]), sorted(plain))

    def test_names_carry_the_digest(self):
        for name, content in self.files.items():
            match = re.fullmatch(r"a/.*\.([0-9a-f]{16})\.[a-z]+", name)
            if match:
                self.assertEqual(hashlib.sha256(content).hexdigest()[:16], match[1])

    def test_compressed_files_are_the_same_files(self):
        for name, content in self.files.items():
            if name.endswith(".gz"):
                self.assertEqual(gzip.decompress(content), self.files[name[:-3]])
            if name.endswith(".br"):
                plain = subprocess.run(["brotli", "--decompress"], input=content,
                                       capture_output=True, check=True).stdout
                self.assertEqual(plain, self.files[name[:-3]])

    def test_no_script_or_style_stands_in_the_page(self):
        for name, text in (self.texts(".html") | self.texts(".txt")).items():
            self.assertNotRegex(text, r"<style|\sstyle=|\son[a-z]+=|javascript:", name)
            for attributes, content in re.findall(r"<script([^>]*)>(.*?)</script>", text, re.S):
                self.assertTrue(not content or "type=text/plain" in attributes, name)

    def test_every_part_of_a_page_is_pinned(self):
        """What a page loads later is named by the page itself, with its digest."""
        for name, text in self.texts("/index.html").items():
            loaded = re.findall(r"(/a/[^ \"]+)\"? (?:integrity=\")?sha256-([^ \"]+)", text)
            self.assertEqual(len(loaded), len(re.findall("/a/(?!notes-)", text)), name)
            for path, digest in loaded:
                found = hashlib.sha256(self.files[path[1:]]).digest()
                self.assertEqual(base64.b64encode(found).decode(), digest, path)

    def test_the_page_names_no_other_host_but_where_exit_leads(self):
        for name, text in (self.texts(".html") | self.texts(".txt") | self.texts(".css")).items():
            outside = re.findall(r"https?://[^\"'\s>]*", text)
            self.assertLessEqual(len(outside), 1, name)
            for address in outside:
                self.assertIn(f'<a id=exit rel="noreferrer nofollow" href="{address}"', text)

    def test_the_script_stores_nothing_and_parses_no_markup(self):
        for text in self.texts(".js").values():
            self.assertNotRegex(text, r"localStorage|sessionStorage|indexedDB|\bcaches\b|cookie"
                                      r"|serviceWorker|pushState|innerHTML|outerHTML|insertAdjacent"
                                      r"|document\.write|\beval\b|new Function")

    def test_markup_is_read_in_one_place_and_only_what_is_pinned(self):
        sources = "".join(path.read_text() for path in PAGE.rglob("*.js"))
        self.assertEqual(len(re.findall("DOMParser", sources)), 1)
        self.assertIn("parseFromString(policy ? policy.createHTML(text) : text, 'text/html')", sources)
        self.assertIn("createHTML: function (text) { return passed.indexOf(text) >= 0 ? text : ''; }", sources)

    def test_what_a_browser_may_have_already_is_not_declared_again(self):
        """The scripts share the page's own scope: their names in it begin with a sign."""
        scripts = shorten.shorten(
            ["const root = 1;\nfunction wide(inner) {\n  let own = inner;\n  return own + root;\n}\n",
             "async function later() { return wide(root); }"], {})
        self.assertEqual("".join(scripts),
                         "const $a=1;function $b(a){let b=a;return b+$a;}\n"
                         "async function $c(){return $b($a);}\n")

    def test_the_script_is_of_2017(self):
        for path in PAGE.rglob("*.js"):
            text = path.read_text()
            self.assertNotRegex(text, r"\?\.[a-zA-Z(\[]|\?\?|replaceAll|\.at\(|\.flat\(|\.\.\.[a-z]"
                                      r"|matchAll|allSettled|catch \{|\\p\{|\(\?<", path.name)

    def test_the_page_knows_how_large_a_file_may_be(self):
        limits = (PAGE.parents[1] / "Tips/Limits.swift").read_text()
        shift, less = map(int, re.search(
            r"evidenceBytes: ByteCount \{ \((\d+) << 30\) - (\d+) \}", limits).groups()[:2])
        files = (PAGE / "js/later/files.js").read_text()
        self.assertIn(f"const mostBytes = {(shift << 30) - less};", files)

    def test_gazetteer_holds_names_only(self):
        rows = json.loads((PAGE / "sites.json").read_text())
        names = [name for row in rows for name in row]
        self.assertTrue(all(isinstance(name, str) and name for name in names))
        self.assertTrue(all(re.fullmatch(r"(MM|KH|LA)-\d{3}", row[0]) for row in rows))
        self.assertEqual(len({row[0] for row in rows}), len(rows))
        self.assertFalse({"Fu Ben Hao", "Koh Kong Resort"} & set(names))

    def test_unread_translations_show_the_english_where_people_consent(self):
        for path in (PAGE / "languages").glob("*.json"):
            page = self.files[f"{path.stem}/index.html"].decode()
            sections = self.files[re.search(r"a/sections\.\w+\.txt", page)[0]].decode()
            unread = "draft" in json.loads(path.read_text())["status"]
            self.assertEqual(
                "<span class=o lang=en dir=ltr>Who may have it?</span>" in sections, unread)
            self.assertEqual("\tMay have it\n" in sections, unread)


class Faulty(unittest.TestCase):
    """A catalogue with one fault, and what the maker says."""

    def setUp(self):
        self.work = Path(tempfile.mkdtemp())
        self.page = self.work / "Page"
        shutil.copytree(PAGE, self.page)
        for other in (self.page / "languages").glob("*.json"):
            if other.stem != "en":
                other.unlink()
        self.english = json.loads((self.page / "languages/en.json").read_text())

    def tearDown(self):
        shutil.rmtree(self.work)

    def says(self, expected, change, language="vi"):
        catalogue = json.loads(json.dumps(self.english)) | {"language": language}
        change(catalogue)
        (self.page / f"languages/{language}.json").write_text(json.dumps(catalogue))
        result = run(self.page, self.work / "out")
        self.assertEqual(result.returncode, 1)
        self.assertIn(f"{language}.json: {expected}", result.stderr)
        self.assertFalse((self.work / "out").exists())

    def string(self, key, text):
        return lambda catalogue: catalogue["strings"].__setitem__(key, text)

    def test_missing_key(self):
        self.says("mail.box: missing", lambda catalogue: catalogue["strings"].pop("mail.box"))

    def test_unknown_key(self):
        self.says("mail.bax: ", self.string("mail.bax", "Box"))

    def test_empty_text(self):
        self.says("mail.box: empty", self.string("mail.box", " "))

    def test_text_that_is_none(self):
        self.says("mail.box: empty", self.string("mail.box", 7))

    def test_other_placeholder(self):
        self.says("looking.person: other placeholders", self.string("looking.person", "Person {m}"))

    def test_lost_placeholder(self):
        self.says("looking.person: other placeholders", self.string("looking.person", "Person"))

    def test_markup(self):
        self.says("mail.box: markup", self.string("mail.box", "<b>Box</b>"))

    def test_line_break(self):
        self.says("mail.box: markup", self.string("mail.box", "Mail\nbox"))

    def test_direction_character(self):
        self.says("mail.box: markup", self.string("mail.box", "Mail\u202ebox"))

    def test_exit_that_is_no_address(self):
        self.says("exit.address: ", self.string("exit.address", "javascript:alert(1)"))

    def test_other_language_than_the_name_says(self):
        self.says("language: ", lambda catalogue: catalogue.__setitem__("language", "th"))

    def test_direction_that_is_none(self):
        self.says("direction: ", lambda catalogue: catalogue.__setitem__("direction", "up"))

    def test_member_too_many(self):
        self.says("has to have exactly", lambda catalogue: catalogue.__setitem__("more", ""))

    def test_countries_that_are_none(self):
        for wrong in ([], {"Thailand": "Thai"}, {"TH": ""}, {"TH": "a|b"}, {"TH": "<b>"}):
            self.says("", lambda catalogue: catalogue.__setitem__("countries", wrong))

    def test_english_text_that_nothing_shows(self):
        self.says("mail.bax: nothing uses it", self.string("mail.bax", "Box"), language="en")

    def test_key_twice(self):
        path = self.page / "languages/en.json"
        path.write_text(path.read_text().replace(
            '"mail.box":', '"mail.box": "Box",\n    "mail.box":'))
        self.assertIn("en.json: mail.box is there twice", run(self.page, self.work / "out").stderr)

    def test_field_named_like_a_text(self):
        path = self.page / "later.html"
        path.write_text(path.read_text().replace("name=money.day", "name=mail.sent"))
        self.assertIn("mail.sent: the name of a field", run(self.page, self.work / "out").stderr)

    def test_unknown_name_in_the_script(self):
        path = self.page / "js/start.js"
        path.write_text(path.read_text() + "\nsomethingNew();\n")
        self.assertIn("somethingNew", run(self.page, self.work / "out").stderr)

    def test_name_that_both_scripts_declare(self):
        path = self.page / "js/later/start.js"
        path.write_text(path.read_text() + "\nlet unsent = 1;\n")
        self.assertIn("declared twice: ['unsent']", run(self.page, self.work / "out").stderr)

    def test_folder_of_somebody_else_is_left_alone(self):
        out = self.work / "out"
        out.mkdir()
        (out / "letter").write_text("dear")
        self.assertEqual(run(self.page, out).returncode, 1)
        self.assertEqual((out / "letter").read_text(), "dear")


if __name__ == "__main__":
    unittest.main()
