"""The tables of keys in docs/file-formats.md, made from `hvplan explain --json`.

file_formats.py TOPICS.json DOC.md check|update: the table of each section stands between the marks
<!-- keys PATTERN --> and <!-- end -->, PATTERN being the path of the keys without their last part.
"""
import json
import re
import sys

MARK = re.compile(r"<!-- keys (\S+) -->\n.*?<!-- end -->", re.S)


def cell(text):
    return (text or "").replace("|", "\\|")


def row(topic, pattern):
    source = topic["source"] or ""
    if topic["confidence"] == "assumed":
        source = f"assumed: {source}"
    return "| `{}` | {} | {} | {} | {} |".format(
        topic["name"][len(pattern) + 1:], cell(topic["text"].split("\n")[0]), cell(topic["default"]), cell(topic["range"]), cell(source))


def keys_of(topics, pattern):
    seen, rows = set(), []
    for topic in topics:
        if topic["kind"] != "key" or not re.fullmatch(re.escape(pattern) + r"\.[a-z0-9_]+", topic["name"]):
            continue
        if (topic["name"], topic["range"]) not in seen:
            seen.add((topic["name"], topic["range"]))
            rows.append(row(topic, pattern))
    return rows


def section(topics, pattern):
    head = "| key | meaning | default | allowed | source |\n|---|---|---|---|---|\n"
    return f"<!-- keys {pattern} -->\n{head}" + "\n".join(keys_of(topics, pattern)) + "\n<!-- end -->"


def patterns_of(topics):
    return {t["name"].rsplit(".", 1)[0] for t in topics if t["kind"] == "key" and "." in t["name"]}


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        topics = json.load(file)
    with open(sys.argv[2], encoding="utf-8") as file:
        text = file.read()
    made = MARK.sub(lambda found: section(topics, found.group(1)), text)
    for pattern in sorted(patterns_of(topics) - set(MARK.findall(text))):
        print(f"no table of {pattern}")
    for pattern in MARK.findall(text):
        if not keys_of(topics, pattern):
            print(f"no keys {pattern}")
    if sys.argv[3] == "update":
        with open(sys.argv[2], "w", encoding="utf-8") as file:
            file.write(made)
    elif made != text:
        print("the tables are old: run tests/e2e/file_formats.sh update")


main()
