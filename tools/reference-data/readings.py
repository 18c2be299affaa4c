"""Readings without tones of the characters of GB 2312 and a few more, and of words that are read otherwise."""

from pypinyin import lazy_pinyin
from pypinyin.phrases_dict import phrases_dict

# The reading that names of goods, places and companies have more often than the first one of the dictionary.
COMMONER = {"长": "chang", "厦": "xia", "调": "tiao", "都": "du", "盛": "sheng", "石": "shi", "地": "di"}

# Characters of place names that GB 2312 lacks.
RARE = "埇埗崁氹沚浉瀍猇硚莿萣鄠"

# Words of the trade and names of places that the dictionary lacks or reads as an everyday word.
OWN_WORDS = {
    "单县": ["shan", "xian"],
    "朝阳": ["chao", "yang"],
    "洪洞": ["hong", "tong"],
    "番禺": ["pan", "yu"],
    "荥阳": ["xing", "yang"],
    "中牟": ["zhong", "mu"],
    "燕窝": ["yan", "wo"],
    "行车": ["xing", "che"],
    "行货": ["hang", "huo"],
    "曾都": ["zeng", "du"],
    "商行": ["shang", "hang"],
    "洋行": ["yang", "hang"],
    "车行": ["che", "hang"],
}


def everyday():
    for high in range(0xB0, 0xF8):
        for low in range(0xA1, 0xFF):
            try:
                yield bytes([high, low]).decode("gb2312")
            except UnicodeDecodeError:
                continue
    yield from RARE


SINGLE = {character: COMMONER.get(character) or lazy_pinyin(character)[0] for character in everyday()}


def characters():
    """Lines of a syllable and its characters."""
    groups = {}
    for character, reading in SINGLE.items():
        groups.setdefault(reading, []).append(character)
    return [f"{reading}\t{''.join(sorted(group))}" for reading, group in groups.items()]


def read(text, known):
    """The way the library reads: the longest known word first, then the character."""
    result, index = [], 0
    while index < len(text):
        for length in (3, 2):
            word = text[index : index + length]
            if len(word) == length and word in known:
                result += known[word]
                index += length
                break
        else:
            result.append(SINGLE[text[index]])
            index += 1
    return result


def words():
    """Words of two and three characters whose reading the shorter ones do not give."""
    known = {}
    for length in (2, 3):
        for word in sorted(phrases_dict):
            if len(word) == length and word not in OWN_WORDS and all(c in SINGLE for c in word):
                reading = lazy_pinyin(word)
                if len(reading) == length and reading != read(word, known):
                    known[word] = reading
        if length == 2:
            for word, reading in OWN_WORDS.items():
                if reading != read(word, known):
                    known[word] = reading
    return [f"{word}\t{' '.join(reading)}" for word, reading in known.items()]
