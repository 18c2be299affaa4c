"""Draws sample papers with made-up data, as photographs.

    python tools/papers/generate.py --out DIR --count N --seed S

Writes licence-00.jpg … (N of them), permit-00.jpg … (food permits, one for each six licences begun), truth.json
with what is printed on each, and notes.json with what is special about some. The last of three or more
licences is out of focus on purpose. The same seed gives the same papers.
"""

import argparse
import json
import pathlib
import random

import facts
import forms
from photograph import photograph

POOR = "拍摄模糊、光线偏暗：用来看存疑字段的提示"


def save(picture, path, chance):
    picture.save(path, "JPEG", quality=chance.randint(78, 90), optimize=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=pathlib.Path, required=True, help="folder for the pictures")
    parser.add_argument("--count", type=int, default=6, help="number of licences")
    parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same papers")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    truth, notes, holders = {}, {}, []

    for number in range(options.count):
        # Each paper has its own generator: a larger count leaves the first papers as they were.
        chance = random.Random(f"{options.seed}/licence/{number}")
        holder = facts.company(chance, number)
        holders.append(holder)
        fields = holder.licence_fields()
        draw = forms.licence_upright if number % 3 == 1 else forms.licence_lying
        poor = number == options.count - 1 and options.count >= 3
        name = f"licence-{number:02d}.jpg"
        save(photograph(draw(fields, holder, chance), chance, poor), options.out / name, chance)
        truth[name] = fields
        if poor:
            notes[name] = POOR

    food = [holder for holder in holders if holder.sells_food]
    for number in range((options.count + 5) // 6):
        chance = random.Random(f"{options.seed}/permit/{number}")
        holder = food[number % len(food)]
        fields = facts.food_permit(chance, holder)
        name = f"permit-{number:02d}.jpg"
        save(photograph(forms.food_permit(fields, holder, chance), chance), options.out / name, chance)
        truth[name] = fields
        notes[name] = f"与 {holder.name} 的营业执照配套"

    for name, content in (("truth.json", truth), ("notes.json", notes)):
        text = json.dumps(content, ensure_ascii=False, indent=1)
        (options.out / name).write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
