"""Makes the tables of Sources/Libraries/ChineseReferenceData/Data out of their sources.

    python -m pip install --require-hashes -r tools/reference-data/requirements.txt
    python tools/reference-data/generate.py --divisions DIR --banks DIR --lines DIR --out DIR

--divisions: folder with provinces.csv, cities.csv, areas.csv and HK-MO-TW.json of
             modood/Administrative-divisions-of-China (dist/)
--banks:     folder with bin.csv and bank_name.csv of hexindai/bcbc (data/)
--lines:     folder with cnaps_institutions.csv and cnaps_region_city.csv: codes and names as the payment system
             publishes them
Readings come from the installed pypinyin. Every table is sorted by its first column, byte by byte, which is how
the library searches. The same sources give the same bytes.
"""

import argparse
import csv
import json
import pathlib

import readings


def rows(folder, name):
    with open(folder / name, encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def write(out, name, lines):
    lines = sorted(lines, key=lambda line: line.split("\t")[0].encode())
    (out / name).write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    print(f"{name}: {len(lines)} lines, {(out / name).stat().st_size} bytes")


def divisions(folder):
    """Codes without trailing pairs of zeros. Below Hong Kong, Macao and Taiwan the numbers are our own."""
    for name in ("provinces.csv", "cities.csv", "areas.csv"):
        for row in rows(folder, name):
            code = row["code"]
            yield (code[:-2] if len(code) == 6 and code.endswith("00") else code), row["name"]
    special = json.loads((folder / "HK-MO-TW.json").read_text(encoding="utf-8"))
    for province, code in (("台湾省", "71"), ("香港特别行政区", "81"), ("澳门特别行政区", "82")):
        yield code, province
        for number, (city, areas) in enumerate(special[province].items(), 1):
            yield f"{code}{number:02}", city
            for index, area in enumerate(areas, 1):
                yield f"{code}{number:02}{index:02}", area


def division_lines(folder):
    # Cities without counties, such as 东莞, stand both as city and as area; the first one stays.
    names = {}
    for code, name in divisions(folder):
        names.setdefault(code, name)
    return [f"{code}\t{name}" for code, name in names.items()]


def card_lines(folder):
    kinds = {"DC": "D", "CC": "C", "SCC": "S", "PC": "P"}
    found = {(row["bin"], int(row["length"])): row for row in rows(folder, "bin.csv")}
    return [f"{bin}\t{length}\t{row['bank']}\t{kinds[row['type']]}" for (bin, length), row in sorted(found.items())]


def bank_lines(banks, lines):
    """Name, code of the card organisation, line number of the head office; either of the last two may be empty."""
    found = {}
    for row in rows(banks, "bank_name.csv"):
        if row["bank"] and row["name"]:
            found.setdefault(row["name"], [row["bank"], ""])
    for row in rows(lines, "cnaps_institutions.csv"):
        # One line of the source has a wrong check digit.
        if row["check_ok_mod11_10"] == "1" and row["name"]:
            entry = found.setdefault(row["name"], ["", ""])
            entry[1] = entry[1] or row["cnaps"]
    return [f"{name}\t{code}\t{cnaps}" for name, (code, cnaps) in found.items()]


def city_lines(folder):
    return [f"{row['region4']}\t{row['province']}\t{row['city']}" for row in rows(folder, "cnaps_region_city.csv")]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("divisions", "banks", "lines", "out"):
        parser.add_argument(f"--{name}", type=pathlib.Path, required=True)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    write(args.out, "divisions.tsv", division_lines(args.divisions))
    write(args.out, "cards.tsv", card_lines(args.banks))
    write(args.out, "banks.tsv", bank_lines(args.banks, args.lines))
    write(args.out, "line-cities.tsv", city_lines(args.lines))
    write(args.out, "pinyin.tsv", readings.characters())
    write(args.out, "pinyin-words.tsv", readings.words())


if __name__ == "__main__":
    main()
