"""The printed papers: a licence upright (正本), one lying (副本), and a food operation permit."""

from PIL import Image, ImageDraw

from typesetting import (
    GREY,
    INK,
    Fonts,
    border,
    disc,
    guilloche,
    label,
    paragraph,
    pattern_square,
    seal,
    specimen,
)

AUTHORITY = "样例市场监督管理局"


def sheet(size, tint):
    paper = Image.new("RGB", size, tint)
    guilloche(paper)
    return paper, ImageDraw.Draw(paper)


def issued(draw, fonts, at, holder, chance):
    year, month, day = chance.randint(max(2016, holder.founded.year + 1), 2025), chance.randint(1, 12), chance.randint(1, 28)
    draw.text(at, f"{year} 年 {month:02d} 月 {day:02d} 日", font=fonts(30), fill=INK)


def licence_lying(fields, holder, chance):
    """The duplicate: two columns, credit code at the top left."""
    fonts = Fonts(chance.choice(("Serif", "Sans")))
    paper, draw = sheet((1680, 1188), (252, 250, 240))
    border(draw, paper.size, 44)
    disc(draw, (840, 140), 62)
    draw.text((840, 258), "营业执照", font=Fonts("Serif")(92, "Bold"), fill=INK, anchor="mm")
    draw.text((840, 338), chance.choice(("（副 本）", "(副本)")), font=fonts(36), fill=INK, anchor="mm")
    draw.text((130, 190), "统一社会信用代码", font=fonts(28), fill=INK)
    draw.text((130, 236), fields["统一社会信用代码"], font=fonts(34, "Bold"), fill=INK)
    pattern_square(draw, (1330, 130), 175, chance)
    draw.text((1330, 318), "示意图案 无内容", font=fonts(18), fill=GREY)

    size = chance.choice((31, 32, 33))
    columns = [
        (130, 630, ("名称", "类型", "法定代表人", "经营范围")),
        (970, 430, ("注册资本", "成立日期", "住所")),
    ]
    seal_at = (0, 0)
    for left, width, names in columns:
        y = 420
        for name in names:
            small = fonts(26)
            label(draw, (left, y + 4), name, small, 140)
            y += paragraph(draw, (left + 165, y), fields[name], fonts(size), width, 1.45) + 22
        seal_at = seal_at if seal_at[1] else (left + 420, y - 60)
    draw.text((930, 900), "登 记 机 关", font=fonts(34), fill=INK)
    issued(draw, fonts, (1120, 1010), holder, chance)
    seal(paper, (1310, 960), 125, AUTHORITY, fonts, chance.uniform(-14, 14))
    if chance.random() < 0.5:
        # A company's own seal, as many press one, over the end of the scope.
        seal(paper, seal_at, 105, holder.name[:14], fonts, chance.uniform(-25, 25), 0.6)
    specimen(paper, fonts, [(330, 1040), (760, 1040)])
    return paper


def licence_upright(fields, holder, chance):
    """The original: one column in the older order, with the term of business."""
    fonts = Fonts(chance.choice(("Serif", "Serif", "Sans")))
    paper, draw = sheet((1240, 1700), (252, 251, 243))
    border(draw, paper.size, 44)
    disc(draw, (620, 190), 82)
    draw.text((620, 350), "营 业 执 照", font=Fonts("Serif")(104, "Bold"), fill=INK, anchor="mm")
    draw.text((620, 448), "（正 本）", font=fonts(38), fill=INK, anchor="mm")
    code = f"统一社会信用代码 {fields['统一社会信用代码']}"
    draw.text((620, 520), code, font=fonts(34), fill=INK, anchor="mm")

    size = chance.choice((33, 34, 35))
    rows = dict(fields)
    rows["营业期限"] = f"{fields['成立日期']}至长期"
    y = 600
    for name in ("名称", "类型", "住所", "法定代表人", "注册资本", "成立日期", "营业期限", "经营范围"):
        label(draw, (150, y + 3), name, fonts(30), 170)
        y += paragraph(draw, (350, y), rows[name], fonts(size), 730, 1.5) + 20
    draw.text((640, 1440), "登 记 机 关", font=fonts(36), fill=INK)
    issued(draw, fonts, (800, 1540), holder, chance)
    seal(paper, (960, 1480), 135, AUTHORITY, fonts, chance.uniform(-14, 14))
    specimen(paper, fonts, [(330, 1500), (620, 1590)])
    return paper


def food_permit(fields, holder, chance):
    """A food operation permit: one column, number at the foot of the title."""
    fonts = Fonts("Sans")
    paper, draw = sheet((1680, 1188), (249, 252, 246))
    border(draw, paper.size, 44, (120, 160, 110))
    draw.text((840, 160), "食品经营许可证", font=Fonts("Serif")(84, "Bold"), fill=INK, anchor="mm")
    left = ("经营者名称", "统一社会信用代码", "法定代表人", "住所", "经营场所", "主体业态")
    right = ("许可证编号", "有效期至", "经营项目")
    for start, width, names in ((120, 440, left), (960, 370, right)):
        y = 290
        for name in names:
            label(draw, (start, y + 4), name, fonts(24), 210)
            y += paragraph(draw, (start + 235, y), fields[name], fonts(30), width, 1.45) + 26
    draw.text((960, 900), "发 证 机 关", font=fonts(34), fill=INK)
    issued(draw, fonts, (1140, 1010), holder, chance)
    seal(paper, (1330, 960), 125, AUTHORITY, fonts, chance.uniform(-14, 14))
    specimen(paper, fonts, [(330, 1040), (760, 1040)])
    return paper
