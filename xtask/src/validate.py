"""What others read a case with reads ours: STIX by OASIS' parser, pattern grammar and validator, MISP by pymisp, mails by Python."""

import email
import email.policy
import glob
import json
import sys

from pymisp import MISPEvent
from stix2 import parse
from stix2patterns.validator import run_validator
from stix2validator import ValidationOptions, print_results, validate_file

# Ids are of version 5, so that the same case has the same: the standard only recommends version 4 for these objects.
STRICT = ValidationOptions(version="2.1", strict=True, disabled=["uuid-check"])


def stix(path):
    bundle = parse(open(path, encoding="utf-8").read(), allow_custom=False, version="2.1")
    for thing in bundle.objects:
        faults = run_validator(thing["pattern"], "2.1") if thing["type"] == "indicator" else []
        assert not faults, f"{path}: {faults}"
    result = validate_file(path, STRICT)
    if not result.is_valid:
        print_results(result)
    assert result.is_valid, path


def misp(path):
    text = open(path, encoding="utf-8").read()
    event = MISPEvent(strict_validation=True)
    event.load(json.loads(text))
    again = json.loads(event.to_json())
    known = {one["uuid"]: one for one in again["Object"]}
    for thing in json.loads(text)["Event"]["Object"]:
        attributes = {one["uuid"]: one for one in known[thing["uuid"]]["Attribute"]}
        for one in thing["Attribute"]:
            for key in ("type", "category", "value", "to_ids", "object_relation"):
                same = str(one[key]).strip() == str(attributes[one["uuid"]][key]).strip() or one["type"] == "datetime" and key == "value"
                assert same, f"{path}: {one['object_relation']}: {key}"


def copy_of(message, path):
    """The mail as an attachment: a message of its own, whose every part is text that can be read."""
    copies = [part.get_payload()[0] for part in message.walk() if part.get_content_type() == "message/rfc822"]
    for copy in copies:
        assert copy["received"] or copy["from"] or copy["subject"] or copy["date"], f"{path}: no header"
        for part in copy.walk():
            faults = part.defects + [fault for name in part for fault in getattr(part[name], "defects", []) if name.lower() == "content-type"]
            assert not faults, f"{path}: {faults}"
            assert part.is_multipart() or part.get_content_type() in ("text/plain", "text/html"), f"{path}: {part.get_content_type()}"
            assert part.is_multipart() or part.get_content_charset() == "utf-8" and part.get_content() is not None, path
    return len(copies)


def mail(path):
    # Strictly: whatever is wrong is raised.
    message = email.message_from_binary_file(open(path, "rb"), policy=email.policy.default.clone(raise_on_defect=True))
    faults = [fault for part in message.walk() for fault in part.defects]
    assert copy_of(message, path) or "xarf-" in path, f"{path}: no copy of the mail"
    assert not faults and message["to"] and message["from"] and message["subject"], f"{path}: {faults}"
    if message.get_content_type() == "multipart/report":
        kinds = [part.get_content_type() for part in message.iter_parts()]
        assert kinds == ["text/plain", "message/feedback-report", "message/rfc822"], f"{path}: {kinds}"
        assert message.get_param("report-type") == "feedback-report", path
        report = list(message.iter_parts())[1].get_payload()[0]
        assert all(report[name] for name in ("Feedback-Type", "User-Agent", "Version")), path


for ending, check in (("stix.json", stix), ("misp.json", misp), ("*.eml", mail)):
    paths = sorted(glob.glob(f"{sys.argv[1]}/*/{ending}"))
    assert paths, f"no {ending} in {sys.argv[1]}"
    for path in paths:
        check(path)
    print(f"{len(paths)} {ending}: sound")
