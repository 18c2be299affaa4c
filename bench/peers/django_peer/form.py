"""The form of bench/pack, 137 answers, as serializers of Django REST Framework."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.validators import RegexValidator
from rest_framework import serializers as rest
from rest_framework.exceptions import ErrorDetail

from common import identifiers
from common.rules import Finding, consequences, today


def _by(fault_of: Callable[[str], str | None]) -> Callable[[str], None]:
    """A check of its own for a text, which answers a code or nothing."""

    def check(value: str) -> None:
        if fault := fault_of(value):
            raise rest.ValidationError("不正确，请对照原件检查", fault)

    return check


def not_after_today(day: date) -> None:
    if day > today():
        raise rest.ValidationError("不能晚于今天", "date.future")


def not_before_today(day: date) -> None:
    if day < today():
        raise rest.ValidationError("已经过期", "date.expired")


def unique(items: list[Any]) -> None:
    if len(set(items)) != len(items):
        raise rest.ValidationError("不能重复", "list.repeated")


def agreed(answer: bool) -> None:
    if not answer:
        raise rest.ValidationError("须同意", "field.consent")


class StrictCharField(rest.CharField):
    """A text: a number is none."""

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class ExpiryField(rest.DateField):
    """A day, or 长期."""

    def to_internal_value(self, value: Any) -> Any:
        return value if value == "长期" else super().to_internal_value(value)

    def run_validators(self, value: Any) -> None:
        if value != "长期":
            super().run_validators(value)


def text(least: int, most: int, **more: Any) -> rest.CharField:
    return StrictCharField(min_length=least, max_length=most, trim_whitespace=False, **more)


def shaped(pattern: str, **more: Any) -> rest.CharField:
    return StrictCharField(validators=[RegexValidator(pattern, "格式不正确")], trim_whitespace=False, **more)


def checked(fault_of: Callable[[str], str | None], **more: Any) -> rest.CharField:
    return StrictCharField(validators=[_by(fault_of)], trim_whitespace=False, **more)


def choice(*values: str, **more: Any) -> rest.ChoiceField:
    return rest.ChoiceField(values, **more)


def number(least: int, most: int, **more: Any) -> rest.IntegerField:
    return rest.IntegerField(min_value=least, max_value=most, **more)


def money(**more: Any) -> rest.IntegerField:
    return number(0, 10**9, **more)


def credit_code(**more: Any) -> rest.CharField:
    return checked(identifiers.credit_code_fault, **more)


def resident_id(**more: Any) -> rest.CharField:
    return checked(identifiers.resident_id_fault, **more)


def bank_card(**more: Any) -> rest.CharField:
    return checked(identifiers.bank_card_fault, **more)


def corporate_account(**more: Any) -> rest.CharField:
    return shaped("^[0-9-]{8,32}$", **more)


def mobile(**more: Any) -> rest.CharField:
    return shaped("^1[3-9][0-9]{9}$", **more)


def person_name(**more: Any) -> rest.CharField:
    return shaped("^[\u4e00-\u9fff·]{2,30}$", **more)


def region(**more: Any) -> rest.CharField:
    return shaped("^[1-9][0-9]{5}$", **more)


def picture(**more: Any) -> rest.CharField:
    return text(1, 64, **more)


def past_day(**more: Any) -> rest.DateField:
    return rest.DateField(validators=[not_after_today], **more)


def coming_day(**more: Any) -> rest.DateField:
    return rest.DateField(validators=[not_before_today], **more)


def expiry(**more: Any) -> rest.DateField:
    return ExpiryField(validators=[not_before_today], **more)


def categories() -> rest.ListField:
    return rest.ListField(child=choice("daily"), min_length=1, validators=[unique])


def consent() -> rest.BooleanField:
    return rest.BooleanField(validators=[agreed])


MAY = {"required": False}
ROW_ID = re.compile("r[0-9a-z]{4}")


class Part(rest.Serializer):
    """A part of the form: what it does not name is refused."""

    def to_internal_value(self, data: Any) -> Any:
        unknown = data.keys() - self.fields.keys() if isinstance(data, dict) else ()
        if not unknown:
            return super().to_internal_value(data)
        errors = {name: [ErrorDetail("表单里没有这一项", "field.unknown")] for name in unknown}
        try:
            super().to_internal_value(data)
        except rest.ValidationError as error:
            errors |= error.detail
        raise rest.ValidationError(errors)


class RowsField(rest.DictField):
    """Rows under stable ids."""

    def __init__(self, row: Part, **more: Any):
        super().__init__(child=row, allow_empty=False, **more)

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, dict) and len(data) > 5:
            raise rest.ValidationError("最多 5 项", "list.too_many")
        if isinstance(data, dict) and (wrong := [name for name in data if not ROW_ID.fullmatch(name)]):
            raise rest.ValidationError({name: [ErrorDetail("表单里没有这一项", "field.unknown")] for name in wrong})
        return super().to_internal_value(data)


class Subject(Part):
    type = choice("enterprise")


class Licence(Part):
    picture = picture()
    creditCode = credit_code()
    name = text(1, 100)
    type = text(1, 60)
    legalRepresentative = person_name()
    capital = text(1, 40)
    establishedOn = past_day()
    validTo = expiry()
    address = text(1, 200)
    scope = text(1, 3000)


class LegalRepresentative(Part):
    idNumber = resident_id()
    idFrom = past_day()
    idTo = expiry()
    front = picture()
    back = picture()
    phone = mobile()
    region = region()
    address = text(1, 200)


class Registration(Part):
    region = region()
    authority = text(1, 60)
    paidCapital = money()
    form = choice("limited", "joint", "partnership")
    changedOn = past_day()
    industry = text(1, 60)
    listed = choice("yes", "no")
    site = text(1, 120, **MAY)
    mail = text(6, 80)


class Owner(Part):
    name = person_name()
    idNumber = resident_id()
    share = number(0, 100)


class Business(Part):
    staff = number(1, 100_000)
    serviceStaff = number(0, 10_000)
    revenue = money()
    profit = money()
    onlineShare = number(0, 100)
    stores = number(0, 10_000)
    suppliers = number(0, 10_000)
    since = past_day()
    experience = choice("none", "some", "long")
    platforms = text(1, 200, **MAY)
    customers = text(1, 200)
    intro = text(1, 1000)
    plan = text(1, 1000)


class Goods(Part):
    count = number(1, 1_000_000)
    price = money()
    lowest = money()
    highest = money()
    stock = number(0, 100_000_000)
    origin = region()
    brandName = text(1, 40)
    source = choice("own", "agent", "market")
    material = text(1, 100)
    standard = text(1, 60)
    shelfLife = number(0, 36_500)
    packing = text(1, 100)
    note = text(1, 1000)
    sample = picture()


class Quality(Part):
    manager = person_name()
    phone = mobile()
    inspector = text(1, 80)
    inspectedOn = past_day()
    returns = number(0, 1_000)
    complaints = number(0, 1_000_000)
    policy = text(1, 600)
    promise = consent()
    recall = choice("yes", "no")


class Supplier(Part):
    name = text(1, 100)
    creditCode = credit_code()
    since = past_day()


class Shop(Part):
    name = text(2, 30)
    type = choice("ordinary")
    categories = categories()
    slogan = text(1, 60)
    intro = text(1, 500)
    logo = picture()
    hours = text(1, 60)


class Warehouse(Part):
    region = region()
    address = text(1, 200)
    area = number(0, 10_000_000)
    kind = choice("own", "rented", "third")
    keeper = person_name()
    phone = mobile()
    rentTo = expiry()


class Shipping(Part):
    carrier = text(1, 60)
    daily = number(0, 10_000_000)
    hours = number(1, 720)
    fee = money()
    free = money()
    remote = choice("yes", "fee", "no")
    account = text(4, 30)


class Service(Part):
    manager = person_name()
    phone = mobile()
    mail = text(6, 80)
    region = region()
    address = text(1, 200)
    receiver = person_name()
    receiverPhone = mobile()
    days = number(7, 90)
    warranty = number(0, 240)
    invoice = choice("electronic", "paper")
    deposit = money()
    reply = number(1, 1_440)
    promise = consent()


class Branch(Part):
    name = text(1, 60)
    region = region()
    phone = mobile()


class Contact(Part):
    name = person_name()
    phone = mobile()
    idNumber = resident_id()
    mail = text(6, 80)
    title = text(1, 40)
    wechat = text(4, 40)
    finance = person_name()
    financePhone = mobile()
    legal = person_name(**MAY)


class Settlement(Part):
    accountKind = choice("corporate", "personal")
    bank = text(4, 60)
    accountNumber = corporate_account(**MAY)
    cardNumber = bank_card(**MAY)
    openedOn = past_day()
    cycle = choice("day", "week", "month")


class Tax(Part):
    kind = choice("general", "small")
    authority = text(1, 80)
    paid = money()


class Promises(Part):
    law = consent()
    data = consent()


class ReportPictures(Part):
    front = picture()


class QualityReport(Part):
    number = text(6, 40)
    validTo = coming_day()
    pictures = ReportPictures()


class Qualifications(Part):
    def get_fields(self) -> dict[str, rest.Field]:
        return {"quality-report": QualityReport()}


class Merchant(Part):
    subject = Subject()
    licence = Licence()
    legalRepresentative = LegalRepresentative()
    registration = Registration()
    owners = RowsField(Owner())
    business = Business()
    goods = Goods()
    quality = Quality()
    suppliers = RowsField(Supplier())
    shop = Shop()
    qualifications = Qualifications()
    warehouse = Warehouse()
    shipping = Shipping()
    service = Service()
    branches = RowsField(Branch())
    contact = Contact()
    settlement = Settlement()
    tax = Tax()
    promise = Promises()


#: What an empty form holds: sections that are absent are empty ones, so that each of their fields is told.
_EMPTY: dict[str, Any] = {
    name: {} for name, field in Merchant().fields.items() if not isinstance(field, RowsField)
} | {"qualifications": {"quality-report": {"pictures": {}}}}


class Check:
    """What a form's answers so far are short of, and what is wrong with those that are there."""

    def __init__(self, values: dict[str, Any]):
        also = consequences(values)
        self.due, self.eventually, self.findings = also.due, also.eventually, also.findings
        #: What the form does not know at all.
        self.unknown: list[Finding] = []
        serializer = Merchant(data=_EMPTY | values)
        if not serializer.is_valid():
            self._collect(serializer.errors, "")
        self.due.sort()

    @property
    def is_complete(self) -> bool:
        return not (self.due or self.findings or self.unknown)

    def _collect(self, errors: Any, path: str) -> None:
        if isinstance(errors, dict):
            for name, inner in errors.items():
                self._collect(inner, path if name == "non_field_errors" else f"{path}/{name}")
            return
        for error in errors:
            if error.code == "required":
                self.due.append(path)
            elif error.code == "field.unknown":
                self.unknown.append(Finding(path, error.code, str(error)))
            else:
                self.findings.append(Finding(path, error.code, str(error)))
