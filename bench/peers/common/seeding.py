"""Rows to begin a measurement with, the same for both peers, and what a client may ask about them."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any, NamedTuple

from . import documents, settings
from .frozen import canonical, freeze
from .ids import new_id, new_token, token_digest
from .samples import Samples
from .sealing import OwnerKey, Vault

REVIEWERS = 20
CHUNK = 500


#: The seed of the answers, here and in the client that makes its bodies from it.
SEED = 137


class Target(NamedTuple):
    """Somebody whom the load plays, and what he works on: a line of `targets.tsv`, as `ruzhu-bench` reads it."""

    kind: str
    number: int
    session: str
    person: str
    application: str = ""
    case: str = ""
    licence: str = ""
    picture: str = ""


Rows = dict[str, list[dict[str, Any]]]


def seed(count: int, vault: Vault) -> Iterator[tuple[Rows, list[Target]]]:
    """In chunks, `count` applications: 55 % ready to be handed in, 20 % half filled in, 20 % in review, 5 % decided;
    and reviewers. Tables come in the order in which their references want them."""
    samples, now = Samples(SEED), datetime.now(UTC)
    rows, targets, reviewers = _empty(), [], []
    for number in range(count, count + REVIEWERS):
        reviewers.append(new_id())
        token = _person(rows, vault, reviewers[-1], True, now)
        targets.append(Target("reviewer", number, token, reviewers[-1]))
    for number in range(count):
        person, licence, picture = new_id(), new_id(), new_id()
        token = _person(rows, vault, person, False, now)
        key = vault.key(person, rows["persons"][-1]["wrapped_key"])
        kind = _kind(number)
        values = samples.half(licence, picture) if kind == "half" else samples.form(licence, picture)
        application = {
            "id": new_id(), "person_id": person, "pack": settings.PACK, "state": "draft", "stage": None, "round": 0,
            "created_at": now, "updated_at": now,
        }
        rows["applications"].append(application)
        rows["milestones"].append(
            {"application_id": application["id"], "at": now, "round": 0, "what": "created", "stage": None})
        rows["drafts"].append({
            "application_id": application["id"], "version": 1, "saved_at": now,
            "content": key.seal(canonical(values), f"drafts.content|{application['id']}")})
        case = ""
        if kind in ("review", "decided"):
            at = now - timedelta(days=1) + timedelta(milliseconds=number)
            case = _case(rows, application, values, key, at)
        if kind == "decided":
            _decide(rows, application, key, reviewers[number % REVIEWERS], now)
        targets.append(Target(kind, number, token, person, application["id"], case, licence, picture))
        if number % CHUNK == CHUNK - 1:
            yield rows, targets
            rows, targets = _empty(), []
    yield rows, targets


def _kind(number: int) -> str:
    place = number % 20
    return "ready" if place < 11 else "half" if place < 15 else "review" if place < 19 else "decided"


def _empty() -> Rows:
    names = (
        "persons", "sessions", "applications", "drafts", "submissions", "milestones", "cases", "decisions", "shops")
    return {name: [] for name in names}


def _person(rows: Rows, vault: Vault, person: str, is_reviewer: bool, now: datetime) -> str:
    token = new_token()
    rows["persons"].append({"id": person, "is_reviewer": is_reviewer, "wrapped_key": vault.new_wrapped_key(person)})
    rows["sessions"].append(
        {"token_digest": token_digest(token), "person_id": person, "expires_at": now + timedelta(days=30)})
    return token


def _case(rows: Rows, application: dict[str, Any], values: Any, key: OwnerKey, at: datetime) -> str:
    words = {
        "application": application["id"], "round": 1, "pack": settings.PACK, "submittedAt": documents.moment(at),
        "statement": documents.STATEMENT, "categories": values["shop"]["categories"], "values": values,
    }
    application |= {"state": "underway", "stage": "review", "round": 1}
    fact = freeze(words, key, f"submissions|{application['id']}/1")
    rows["submissions"].append(
        {"application_id": application["id"], "round": 1, "pack": settings.PACK, "submitted_at": at, **fact._asdict()})
    rows["milestones"].append(
        {"application_id": application["id"], "at": at, "round": 1, "what": "submitted", "stage": None})
    rows["cases"].append({
        "id": new_id(), "application_id": application["id"], "person_id": application["person_id"], "round": 1,
        "pack": settings.PACK, "company": values["licence"]["name"], "categories": values["shop"]["categories"],
        "submitted_at": at, "state": "waiting", "reviewer_id": None, "verdict": None, "ended_at": None, "version": 1,
    })
    return rows["cases"][-1]["id"]


def _decide(rows: Rows, application: dict[str, Any], key: OwnerKey, reviewer: str, now: datetime) -> None:
    case, digest = rows["cases"][-1], rows["submissions"][-1]["digest"]
    words = documents.decision(SimpleNamespace(**case), reviewer, {"verdict": "approve"}, digest, now)
    case |= {"state": "decided", "reviewer_id": reviewer, "verdict": "approved", "ended_at": now}
    application |= {"state": "open", "stage": None}
    rows["decisions"].append({
        "case_id": case["id"], "verdict": "approved", "reviewer_id": reviewer, "decided_at": now,
        **freeze(words, key, f"decisions|{case['id']}")._asdict()})
    rows["shops"].append({
        "id": new_id(), "application_id": application["id"], "person_id": application["person_id"],
        "name": case["company"], "opened_at": now})
