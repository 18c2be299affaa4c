"""The 137-field form as pydantic models."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import PydanticCustomError

from common.identifiers import credit_code_fault, resident_id_fault
from common.rules import Finding, consequences


def _credit_code(code: str) -> str:
    if fault := credit_code_fault(code):
        raise PydanticCustomError(fault, "统一社会信用代码不正确")
    return code


def _resident_id(number: str) -> str:
    if fault := resident_id_fault(number):
        raise PydanticCustomError(fault, "身份证号码不正确")
    return number


def _unique(items: list[Any]) -> list[Any]:
    if len(set(items)) != len(items):
        raise PydanticCustomError("list.repeated", "不能重复")
    return items


def text(least: int, most: int) -> Any:
    return Annotated[str, Field(min_length=least, max_length=most)]


def shaped(pattern: str, most: int | None = None) -> Any:
    return Annotated[str, Field(pattern=pattern, max_length=most)]


def number(least: int, most: int | None = None) -> Any:
    return Annotated[int, Field(ge=least, le=most)]


CreditCode = Annotated[str, AfterValidator(_credit_code)]
ResidentId = Annotated[str, AfterValidator(_resident_id)]
Mobile = shaped(r"^1[3-9][0-9]{9}$")
Day = Annotated[date, Field(strict=False)]
BankCard = shaped(r"^[0-9]{12,22}$")
Region = shaped(r"^[1-9][0-9]{5}$")
Money = number(0, 10**13)
Email = shaped(r"^[^@\s]+@[^@\s]+\.[^@\s]+$", 120)
Clock = shaped(r"^([01][0-9]|2[0-3]):[0-5][0-9]$")
PersonName = text(2, 30)


class Part(BaseModel):
    """A part of the form: what it does not name is refused, and texts are no numbers."""

    model_config = ConfigDict(extra="forbid", strict=True, populate_by_name=False)


class File(Part):
    id: shaped(r"^f_[0-9a-z]{16}$")
    sha256: shaped(r"^[0-9a-f]{64}$")
    bytes: number(1, 20_971_520)
    mime: Literal["image/jpeg", "image/png", "application/pdf"]


class Address(Part):
    province: Region
    city: Region
    district: Region
    street: text(2, 120)
    zip: shaped(r"^[0-9]{6}$") | None = None


class Subject(Part):
    type: Literal["enterprise", "individual_business", "person", "institution"]
    name: text(2, 100)
    shortName: text(2, 20)
    uscc: CreditCode | None = None
    registeredCapital: Money | None = None
    establishedOn: Day | None = None
    scope: text(1, 2000) | None = None
    employees: number(0, 2_000_000) | None = None
    listed: bool | None = None
    registeredAddress: Address
    officeAddress: Address | None = None


class Licence(Part):
    number: CreditCode
    from_: Annotated[Day, Field(alias="from")]
    to: Day | None = None
    longTerm: bool
    authority: text(2, 60) | None = None
    scan: File


class Identity(Part):
    name: PersonName
    idType: Literal["mainland", "hkmo", "taiwan", "passport"]
    idNumber: text(6, 24)
    idFrom: Day
    idTo: Day | None = None
    idLongTerm: bool
    mobile: Mobile
    front: File
    back: File | None = None


class LegalPerson(Identity):
    email: Email | None = None


class Owner(Identity):
    shareBp: number(0, 10_000) | None = None
    role: Literal["shareholder", "controller", "director"] | None = None


class Contact(Part):
    name: PersonName
    mobile: Mobile
    email: Email
    wechat: shaped(r"^[A-Za-z][-_A-Za-z0-9]{5,19}$") | None = None
    landline: shaped(r"^0[0-9]{2,3}-[0-9]{7,8}$") | None = None
    position: text(1, 30) | None = None


Platform = Literal["taobao", "tmall", "jd", "pdd", "douyin", "kuaishou", "weidian", "other"]


class Shop(Part):
    name: text(2, 30)
    type: Literal["flagship", "exclusive", "franchise", "ordinary"]
    slogan: text(0, 60) | None = None
    logo: File | None = None
    banner: File | None = None
    mainCategory: number(1, 999_999)
    categories: Annotated[list[number(1, 999_999)], Field(min_length=1, max_length=20), AfterValidator(_unique)]
    skuEstimate: number(1, 1_000_000)
    avgPrice: Money | None = None
    monthlySales: Money | None = None
    website: shaped(r"^https?://", 300) | None = None
    otherPlatforms: Annotated[list[Platform], Field(max_length=10), AfterValidator(_unique)] | None = None


class Brand(Part):
    name: text(1, 60)
    trademarkNo: shaped(r"^[0-9]{6,12}[A-Z]?$")
    class_: Annotated[number(1, 45), Field(alias="class")]
    owner: text(2, 100) | None = None
    expires: Day | None = None
    authLevel: number(0, 3)
    authTo: Day | None = None
    cert: File
    authLetter: File | None = None


class Settlement(Part):
    kind: Literal["public", "private"]
    bankName: text(2, 60)
    branch: text(2, 80) | None = None
    cnaps: shaped(r"^[0-9]{12}$") | None = None
    account: BankCard
    holder: text(2, 100)
    holderIdNumber: ResidentId | None = None
    cycle: Literal["T+1", "T+7", "T+15", "monthly"]
    currency: Literal["CNY", "USD", "HKD"] | None = None
    permit: File | None = None


class Tax(Part):
    payerType: Literal["general", "small"]
    taxNumber: CreditCode
    invoiceTypes: Annotated[
        list[Literal["special", "normal", "electronic"]], Field(min_length=1), AfterValidator(_unique)]
    rateBp: Literal[0, 100, 300, 600, 900, 1300] | None = None
    title: text(2, 100) | None = None
    bank: text(2, 60) | None = None
    account: BankCard | None = None


class Qualification(Part):
    kind: Literal[
        "food_business", "food_production", "medical_device_2", "medical_device_3", "cosmetics", "publication",
        "liquor", "tobacco", "icp", "import", "quarantine", "other"]
    number: text(3, 60)
    from_: Annotated[Day, Field(alias="from")]
    to: Day | None = None
    holder: text(2, 100) | None = None
    scan: File
    scope: text(0, 500) | None = None


Carrier = Literal["SF", "YTO", "ZTO", "STO", "YD", "JD", "EMS", "DB"]


class Logistics(Part):
    warehouse: Address
    returnAddress: Address | None = None
    returnContact: PersonName
    returnMobile: Mobile
    carriers: Annotated[list[Carrier], Field(min_length=1, max_length=12), AfterValidator(_unique)]
    shipHours: number(1, 720)
    coldChain: bool | None = None
    insured: bool | None = None


class Service(Part):
    hoursFrom: Clock
    hoursTo: Clock
    agents: number(0, 10_000) | None = None
    phone: shaped(r"^[0-9-]{7,20}$")
    languages: Annotated[list[Literal["zh", "en", "ug", "bo", "ja", "ko"]], AfterValidator(_unique)] | None = None
    sevenDayReturn: bool
    freightInsurance: bool | None = None


class Deposit(Part):
    tier: Literal["A", "B", "C"]
    amount: Annotated[int, Field(ge=0, le=10**13, multiple_of=100)]
    payer: text(2, 100) | None = None
    method: Literal["wechat", "bank", "alipay"]


class Consent(Part):
    agreementVersion: shaped(r"^[0-9]+\.[0-9]+$")
    acceptedAt: Annotated[AwareDatetime, Field(strict=False)]
    accepted: Literal[True]
    marketing: bool | None = None
    deviceId: text(8, 64) | None = None


class Source(Part):
    channel: Literal["miniapp", "web", "sales", "invite", "api"]
    inviteCode: shaped(r"^[A-Z0-9]{6,10}$") | None = None
    campaign: text(0, 60) | None = None
    salesId: number(1) | None = None


class Finance(Part):
    revenue: Money
    profit: number(-(10**13), 10**13) | None = None
    assets: Money | None = None
    liabilities: Money | None = None
    auditor: text(2, 60) | None = None
    auditYear: number(1990, 2100) | None = None
    auditFile: File | None = None
    creditGrade: Literal["A", "B", "C", "D", "M"] | None = None
    loan: bool | None = None
    fundingSource: text(0, 100) | None = None


class Risk(Part):
    litigations: number(0, 9999) | None = None
    penalties: number(0, 9999) | None = None
    abnormal: bool | None = None
    dishonest: bool | None = None
    pep: bool
    sanctions: bool
    crossBorder: bool | None = None
    explain: text(0, 500) | None = None
    score: Annotated[float, Field(ge=0, le=1)] | None = None


class Merchant(Part):
    subject: Subject
    licence: Licence
    legalPerson: LegalPerson
    owners: Annotated[list[Owner], Field(min_length=1, max_length=10)]
    contact: Contact
    shop: Shop
    brands: Annotated[list[Brand], Field(max_length=20)] | None = None
    settlement: Settlement
    tax: Tax
    qualifications: Annotated[list[Qualification], Field(max_length=30)] | None = None
    logistics: Logistics
    service: Service
    deposit: Deposit
    consent: Consent
    source: Source
    finance: Finance | None = None
    risk: Risk | None = None
    remark: text(0, 500) | None = None


#: Sections that are wanted: one that is absent is an empty one, so that each of its fields is told.
_WANTED: dict[str, Any] = {
    name: {} for name, field in Merchant.model_fields.items() if field.is_required() and name != "owners"
}


class Check:
    """What a form's answers so far are short of, and what is wrong with those that are there."""

    def __init__(self, values: dict[str, Any]):
        also = consequences(values)
        self.due, self.eventually, self.findings = also.due, also.eventually, also.findings
        try:
            Merchant.model_validate(_WANTED | values)
        except ValidationError as error:
            for one in error.errors(include_url=False, include_context=False, include_input=False):
                path = "".join([f"/{step}" for step in one["loc"]])
                if one["type"] == "missing":
                    self.due.append(path)
                else:
                    self.findings.append(Finding(path, one["type"], one["msg"]))
        self.due.sort()

    @property
    def is_complete(self) -> bool:
        return not self.due and not self.findings
