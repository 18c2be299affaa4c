"""Brings events from the outbox to their handlers. An event whose handling commits is marked in that same commit."""

import signal
import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
from django.db import connection, transaction
from django.db.models import F

from common import settings
from common.ids import new_id

from .models import Act, Application, Case, Event, Milestone, Shop, Submission
from .services import key_of

BATCH = 100
#: Seconds between looks at an empty outbox.
PAUSE = 0.1
#: Seconds between looks for claims that nobody uses any more.
SWEEP = 60


def run() -> None:
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    swept = datetime.min.replace(tzinfo=UTC)
    while not stopped.is_set():
        now = datetime.now(UTC)
        if now - swept > timedelta(seconds=SWEEP):
            release_lapsed(now)
            swept = now
        if Event.objects.filter(handled_at=None).exists():
            handle_batch(now)
        else:
            stopped.wait(PAUSE)


@transaction.atomic
def handle_batch(now: datetime) -> None:
    events = Event.objects.filter(handled_at=None).order_by("id")
    if connection.features.has_select_for_update_skip_locked:
        events = events.select_for_update(skip_locked=True)
    handled = []
    for event in events[:BATCH]:
        match event.name:
            case "applications.submitted":
                open_case(event.payload["application"], event.payload["round"], now)
            case "review.decided" if event.payload["verdict"] == "approved":
                open_shop(event.payload["application"], event.payload["round"], now)
        handled.append(event.id)
    Event.objects.filter(id__in=handled).update(handled_at=now)


def submitted(application: str, round: int) -> tuple[Submission, dict[str, Any]]:
    one = Submission.objects.select_related("application__person").get(application=application, round=round)
    content = key_of(one.application.person).open(bytes(one.content), f"submissions|{application}/{round}.content")
    return one, orjson.loads(content)["values"]


def open_case(application: str, round: int, now: datetime) -> None:
    if Case.objects.filter(application=application, round=round).exists():
        return
    one, values = submitted(application, round)
    case = Case.objects.create(
        id=new_id(), application_id=application, person_id=one.application.person_id, round=round, pack=one.pack,
        company=values["licence"]["name"], categories=values["shop"]["categories"], submitted_at=one.submitted_at)
    Act.objects.create(case=case, act="opened", at=now)


def open_shop(application: str, round: int, now: datetime) -> None:
    if Shop.objects.filter(application=application).exists():
        return
    one, values = submitted(application, round)
    Shop.objects.create(
        id=new_id(), application_id=application, person_id=one.application.person_id, name=values["shop"]["name"],
        opened_at=now)
    Application.objects.filter(id=application).update(state="open", stage=None, updated_at=now)
    Milestone.objects.create(application_id=application, at=now, round=round, what="opened")


def release_lapsed(now: datetime) -> None:
    """Cases whose reviewer has not been active for long wait for anybody again."""
    Case.objects.filter(state="claimed", active_at__lte=now - timedelta(minutes=settings.CLAIM_MINUTES)).update(
        state="waiting", reviewer=None, active_at=None, version=F("version") + 1)
