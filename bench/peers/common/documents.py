"""What the routes answer, made from rows that both peers name alike."""

from datetime import datetime, timedelta
from typing import Any

from . import problems
from .frozen import leaves
from .rules import Finding
from .settings import DAYS_TO_ACT, PAGE

STATEMENT = "以上内容真实有效"
WITH_APPLICANT = ("draft", "changes_requested")
#: What a verdict in a request is called in rows, and which state and stage an application then has.
VERDICTS = {
    "approve": ("approved", "underway", "opening"),
    "request_changes": ("changes_requested", "changes_requested", None),
    "reject": ("rejected", "rejected", None),
}


def moment(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def requirements(
    state: str, saved_at: datetime, values: dict[str, Any], check: Any, now: datetime,
) -> dict[str, Any]:
    """What is due. `check` is only needed while it is the applicant's turn."""
    if state not in WITH_APPLICANT:
        asked = [pointer for pointer, _ in leaves(values)] if state == "underway" else []
        return {
            "alternatives": [], "currently_due": [], "deadline": None, "errors": [], "eventually_due": [],
            "future": [], "past_due": [], "pending_verification": asked,
        }
    deadline = saved_at + timedelta(days=DAYS_TO_ACT)
    return {
        "alternatives": [], "currently_due": check.due, "deadline": moment(deadline),
        "errors": [
            {"path": one.path, "code": one.code, "message": one.message, "hint": None} for one in check.findings],
        "eventually_due": check.eventually, "future": [], "past_due": check.due if deadline < now else [],
        "pending_verification": [],
    }


def standing(one: Any) -> dict[str, Any]:
    return {"id": one.id, "pack": one.pack, "round": one.round, "stage": one.stage, "state": one.state}


def submission(one: Any, values: dict[str, Any], now: datetime) -> dict[str, Any]:
    """What is frozen of a submission."""
    return {
        "application": one.id, "round": one.round + 1, "pack": one.pack, "submittedAt": moment(now),
        "statement": STATEMENT, "categories": values["shop"]["categories"], "values": values,
    }


def case(one: Any) -> dict[str, Any]:
    return {
        "id": one.id, "application": one.application_id, "company": one.company, "categories": one.categories,
        "round": one.round, "submitted_at": moment(one.submitted_at), "state": one.state,
        "reviewer": one.reviewer_id, "verdict": one.verdict,
    }


def queue(found: list[Any]) -> dict[str, Any]:
    """A page of the queue, of rows that may be one more than a page."""
    page = found[:PAGE]
    return {"cases": [case(one) for one in page], "next": page[-1].id if len(found) > PAGE else None}


def decision(one: Any, reviewer: str, asked: dict[str, Any], submission_digest: str, now: datetime) -> dict[str, Any]:
    """What is frozen of a decision."""
    return {
        "kind": "review.decision", "case": one.id, "application": one.application_id, "round": one.round,
        "verdict": VERDICTS[asked["verdict"]][0], "comments": asked.get("comments") or {},
        "reason": asked.get("reason"), "note": asked.get("note"), "pack": one.pack, "submission": submission_digest,
        "reviewer": reviewer, "decidedAt": moment(now),
    }


def check_decision(asked: dict[str, Any]) -> None:
    """Refuses what is missing, and words that a decision would not carry to the applicant."""
    comments, note, reason = asked.get("comments"), asked.get("note"), asked.get("reason")
    findings = []
    match asked["verdict"]:
        case "approve" if comments or note:
            findings.append(Finding("", "decision.words_on_approval", "通过时不会把意见发给申请人"))
        case "request_changes" if not comments:
            findings.append(Finding("", "decision.comment_missing", "要求修改至少要对一项提意见"))
        case "request_changes" if note:
            findings.append(Finding("/note", "decision.note_on_changes", "要求修改只把各项意见发给申请人"))
        case "reject" if not reason:
            findings.append(Finding("/reason", "decision.reason_missing", "驳回要选一个原因"))
        case "reject" if comments:
            findings.append(Finding("", "decision.comments_on_rejection", "驳回不会把各项意见发给申请人"))
        case "reject" if reason == "other" and not note:
            findings.append(Finding("/note", "decision.note_missing", "要写明理由"))
    if findings:
        raise problems.decision_refused(findings)


def check_comments(asked: dict[str, Any], values: dict[str, Any]) -> None:
    """Refuses comments on what was not submitted."""
    submitted = {pointer for pointer, _ in leaves(values)}
    unknown = [path for path in asked.get("comments") or {} if path not in submitted]
    if unknown:
        raise problems.decision_refused([Finding(path, "decision.unknown_path", "这次提交里没有这一项") for path in unknown])


def submission_scope(one: Any) -> str:
    """What an idempotency key of a submission belongs to: the round, so that the same key hands in anew afterwards."""
    return f"{one.person_id}|submit/{one.id}/{next_round(one)}"


def next_round(one: Any) -> int:
    return one.round + 1 if one.state in WITH_APPLICANT else one.round


def idempotency_key(header: str | None) -> str | None:
    """The key that a client sent; one that is empty or too long counts as none."""
    key = (header or "").strip().removeprefix('"').removesuffix('"')
    return key if 0 < len(key) <= 200 else None
