"""Makes a flat drawing look as a telephone would see it lying on a table."""

from PIL import Image, ImageChops, ImageDraw, ImageFilter

TABLES = [(122, 104, 82), (86, 98, 108), (140, 132, 120), (70, 92, 84), (150, 120, 96), (96, 88, 110)]


def coefficients(target, source):
    """Pillow's eight numbers for the perspective that takes the target's corners to the source's.

    Solved by Gauss–Jordan elimination with pivoting; the corners are four pairs in the same order.
    """
    rows = []
    for (x, y), (u, v) in zip(target, source):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y, u])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y, v])
    for column in range(8):
        pivot = max(range(column, 8), key=lambda row: abs(rows[row][column]))
        rows[column], rows[pivot] = rows[pivot], rows[column]
        head = rows[column][column]
        rows[column] = [value / head for value in rows[column]]
        for row in range(8):
            if row != column and rows[row][column]:
                factor = rows[row][column]
                rows[row] = [value - factor * top for value, top in zip(rows[row], rows[column])]
    return [row[8] for row in rows]


def grain(size, chance, spread):
    """Grey noise around 128; from our own generator, because Pillow's cannot be seeded."""
    count = size[0] * size[1]
    return Image.frombytes("L", size, chance.randbytes(count)).point(
        lambda value: round(128 + (value - 127.5) / 127.5 * spread)
    )


def light(size, chance):
    """Uneven light: a slope over the picture, darker at one end."""
    low = chance.randint(185, 222)
    slope = Image.linear_gradient("L").rotate(chance.choice((0, 90, 180, 270)))
    slope = slope.resize(size, Image.Resampling.BICUBIC)
    return slope.point(lambda value: low + round((255 - low) * value / 255))


def photograph(paper, chance, poor=False):
    """The picture of the paper; `poor` is out of focus, dim and noisy."""
    table = chance.choice(TABLES)
    margin = round(max(paper.size) * 0.06)
    size = (paper.width + 2 * margin, paper.height + 2 * margin)
    reach = round(max(paper.size) * (0.028 if poor else 0.018))
    inset = margin - reach

    def corner(x, y):
        return (x + chance.randint(-reach, reach), y + chance.randint(-reach, reach))

    target = [
        corner(inset + reach, inset + reach),
        corner(size[0] - margin, margin),
        corner(size[0] - margin, size[1] - margin),
        corner(margin, size[1] - margin),
    ]
    source = [(0, 0), (paper.width, 0), paper.size, (0, paper.height)]
    warp = coefficients(target, source)
    sheet = paper.transform(size, Image.Transform.PERSPECTIVE, warp, Image.Resampling.BICUBIC, fillcolor=table)

    photo = Image.new("RGB", size, table)
    outline = Image.new("L", size, 0)
    ImageDraw.Draw(outline).polygon(target, fill=255)
    shadow = outline.filter(ImageFilter.GaussianBlur(14)).point(lambda value: round(value * 0.55))
    photo.paste((30, 28, 26), (8, 12), shadow)
    photo.paste(sheet, (0, 0), outline)

    photo = ImageChops.multiply(photo, light(size, chance).convert("RGB"))
    if poor:
        # As far as one can go with a person still reading most of it.
        photo = photo.point(lambda value: round(value * 0.8))
        scale = 0.52
        photo = photo.resize((round(size[0] * scale), round(size[1] * scale)), Image.Resampling.BILINEAR)
        photo = photo.filter(ImageFilter.GaussianBlur(0.9)).resize(size, Image.Resampling.BICUBIC)
    else:
        photo = photo.filter(ImageFilter.GaussianBlur(chance.uniform(0.3, 0.8)))
    noise = grain(size, chance, 20 if poor else chance.uniform(6, 14)).convert("RGB")
    return ImageChops.add(photo, noise, 1, -128)
