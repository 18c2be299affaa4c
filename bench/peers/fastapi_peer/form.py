"""The form of bench/pack, 137 answers, as pydantic models."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import PydanticCustomError

from common import identifiers
from common.rules import Finding, consequences, today


def _by(fault_of: Any) -> AfterValidator:
    """A text with a check of its own, which answers a code or nothing."""

    def check(value: str) -> str:
        if fault := fault_of(value):
            raise PydanticCustomError(fault, "不正确，请对照原件检查")
        return value

    return AfterValidator(check)


def _not_after_today(day: date) -> date:
    if day > today():
        raise PydanticCustomError("date.future", "不能晚于今天")
    return day


def _not_before_today(day: date) -> date:
    if day < today():
        raise PydanticCustomError("date.expired", "已经过期")
    return day


def _unique(items: list[Any]) -> list[Any]:
    if len(set(items)) != len(items):
        raise PydanticCustomError("list.repeated", "不能重复")
    return items


def text(least: int, most: int) -> Any:
    return Annotated[str, Field(min_length=least, max_length=most)]


def shaped(pattern: str) -> Any:
    return Annotated[str, Field(pattern=pattern)]


def number(least: int, most: int) -> Any:
    return Annotated[int, Field(ge=least, le=most)]


def rows(row: type[BaseModel]) -> Any:
    """Rows under stable ids."""
    return Annotated[dict[shaped("^r[0-9a-z]{4}$"), row], Field(min_length=1, max_length=5)]


CreditCode = Annotated[str, _by(identifiers.credit_code_fault)]
ResidentId = Annotated[str, _by(identifiers.resident_id_fault)]
BankCard = Annotated[str, _by(identifiers.bank_card_fault)]
CorporateAccount = shaped("^[0-9-]{8,32}$")
Mobile = shaped("^1[3-9][0-9]{9}$")
PersonName = shaped("^[\u4e00-\u9fff·]{2,30}$")
Region = shaped("^[1-9][0-9]{5}$")
Picture = text(1, 64)
Money = number(0, 10**9)
Day = Annotated[date, Field(strict=False)]
PastDay = Annotated[Day, AfterValidator(_not_after_today)]
ComingDay = Annotated[Day, AfterValidator(_not_before_today)]
Expiry = ComingDay | Literal["长期"]
Categories = Annotated[list[Literal["daily"]], Field(min_length=1), AfterValidator(_unique)]


class Part(BaseModel):
    """A part of the form: what it does not name is refused, and texts are no numbers."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Subject(Part):
    type: Literal["enterprise"]


class Licence(Part):
    picture: Picture
    creditCode: CreditCode
    name: text(1, 100)
    type: text(1, 60)
    legalRepresentative: PersonName
    capital: text(1, 40)
    establishedOn: PastDay
    validTo: Expiry
    address: text(1, 200)
    scope: text(1, 3000)


class LegalRepresentative(Part):
    idNumber: ResidentId
    idFrom: PastDay
    idTo: Expiry
    front: Picture
    back: Picture
    phone: Mobile
    region: Region
    address: text(1, 200)


class Registration(Part):
    region: Region
    authority: text(1, 60)
    paidCapital: Money
    form: Literal["limited", "joint", "partnership"]
    changedOn: PastDay
    industry: text(1, 60)
    listed: Literal["yes", "no"]
    site: text(1, 120) | None = None
    mail: text(6, 80)


class Owner(Part):
    name: PersonName
    idNumber: ResidentId
    share: number(0, 100)


class Business(Part):
    staff: number(1, 100_000)
    serviceStaff: number(0, 10_000)
    revenue: Money
    profit: Money
    onlineShare: number(0, 100)
    stores: number(0, 10_000)
    suppliers: number(0, 10_000)
    since: PastDay
    experience: Literal["none", "some", "long"]
    platforms: text(1, 200) | None = None
    customers: text(1, 200)
    intro: text(1, 1000)
    plan: text(1, 1000)


class Goods(Part):
    count: number(1, 1_000_000)
    price: Money
    lowest: Money
    highest: Money
    stock: number(0, 100_000_000)
    origin: Region
    brandName: text(1, 40)
    source: Literal["own", "agent", "market"]
    material: text(1, 100)
    standard: text(1, 60)
    shelfLife: number(0, 36_500)
    packing: text(1, 100)
    note: text(1, 1000)
    sample: Picture


