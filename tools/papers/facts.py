"""Made-up companies with valid check digits.

The numbers follow GB 32100-2015 (credit code), GB 11714 (organisation code inside it) and ISO 7064 MOD 11,10
(food permit), so that the product's checks accept them. Names, people and streets are invented.
"""

import dataclasses
import datetime
import random

CREDIT_CODE_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"

# Division code, city and district as printed.
PLACES = [
    ("330106", "杭州市", "西湖区"),
    ("440305", "深圳市", "南山区"),
    ("310115", "上海市", "浦东新区"),
    ("320505", "苏州市", "虎丘区"),
    ("110108", "北京市", "海淀区"),
    ("510107", "成都市", "武侯区"),
    ("420106", "武汉市", "武昌区"),
    ("350203", "厦门市", "思明区"),
]
STREETS = ["禾光路", "澄溪街", "望麦路", "枕石巷", "拾穗大道", "听松路", "栖云街", "半亩路"]
BRANDS = ["禾穗知", "澄川里", "栖木青", "云上麦", "拾光屿", "南枝与", "半亩塘", "听雨轩", "望山白", "一苇行", "素舟", "朝暮原"]
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯董程袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭"
GIVEN = "嘉明思远雨晨子涵若琳建国海波晓东文静志强秀英梓轩欣怡浩然佳宁俊杰雪梅立群书航慧敏振华清扬"
TYPES = [
    "有限责任公司(自然人投资或控股)",
    "有限责任公司（自然人独资）",
    "有限责任公司（法人独资）",
    "其他有限责任公司",
    "股份有限公司（非上市、自然人投资或控股）",
]
CAPITALS = ["壹拾万元整", "叁拾万元整", "伍拾万元整", "壹佰万元整", "贰佰万元整", "伍佰万元整", "壹仟万元整"]

# Word in the company's name, printed scope.
TRADES = [
    ("食品", "许可项目：食品销售；食品互联网销售。（依法须经批准的项目，经相关部门批准后方可开展经营活动，具体经营项目以审批结果为准）"
             "一般项目：食用农产品零售；新鲜水果零售；新鲜蔬菜零售；互联网销售（除销售需要许可的商品）。"),
    ("服饰", "一般项目：服装服饰零售；服装服饰批发；鞋帽零售；箱包销售；针纺织品销售；互联网销售（除销售需要许可的商品）。"
             "（除依法须经批准的项目外，凭营业执照依法自主开展经营活动）"),
    ("日用品", "一般项目：日用百货销售；厨具卫具及日用杂品零售；家居用品销售；文具用品零售；玩具销售；宠物食品及用品零售。"),
    ("化妆品", "一般项目：化妆品零售；化妆品批发；个人卫生用品销售；美发饰品销售；互联网销售（除销售需要许可的商品）。"),
    ("电子商务", "一般项目：家用电器销售；通讯设备销售；计算机软硬件及辅助设备零售；电子产品销售；技术服务、技术开发、技术咨询。"),
]


@dataclasses.dataclass(frozen=True)
class Company:
    credit_code: str
    name: str
    kind: str
    legal_representative: str
    capital: str
    founded: datetime.date
    address: str
    scope: str
    division: str
    district: str
    sells_food: bool

    def licence_fields(self):
        """What is printed on the licence, by the printed labels."""
        return {
            "统一社会信用代码": self.credit_code,
            "名称": self.name,
            "类型": self.kind,
            "法定代表人": self.legal_representative,
            "注册资本": self.capital,
            "成立日期": chinese_date(self.founded),
            "住所": self.address,
            "经营范围": self.scope,
        }


def chinese_date(day):
    return f"{day.year}年{day.month:02d}月{day.day:02d}日"


def organisation_check(first_eight):
    """The ninth sign of an organisation code, GB 11714."""
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    rest = 11 - sum(weight * int(sign, 36) for weight, sign in zip(weights, first_eight)) % 11
    return {10: "X", 11: "0"}.get(rest, str(rest))


def credit_code_check(first_seventeen):
    """The eighteenth sign of a unified social credit code, GB 32100-2015."""
    total = sum(pow(3, place, 31) * CREDIT_CODE_SIGNS.index(sign) for place, sign in enumerate(first_seventeen))
    return CREDIT_CODE_SIGNS[(31 - total % 31) % 31]


def mod_11_10_check(digits):
    """The check digit of ISO 7064 MOD 11,10 over a string of digits."""
    carry = 10
    for digit in digits:
        carry = ((carry + int(digit)) % 10 or 10) * 2 % 11
    return str((11 - carry) % 10)


def credit_code(chance, division, founded):
    # Since the reform of October 2015 organisation codes of companies begin with MA.
    if founded >= datetime.date(2015, 10, 1):
        serial = "MA" + "".join(chance.choices(CREDIT_CODE_SIGNS, k=6))
    else:
        serial = "".join(chance.choices("0123456789", k=8))
    first = "91" + division + serial + organisation_check(serial)
    return first + credit_code_check(first)


def company(chance: random.Random, number: int) -> Company:
    """The company of the numbered paper; every fifth one sells food, the first among them."""
    division, city, district = chance.choice(PLACES)
    trade, scope = TRADES[number % len(TRADES)]
    founded = datetime.date(2008, 1, 1) + datetime.timedelta(days=chance.randrange(365 * 16))
    people = chance.choice(SURNAMES) + "".join(chance.sample(GIVEN, chance.choice((1, 2, 2))))
    form = chance.choice(TYPES)
    ending = "股份有限公司" if form.startswith("股份") else "有限公司"
    street = f"{chance.choice(STREETS)}{chance.randint(1, 899)}号"
    room = f"{chance.randint(1, 20)}幢{chance.randint(1, 28)}层{chance.randint(101, 2899)}室"
    return Company(
        credit_code=credit_code(chance, division, founded),
        name=f"{city}{chance.choice(BRANDS)}{trade}{ending}",
        kind=form,
        legal_representative=people,
        capital=chance.choice(("人民币", "")) + chance.choice(CAPITALS),
        founded=founded,
        address=f"{city}{district}{street}{room}",
        scope=scope,
        division=division,
        district=f"{city}{district}",
        sells_food=trade == "食品",
    )


def food_permit(chance: random.Random, holder: Company) -> dict[str, str]:
    """What is printed on the holder's food operation permit (食品经营许可证), by the printed labels."""
    first = "1" + holder.division + f"{chance.randrange(10**6):06d}"
    until = datetime.date(2027, 1, 1) + datetime.timedelta(days=chance.randrange(365 * 3))
    return {
        "许可证编号": f"JY{first}{mod_11_10_check(first)}",
        "经营者名称": holder.name,
        "统一社会信用代码": holder.credit_code,
        "法定代表人": holder.legal_representative,
        "住所": holder.address,
        "经营场所": holder.address,
        "主体业态": "食品销售经营者（网络经营）",
        "经营项目": "预包装食品（含冷藏冷冻食品）销售；散装食品（不含熟食）销售",
        "有效期至": chinese_date(until),
    }
