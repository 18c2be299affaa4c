"""Refusals that both peers answer as problem documents (RFC 9457)."""

from collections.abc import Iterable
from typing import Any

from .rules import Finding


class Problem(Exception):
    """A refusal with its HTTP status and stable code."""

    def __init__(self, status: int, code: str, title: str, errors: Iterable[Finding] = ()):
        self.status = status
        self.document: dict[str, Any] = {"type": "about:blank", "status": status, "code": code, "title": title}
        if found := [finding._asdict() for finding in errors]:
            self.document["errors"] = found


def not_signed_in() -> Problem:
    return Problem(401, "access.not_signed_in", "请先登录")


def role_missing() -> Problem:
    return Problem(403, "access.role_missing", "没有这项权限")


def not_found() -> Problem:
    return Problem(404, "not_found", "没有找到")


def bad_body() -> Problem:
    return Problem(400, "body.not_json", "正文不是 JSON 对象")


def locked() -> Problem:
    return Problem(409, "application.locked", "现在不能修改")


def busy() -> Problem:
    return Problem(409, "application.busy", "别处刚刚保存过，请重新打开")


def already_submitted() -> Problem:
    return Problem(409, "application.already_submitted", "已经提交过了")


def incomplete(due: Iterable[str], findings: Iterable[Finding]) -> Problem:
    missing = [Finding(path, "field.due", "请填写") for path in due]
    return Problem(422, "application.incomplete", "还有要补的地方", [*missing, *findings])


def taken() -> Problem:
    return Problem(409, "case.taken", "别的审核员正在处理")


def decided() -> Problem:
    return Problem(409, "case.decided", "已经有结论了")


def own_application() -> Problem:
    return Problem(403, "case.own_application", "不能审核自己的申请")


def decision_refused(errors: Iterable[Finding]) -> Problem:
    return Problem(422, "decision.refused", "决定还不完整，没有生效", errors)


def draft_refused(errors: Iterable[Finding]) -> Problem:
    return Problem(422, "draft.refused", "有些内容存不下来，什么都没有改", errors)


def truth_missing() -> Problem:
    return Problem(422, "application.truth_missing", "请确认以上内容真实有效")
