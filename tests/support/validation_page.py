"""Compares the tables of docs/validation.md with those that validation_report prints, or ("update") replaces them.

A table stands between "<!-- table NAME -->" and "<!-- end -->". Words must be equal; numbers may differ by 1 %, differences
("+1.2 %", "+0.3 points") by one.
"""
import re
import sys

BLOCK = re.compile(r"<!-- table (\w+) -->\n(.*?)<!-- end -->\n", re.S)
NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?(?:e[-+]?\d+)?")


def same(shown, printed):
    if NUMBER.sub("#", shown) != NUMBER.sub("#", printed):
        return False
    for a, b in zip(NUMBER.findall(shown), NUMBER.findall(printed)):
        limit = 1.0 if a[0] in "+-" and shown in (a + " %", a + " points") else 0.01 * abs(float(b))
        if abs(float(a) - float(b)) > limit:
            return False
    return True


def cells(line):
    return [cell.strip() for cell in line.strip("|").split("|")]


def differences(name, shown, printed):
    if len(shown) != len(printed):
        yield "table %s: %d lines shown, %d printed" % (name, len(shown), len(printed))
        return
    for old, new in zip(shown, printed):
        if len(cells(old)) != len(cells(new)) or not all(map(same, cells(old), cells(new))):
            yield "table %s: %s is now %s" % (name, old, new)


def main():
    tables, page_name, mode = sys.argv[1:4]
    with open(tables, encoding="utf-8") as file:
        printed = dict(BLOCK.findall(file.read()))
    with open(page_name, encoding="utf-8") as file:
        page = file.read()
    if mode == "update":
        page = BLOCK.sub(lambda m: "<!-- table %s -->\n%s<!-- end -->\n" % (m[1], printed.get(m[1], m[2])), page)
        with open(page_name, "w", encoding="utf-8") as file:
            file.write(page)
    shown = dict(BLOCK.findall(page))
    for name in printed:
        if name not in shown:
            print("no table %s in the page: write its marks, then run tests/e2e/validation_page.sh update" % name)
        elif mode != "update":
            for difference in differences(name, shown[name].splitlines(), printed[name].splitlines()):
                print(difference)


main()
