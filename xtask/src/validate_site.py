"""What others read a site with reads ours: feeds by feedparser, the site map by its rules, lists as what they say they are."""

import csv
import json
import pathlib
import sys
import xml.etree.ElementTree as xml

import feedparser

site = pathlib.Path(sys.argv[1])
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"

for name in ("feed.xml", "en/feed.xml"):
    feed = feedparser.parse(str(site / name))
    assert not feed.bozo and feed.version == "atom10" and feed.entries, f"{name}: {feed.get('bozo_exception')}"
    for part in [feed.feed, *feed.entries]:
        assert part.id and part.title and part.updated_parsed and part.link.startswith("https://"), f"{name}: {part}"
    assert len({entry.id for entry in feed.entries}) == len(feed.entries), name

root = xml.parse(site / "sitemap.xml").getroot()
assert root.tag == MAP + "urlset", root.tag
places = [url.find(MAP + "loc").text for url in root]
assert len(places) == len(set(places)) <= 50_000
for place in places:
    path = site / place.removeprefix("https://example.jp/mail/")
    assert (path / "index.html").is_file() or path.is_file(), place

rows = list(csv.reader((site / "lists/indicators.csv").open(encoding="utf-8-sig", newline="")))
listed = json.loads((site / "lists/indicators.json").read_text(encoding="utf-8"))["indicators"]
assert rows[0][0] == "type" and [row[1] for row in rows[1:]] == [one["value"] for one in listed] and listed
print("feeds, site map and lists: sound")