class Quality(Part):
    manager: PersonName
    phone: Mobile
    inspector: text(1, 80)
    inspectedOn: PastDay
    returns: number(0, 1_000)
    complaints: number(0, 1_000_000)
    policy: text(1, 600)
    promise: Literal[True]
    recall: Literal["yes", "no"]


class Supplier(Part):
    name: text(1, 100)
    creditCode: CreditCode
    since: PastDay


class Shop(Part):
    name: text(2, 30)
    type: Literal["ordinary"]
    categories: Categories
    slogan: text(1, 60)
    intro: text(1, 500)
    logo: Picture
    hours: text(1, 60)


class Warehouse(Part):
    region: Region
    address: text(1, 200)
    area: number(0, 10_000_000)
    kind: Literal["own", "rented", "third"]
    keeper: PersonName
    phone: Mobile
    rentTo: Expiry


class Shipping(Part):
    carrier: text(1, 60)
    daily: number(0, 10_000_000)
    hours: number(1, 720)
    fee: Money
    free: Money
    remote: Literal["yes", "fee", "no"]
    account: text(4, 30)


class Service(Part):
    manager: PersonName
    phone: Mobile
    mail: text(6, 80)
    region: Region
    address: text(1, 200)
    receiver: PersonName
    receiverPhone: Mobile
    days: number(7, 90)
    warranty: number(0, 240)
    invoice: Literal["electronic", "paper"]
    deposit: Money
    reply: number(1, 1_440)
    promise: Literal[True]


class Branch(Part):
    name: text(1, 60)
    region: Region
    phone: Mobile


class Contact(Part):
    name: PersonName
    phone: Mobile
    idNumber: ResidentId
    mail: text(6, 80)
    title: text(1, 40)
    wechat: text(4, 40)
    finance: PersonName
    financePhone: Mobile
    legal: PersonName | None = None


class Settlement(Part):
    accountKind: Literal["corporate", "personal"]
    bank: text(4, 60)
    accountNumber: CorporateAccount | None = None
    cardNumber: BankCard | None = None
    openedOn: PastDay
    cycle: Literal["day", "week", "month"]


class Tax(Part):
    kind: Literal["general", "small"]
    authority: text(1, 80)
    paid: Money


class Promises(Part):
    law: Literal[True]
    data: Literal[True]


class ReportPictures(Part):
    front: Picture


class QualityReport(Part):
    number: text(6, 40)
    validTo: ComingDay
    pictures: ReportPictures


class Qualifications(Part):
    quality_report: Annotated[QualityReport, Field(alias="quality-report")]


class Merchant(Part):
    subject: Subject
    licence: Licence
    legalRepresentative: LegalRepresentative
    registration: Registration
    owners: rows(Owner)
    business: Business
    goods: Goods
    quality: Quality
    suppliers: rows(Supplier)
    shop: Shop
    qualifications: Qualifications
    warehouse: Warehouse
    shipping: Shipping
    service: Service
    branches: rows(Branch)
    contact: Contact
    settlement: Settlement
    tax: Tax
    promise: Promises


#: What an empty form holds: sections that are absent are empty ones, so that each of their fields is told.
_EMPTY: dict[str, Any] = {
    name: {} for name in Merchant.model_fields if name not in ("owners", "suppliers", "branches", "qualifications")
} | {"qualifications": {"quality-report": {"pictures": {}}}}


class Check:
    """What a form's answers so far are short of, and what is wrong with those that are there."""

    def __init__(self, values: dict[str, Any]):
        also = consequences(values)
        self.due, self.eventually, self.findings = also.due, also.eventually, also.findings
        #: What the form does not know at all.
        self.unknown: list[Finding] = []
        try:
            Merchant.model_validate(_EMPTY | values)
        except ValidationError as error:
            for one in error.errors(include_url=False, include_context=False, include_input=False):
                path = "".join([f"/{step}" for step in one["loc"]])
                if one["type"] == "missing":
                    self.due.append(path)
                elif one["type"] == "extra_forbidden":
                    self.unknown.append(Finding(path, "field.unknown", "表单里没有这一项"))
                else:
                    self.findings.append(Finding(path, one["type"], one["msg"]))
        self.due.sort()

    @property
    def is_complete(self) -> bool:
        return not (self.due or self.findings or self.unknown)
