"""Chinese type, borders and seals, drawn with Pillow."""

import math
import pathlib

from PIL import Image, ImageChops, ImageDraw, ImageFont

FONTS = pathlib.Path("/usr/share/fonts/opentype/noto")
# Where Simplified Chinese stands in Noto's font collections.
SIMPLIFIED = 2
# Signs that must not begin a line.
NO_LINE_START = "，。；：、）)”》"
# Signs that must not end one.
NO_LINE_END = "（(“《"

INK = (34, 32, 30)
GOLD = (190, 150, 70)
RED = (200, 40, 38)
GREY = (150, 140, 120)


class Fonts:
    """One family in the weights and sizes asked for."""

    def __init__(self, family="Serif"):
        self.family = family
        self.made = {}

    def __call__(self, size, weight="Regular"):
        key = (size, weight)
        if key not in self.made:
            file = FONTS / f"Noto{self.family}CJK-{weight}.ttc"
            if not file.exists():
                raise SystemExit(f"error: {file} is missing: apt-get install fonts-noto-cjk")
            self.made[key] = ImageFont.truetype(str(file), size, index=SIMPLIFIED)
        return self.made[key]


def lines(text, font, width):
    """The text broken to the width; no line begins with closing punctuation or ends with opening."""
    broken, line = [], ""
    for sign in text:
        if line and font.getlength(line + sign) > width and sign not in NO_LINE_START:
            kept = line.rstrip(NO_LINE_END)
            broken.append(kept)
            line = line[len(kept) :]
        line += sign
    return broken + [line] if line else broken


def paragraph(draw, at, text, font, width, leading=1.5, fill=INK):
    """Draws the text and returns the height it took."""
    step = round(font.size * leading)
    rows = lines(text, font, width)
    for row, line in enumerate(rows):
        draw.text((at[0], at[1] + row * step), line, font=font, fill=fill)
    return step * max(1, len(rows))


def label(draw, at, text, font, width, fill=INK):
    """Draws the text spread evenly over the width, as labels on forms are."""
    if len(text) == 1:
        draw.text(at, text, font=font, fill=fill)
        return
    gap = (width - font.size) / (len(text) - 1)
    for place, sign in enumerate(text):
        draw.text((at[0] + place * gap, at[1]), sign, font=font, fill=fill)


def star(draw, centre, radius, fill):
    points = []
    for corner in range(10):
        length = radius if corner % 2 == 0 else radius * 0.38
        angle = -math.pi / 2 + corner * math.pi / 5
        points.append((centre[0] + length * math.cos(angle), centre[1] + length * math.sin(angle)))
    draw.polygon(points, fill=fill)


def disc(draw, centre, radius):
    """A red disc with stars where a licence shows the national emblem, and plainly not that emblem."""
    x, y = centre
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=RED, outline=GOLD, width=max(3, radius // 12))
    star(draw, (x, y - radius * 0.15), radius * 0.42, (246, 205, 90))
    for angle in (35, 65, 115, 145):
        turn = math.radians(angle)
        star(draw, (x + radius * 0.7 * math.cos(turn), y + radius * 0.62 * math.sin(turn)), radius * 0.12, (246, 205, 90))


def border(draw, size, inset, colour=GOLD):
    """A triple frame."""
    for offset, width in ((0, 3), (10, 9), (26, 2)):
        edge = inset + offset
        draw.rectangle((edge, edge, size[0] - edge, size[1] - edge), outline=colour, width=width)


def guilloche(paper, colour=(236, 230, 212), pitch=46):
    """A faint net of waves under the text."""
    draw = ImageDraw.Draw(paper)
    for start in range(-paper.width, paper.width * 2, pitch):
        for lean in (1, -1):
            points = [
                (start + lean * y * 0.6 + 9 * math.sin(y / 31), y) for y in range(0, paper.height + 12, 12)
            ]
            draw.line(points, fill=colour, width=1)


def seal(paper, centre, radius, around, fonts, tilt, strength=0.8):
    """Presses a round red seal onto the paper: what lies under it stays visible."""
    size = radius * 2 + 12
    ink = Image.new("L", (size, size), 0)
    draw = ImageDraw.Draw(ink)
    middle = size / 2
    draw.ellipse((6, 6, size - 6, size - 6), outline=255, width=max(4, radius // 18))
    star(draw, (middle, middle), radius * 0.3, 255)
    font = fonts(round(radius * 0.27))
    spread = min(250, 24 * len(around))
    for place, sign in enumerate(around):
        turn = -spread / 2 + spread * place / max(1, len(around) - 1)
        glyph = Image.new("L", (size, size), 0)
        ImageDraw.Draw(glyph).text((middle, middle - radius * 0.76), sign, font=font, fill=255, anchor="mm")
        ink = ImageChops.lighter(ink, glyph.rotate(-turn, resample=Image.Resampling.BICUBIC))
    ink = ink.rotate(tilt, resample=Image.Resampling.BICUBIC).point(lambda value: round(value * strength))
    corner = (round(centre[0] - middle), round(centre[1] - middle))
    under = paper.crop((*corner, corner[0] + size, corner[1] + size))
    pressed = ImageChops.multiply(under, Image.new("RGB", under.size, (232, 58, 52)))
    paper.paste(pressed, corner, ink)


def pattern_square(draw, at, side, chance):
    """A square of random modules where a licence prints its QR code; it encodes nothing."""
    modules = 25
    unit = side // modules
    for row in range(modules):
        for column in range(modules):
            if chance.random() < 0.48:
                x, y = at[0] + column * unit, at[1] + row * unit
                draw.rectangle((x, y, x + unit - 1, y + unit - 1), fill=INK)
    for row, column in ((0, 0), (0, 18), (18, 0)):
        x, y = at[0] + column * unit, at[1] + row * unit
        draw.rectangle((x, y, x + 7 * unit, y + 7 * unit), fill=INK)
        draw.rectangle((x + unit, y + unit, x + 6 * unit, y + 6 * unit), fill=(252, 250, 242))
        draw.rectangle((x + 2 * unit, y + 2 * unit, x + 5 * unit, y + 5 * unit), fill=INK)


def specimen(paper, fonts, places):
    """Says that this is a sample: faint large words at the places, and a line outside the border."""
    layer = Image.new("L", paper.size, 0)
    for x, y in places:
        word = Image.new("L", (340, 200), 0)
        ImageDraw.Draw(word).text((170, 100), "样 例", font=fonts(96, "Bold"), fill=70, anchor="mm")
        layer.paste(255, (round(x - 170), round(y - 100)), word.rotate(18, resample=Image.Resampling.BICUBIC))
    paper.paste(Image.new("RGB", paper.size, (170, 120, 60)), (0, 0), layer.point(lambda value: round(value * 0.28)))
    draw = ImageDraw.Draw(paper)
    words = "样例 · 内容纯属虚构 · 仅供演示与测试 · 不得作为证照使用"
    for y in (22, paper.height - 22):
        draw.text((paper.width / 2, y), words, font=fonts(20), fill=GREY, anchor="mm")
