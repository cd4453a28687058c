"""What Hugo and Jekyll make of our articles: every page has title, date and pictures, nothing is left of Markdown, nothing of a mail acts."""

import html.parser
import pathlib
import re
import shutil
import subprocess
import sys

articles, place = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
HUGO = "baseURL = 'https://example.jp/'\ndefaultContentLanguage = 'ja'\n[languages.ja]\nweight = 1\n[languages.en]\nweight = 2\n"
HUGO_PAGE = "<html><head><title>{{ .Title }}</title></head><body><time>{{ .Date }}</time><main>{{ .Content }}</main></body></html>"
JEKYLL = "url: https://example.jp\nbaseurl: /blog\nfuture: true\n"
JEKYLL_PAGE = "<html><head><title>{{ page.title | escape }}</title></head><body><time>{{ page.date }}</time><main>{{ content }}</main></body></html>"
# What can only be left of our Markdown: an escape, a picture, a mark for remarks.
RAW = re.compile(r"\\[\[\]*_|`]|\]\((mail|path|map|page)|fuwake:remarks")


class Page(html.parser.HTMLParser):
    def __init__(self, path):
        super().__init__()
        self.text, self.title, self.tags, self.pictures, self.inside = "", "", set(), [], []
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        self.inside.append(tag)
        if tag == "img":
            self.pictures.append(dict(attributes))
        assert not any(name.startswith("on") for name, _ in attributes), attributes

    def handle_endtag(self, tag):
        while self.inside and self.inside.pop() != tag:
            pass

    def handle_data(self, data):
        if "title" in self.inside:
            self.title += data
        elif "code" not in self.inside:
            self.text += data


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def run(*command):
    done = subprocess.run(command, capture_output=True, text=True)
    told = done.stdout + done.stderr
    assert done.returncode == 0 and not re.search("error|warn|conflict", told, re.IGNORECASE), told


def hugo(folder):
    write(folder / "config.toml", HUGO)
    for kind in ("single", "list"):
        write(folder / f"layouts/_default/{kind}.html", HUGO_PAGE)
    shutil.copytree(articles / "hugo", folder / "content/mails")
    run("hugo", "--quiet", "--source", str(folder))
    return [*folder.glob("public/mails/*/index.html"), *folder.glob("public/en/mails/*/index.html")]


def jekyll(folder):
    write(folder / "_config.yml", JEKYLL)
    write(folder / "_layouts/post.html", JEKYLL_PAGE)
    shutil.copytree(articles / "jekyll", folder, dirs_exist_ok=True)
    run("jekyll", "build", "--quiet", "--source", str(folder), "--destination", str(folder / "_site"))
    return [*folder.glob("_site/*/ja.html"), *folder.glob("_site/*/en.html")]


for make in (hugo, jekyll):
    folder = place / make.__name__
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    pages = make(folder)
    assert len(pages) == 2 * len(list((articles / make.__name__).iterdir())), f"{make.__name__}: {pages}"
    for path in pages:
        page = Page(path)
        assert page.title.strip() and {"h2", "p", "time"} <= page.tags, path
        assert not page.tags & {"script", "iframe", "form", "style"}, f"{path}: {page.tags}"
        left = RAW.search(page.text)
        assert not left, f"{path}: {left.group(0)!r} is left of Markdown"
        for picture in page.pictures:
            assert (path.parent / picture["src"]).is_file() and picture["alt"], f"{path}: {picture}"
            assert not re.search(r"[\\<>]|&[a-z#]", picture["alt"]), f"{path}: {picture}"
    print(f"{len(pages)} articles by {make.__name__}: sound")
