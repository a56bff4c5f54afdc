"""Validates files against the schemas of `hvplan schema`: json_schema.py FOLDER valid|refused FILE...

Prints a line for each file that is not as said. YAML is read as editors read it (YAML 1.2: yes and on are texts).
"""
import json
import os
import re
import sys

import jsonschema
import yaml


class Loader(yaml.SafeLoader):
    pass


Loader.yaml_implicit_resolvers = {
    first: [(tag, regexp) for tag, regexp in rows
            if tag not in ("tag:yaml.org,2002:bool", "tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:int",
                           "tag:yaml.org,2002:float", "tag:yaml.org,2002:merge")]
    for first, rows in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(true|false)$"), "tf")
Loader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile("^[-+]?[0-9]+$"), "-+0123456789")
Loader.add_implicit_resolver(
    "tag:yaml.org,2002:float", re.compile(r"^[-+]?([0-9]+\.[0-9]*|\.[0-9]+|[0-9]+)([eE][-+]?[0-9]+)?$"), "-+.0123456789")


def read(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file) if path.endswith(".json") else yaml.load(file, Loader)


def errors(folder, path):
    data = read(path)
    found = re.fullmatch(r"hvplan\.([a-z]+)/1", str(data.get("schema", ""))) if isinstance(data, dict) else None
    kind = found.group(1) if found and os.path.exists(f"{folder}/{found.group(1)}.json") else "model"
    with open(f"{folder}/{kind}.json", encoding="utf-8") as file:
        schema = json.load(file)
    jsonschema.Draft202012Validator.check_schema(schema)
    return [f"{list(e.absolute_path)}: {e.message[:200]}"
            for e in jsonschema.Draft202012Validator(schema).iter_errors(data)]


def main():
    folder, expected, paths = sys.argv[1], sys.argv[2], sys.argv[3:]
    for path in paths:
        problems = errors(folder, path)
        if expected == "valid" and problems:
            print(f"{path}: {problems[0]}")
        if expected == "refused" and not problems:
            print(f"{path}: the schema accepts it")


main()
