"""What the views do to the database."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from django.db import transaction
from django.db.models.fields.tuple_lookups import TupleGreaterThan

from common import documents, problems, settings
from common.frozen import FrozenFact
from common.sealing import OwnerKey, Vault

from .models import Act, Answer, Application, Case, Decision, Draft, Event, Milestone, Person, Submission

vault = Vault(settings.master_key())


@dataclass
class OpenApplication:
    """An application with its draft, as one read found them."""

    application: Application
    draft: Draft
    key: OwnerKey
    values: dict[str, Any]


def draft_place(application: str) -> str:
    return f"drafts.content|{application}"


def key_of(person: Person) -> OwnerKey:
    return vault.key(person.id, bytes(person.wrapped_key))


def open_application(application: str, person: Person) -> OpenApplication:
    """The application and its draft; somebody else's is not found."""
    one = Application.objects.select_related("draft").filter(id=application, person=person).first()
    if not one:
        raise problems.not_found()
    key = key_of(person)
    return OpenApplication(one, one.draft, key, orjson.loads(key.open(bytes(one.draft.content), draft_place(one.id))))


def remembered(scope: str, idempotency: str | None) -> dict[str, Any] | None:
    if not idempotency:
        return None
    return Answer.objects.filter(scope=scope, token=idempotency).values_list("answer", flat=True).first()


def save_draft(before: OpenApplication, content: bytes, now: datetime) -> bool:
    """Saves over the version that was read. False when another page was faster."""
    one, draft = before.application, before.draft
    with transaction.atomic():
        saved = Draft.objects.filter(application=one, version=draft.version).update(
            version=draft.version + 1, content=content, saved_at=now)
        touched = Application.objects.filter(id=one.id, state=one.state).update(updated_at=now)
        if not (saved and touched):
            transaction.set_rollback(True)
            return False
    return True


@transaction.atomic
def submit(
    before: OpenApplication, content: bytes, fact: FrozenFact, scope: str, idempotency: str | None,
    answer: dict[str, Any], now: datetime,
) -> dict[str, Any]:
    """Keeps the last patch and the submission, and tells of it. A repetition gets the first answer."""
    one, draft = before.application, before.draft
    # Locks the application; a repetition that came at the same moment waits here.
    moved = Application.objects.filter(id=one.id, state__in=documents.WITH_APPLICANT, round=one.round).update(
        state="underway", stage="review", round=one.round + 1, updated_at=now)
    if not moved:
        if first := remembered(scope, idempotency):
            return first
        raise problems.already_submitted()
    saved = Draft.objects.filter(application=one, version=draft.version).update(
        version=draft.version + 1, content=content, saved_at=now)
    if not saved:
        raise problems.busy()
    round = one.round + 1
    Submission.objects.create(application=one, round=round, pack=one.pack, submitted_at=now, **fact._asdict())
    Milestone.objects.create(application=one, at=now, round=round, what="submitted")
    Event.objects.create(name="applications.submitted", payload={"application": one.id, "round": round}, at=now)
    if idempotency:
        Answer.objects.create(scope=scope, token=idempotency, answer=answer, at=now)
    return answer


def queue(after: str | None) -> list[Any]:
    """A page of the waiting cases, the oldest first, and one more if there is one."""
    waiting = Case.objects.filter(state="waiting").order_by("submitted_at", "id")
    if after and (last := Case.objects.filter(id=after).values_list("submitted_at", "id").first()):
        waiting = waiting.filter(TupleGreaterThan(("submitted_at", "id"), last))
    columns = (
        "id", "application_id", "company", "categories", "round", "submitted_at", "state", "reviewer_id", "verdict")
    return list(waiting.values_list(*columns, named=True)[: settings.PAGE + 1])


@dataclass
class OpenCase:
    case: Case
    owner: OwnerKey
    submission: Submission

    def submitted_values(self) -> dict[str, Any]:
        place = f"submissions|{self.submission.application_id}/{self.submission.round}.content"
        return orjson.loads(self.owner.open(bytes(self.submission.content), place))["values"]


def open_case(case: str, reviewer: Person) -> OpenCase:
    """A case that the reviewer may decide."""
    one = Case.objects.select_related("person").filter(id=case).first()
    if not one:
        raise problems.not_found()
    if one.person_id == reviewer.id:
        raise problems.own_application()
    if one.state in ("decided", "closed"):
        raise problems.decided()
    if one.state == "claimed" and one.reviewer_id != reviewer.id:
        raise problems.taken()
    submission = Submission.objects.get(application=one.application_id, round=one.round)
    return OpenCase(one, key_of(one.person), submission)


@transaction.atomic
def decide(
    before: OpenCase, reviewer: Person, fact: FrozenFact, asked: str, scope: str, idempotency: str | None,
    answer: dict[str, Any], now: datetime,
) -> dict[str, Any]:
    """Claims and decides a case, and tells of it. A repetition gets the first answer."""
    one = before.case
    verdict, state, stage = documents.VERDICTS[asked]
    moved = Case.objects.filter(id=one.id, version=one.version).update(
        state="decided", reviewer=reviewer, active_at=None, verdict=verdict, ended_at=now, version=one.version + 1)
    if not moved:
        if first := remembered(scope, idempotency):
            return first
        raise problems.taken()
    Application.objects.filter(id=one.application_id).update(state=state, stage=stage, updated_at=now)
    acts = [Act(case=one, act="decided", reviewer_id=reviewer.id, at=now)]
    if one.state == "waiting":
        acts.insert(0, Act(case=one, act="claimed", reviewer_id=reviewer.id, at=now))
    Act.objects.bulk_create(acts)
    Decision.objects.create(case=one, verdict=verdict, reviewer_id=reviewer.id, decided_at=now, **fact._asdict())
    Milestone.objects.create(
        application_id=one.application_id, at=now, round=one.round, what=verdict, stage="review")
    Event.objects.create(
        name="review.decided", at=now,
        payload={"case": one.id, "application": one.application_id, "round": one.round, "verdict": verdict})
    if idempotency:
        Answer.objects.create(scope=scope, token=idempotency, answer=answer, at=now)
    return answer
