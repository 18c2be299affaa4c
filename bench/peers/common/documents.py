"""What the routes answer, made from rows that both peers name alike."""

from datetime import UTC, datetime, timedelta
from typing import Any

from . import problems
from .rules import Finding
from .settings import DAYS_TO_ACT, PAGE

STATEMENT = "以上内容真实有效"
WITH_APPLICANT = ("draft", "changes_requested")


def moment(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def requirements(state: str, saved_at: datetime, check: Any, now: datetime) -> dict[str, Any]:
    """The list of what is due; empty when it is not the applicant's turn."""
    is_open = state in WITH_APPLICANT
    deadline = saved_at + timedelta(days=DAYS_TO_ACT) if is_open else None
    due = check.due if is_open else []
    return {
        "alternatives": [], "currently_due": due, "deadline": moment(deadline) if deadline else None,
        "errors": [{**finding._asdict(), "hint": None} for finding in check.findings] if is_open else [],
        "eventually_due": check.eventually if is_open else [], "future": [],
        "past_due": due if deadline and deadline < now else [], "pending_verification": [],
    }


def application(one: Any, saved_at: datetime, check: Any, now: datetime) -> dict[str, Any]:
    return requirements(one.state, saved_at, check, now) | {
        "id": one.id, "pack": one.pack, "round": one.round, "stage": one.stage, "state": one.state,
    }


def submission(one: Any, values: dict[str, Any], now: datetime) -> dict[str, Any]:
    """What is frozen of a submission."""
    return {
        "application": one.id, "round": one.round + 1, "pack": one.pack, "submittedAt": moment(now),
        "statement": STATEMENT, "values": values,
    }


def case(one: Any) -> dict[str, Any]:
    return {
        "id": one.id, "application": one.application_id, "round": one.round, "company": one.company,
        "submitted_at": moment(one.submitted_at), "state": one.state,
    }


def decision(one: Any, reviewer: str, asked: dict[str, Any], submission_digest: str, now: datetime) -> dict[str, Any]:
    """What is frozen of a decision."""
    return {
        "kind": "review.decision", "case": one.id, "application": one.application_id, "round": one.round,
        "verdict": VERDICTS[asked["decision"]], "comments": asked.get("comments") or {},
        "reason": asked.get("reason"), "note": asked.get("note"), "submission": submission_digest,
        "reviewer": reviewer, "decidedAt": moment(now),
    }


#: What a decision is called in the request, and what the application's state becomes.
VERDICTS = {"approve": "approved", "changes": "changes_requested", "reject": "rejected"}
#: State and stage of an application after each verdict.
AFTER_VERDICT = {
    "approved": ("underway", "opening"), "changes_requested": ("changes_requested", None), "rejected": ("rejected", None),
}


def check_decision(asked: dict[str, Any]) -> None:
    """Refuses what is missing, and words that a decision would not carry to the applicant."""
    comments, note, reason = asked.get("comments"), asked.get("note"), asked.get("reason")
    findings = []
    match asked["decision"]:
        case "approve" if comments or note:
            findings.append(Finding("", "decision.words_on_approval", "通过时不会把意见发给申请人"))
        case "changes" if not comments:
            findings.append(Finding("", "decision.comment_missing", "要求修改至少要对一项提意见"))
        case "changes" if note:
            findings.append(Finding("/note", "decision.note_on_changes", "要求修改只把各项意见发给申请人"))
        case "reject" if not reason:
            findings.append(Finding("/reason", "decision.reason_missing", "驳回要选一个原因"))
        case "reject" if comments:
            findings.append(Finding("", "decision.comments_on_rejection", "驳回不会把各项意见发给申请人"))
        case "reject" if reason == "other" and not note:
            findings.append(Finding("/note", "decision.note_missing", "要写明理由"))
    if findings:
        raise problems.decision_faults(findings)


def queue(found: list[Any]) -> dict[str, Any]:
    """A page of the queue, of rows that may be one more than a page."""
    page = found[:PAGE]
    return {"cases": [case(one) for one in page], "next": cursor(page[-1]) if len(found) > PAGE else None}


def cursor(one: Any) -> str:
    """Where the next page of the queue begins."""
    return f"{one.submitted_at.isoformat().replace('+00:00', 'Z')}_{one.id}"


def place(cursor: str) -> tuple[datetime, str]:
    """Reads what `cursor` wrote."""
    at, _, identity = cursor.partition("_")
    try:
        return datetime.fromisoformat(at).astimezone(UTC), identity
    except ValueError:
        raise problems.Problem(400, "bad_request", "这一页不存在") from None
