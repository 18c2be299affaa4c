"""Both peers answer the measured routes alike."""

import concurrent.futures
from typing import Any

from conftest import Peer


def standing(peer: Peer, who: dict[str, str]) -> dict[str, Any]:
    status, answer = peer.ask("GET", f"/api/applications/{who['application']}", who)
    assert status == 200
    return answer


def test_a_half_filled_form_tells_what_is_due(peer: Peer) -> None:
    who = peer.take("half")
    status, answer = peer.ask("GET", f"/api/applications/{who['application']}/requirements", who)
    assert status == 200
    # Lists have no rows yet, and about half of the single fields have no answer.
    assert {"/owners", "/suppliers", "/branches"} <= set(answer["currently_due"])
    assert 30 < len(answer["currently_due"]) < 90
    assert answer["errors"] == []
    assert answer["deadline"].endswith("Z")
    assert standing(peer, who).items() >= {"state": "draft", "stage": None, "round": 0}.items()


def test_only_the_owner_sees_an_application(peer: Peer) -> None:
    who, other = peer.take("half"), peer.take("half")
    path = f"/api/applications/{who['application']}"
    assert peer.ask("GET", path)[0] == 401
    assert peer.ask("GET", path, {"session": "wrong"})[0] == 401
    assert peer.ask("GET", path, other)[0] == 404
    assert peer.ask("PATCH", path + "/draft", other, {})[0] == 404
    assert peer.ask("POST", path + "/submissions", other, {"truth": True})[0] == 404


def test_a_patch_changes_what_it_names_and_tells_what_is_wrong(peer: Peer) -> None:
    who = peer.take("half")
    path = f"/api/applications/{who['application']}/draft"
    due = set(standing(peer, who)["currently_due"])
    patch = {"contact": {"name": "王小明", "phone": "123"}, "owners": {"r0001": {"share": 101}}}
    status, answer = peer.ask("PATCH", path, who, patch)
    assert (status, answer["version"]) == (200, 2)
    assert {error["path"] for error in answer["errors"]} == {"/contact/phone", "/owners/r0001/share"}
    assert set(answer["currently_due"]) == (
        due - {"/contact/name", "/contact/phone", "/owners"} | {"/owners/r0001/name", "/owners/r0001/idNumber"})
    status, answer = peer.ask("PATCH", path, who, {"contact": {"name": None}, "owners": None})
    assert (status, answer["version"]) == (200, 3)
    assert {"/contact/name", "/owners"} <= set(answer["currently_due"])
    assert standing(peer, who)["currently_due"] == answer["currently_due"]


def test_identifiers_are_checked_to_their_last_digit(peer: Peer) -> None:
    who = peer.take("half")
    path = f"/api/applications/{who['application']}/draft"
    wrong = {
        "licence": {"creditCode": "91330106MA9TE5T040"}, "contact": {"idNumber": "330106199001019970"},
        "settlement": {"accountKind": "personal", "cardNumber": "6212261202009999990"},
    }
    codes = {error["code"] for error in peer.ask("PATCH", path, who, wrong)[1]["errors"]}
    assert codes == {"uscc.check_digit", "resident_id.check_digit", "bank_card.check_digit"}
    right = {
        "licence": {"creditCode": "91330106MA9TE5T04E"}, "contact": {"idNumber": "330106199001019979"},
        "settlement": {"cardNumber": "6212261202009999997"},
    }
    assert peer.ask("PATCH", path, who, right)[1]["errors"] == []


def test_an_answer_makes_others_wanted(peer: Peer) -> None:
    who = peer.take("half")
    path = f"/api/applications/{who['application']}/draft"
    nothing = {"settlement": {"accountKind": None, "accountNumber": None, "cardNumber": None}}
    answer = peer.ask("PATCH", path, who, nothing)[1]
    assert answer["eventually_due"] == ["/settlement/accountNumber", "/settlement/cardNumber"]
    answer = peer.ask("PATCH", path, who, {"settlement": {"accountKind": "personal"}})[1]
    assert answer["eventually_due"] == []
    assert "/settlement/cardNumber" in answer["currently_due"]
    assert "/settlement/accountNumber" not in answer["currently_due"]


def test_what_the_form_does_not_know_is_refused_and_nothing_kept(peer: Peer) -> None:
    who = peer.take("half")
    path = f"/api/applications/{who['application']}/draft"
    status, answer = peer.ask("PATCH", path, who, {"contact": {"name": "王小明", "planet": "Mars"}})
    assert (status, answer["code"]) == (422, "draft.refused")
    assert [error["path"] for error in answer["errors"]] == ["/contact/planet"]
    assert peer.ask("PATCH", path, who, {})[1]["version"] == 2
    for body in (b"{", b"[1]"):
        assert peer.ask("PATCH", path, who, body)[0] == 400


def test_patches_at_the_same_moment_all_count(peer: Peer) -> None:
    who = peer.take("half")
    path = f"/api/applications/{who['application']}/draft"
    with concurrent.futures.ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(
            lambda field: peer.ask("PATCH", path, who, {"contact": {field: "王小明"}}),
            ["name", "finance", "legal", "title"]))
    saved = [answer["version"] for status, answer in answers if status == 200]
    # Each kept version was given out once; whoever lost five times in a row is told so.
    assert sorted(saved) == list(range(2, 2 + len(saved)))
    assert all(status in (200, 409) for status, _ in answers)
    assert len(saved) >= 2


def test_a_submission_is_taken_once_and_reaches_a_reviewer(peer: Peer) -> None:
    who = peer.take("ready")
    path = f"/api/applications/{who['application']}/submissions"
    body = {"truth": True, "values": {"shop": {"name": "青禾的店"}}}
    assert peer.ask("POST", path, who, {})[1]["code"] == "application.truth_missing"
    first = peer.ask("POST", path, who, body, key="first")
    assert first == (201, {"id": who["application"], "round": 1})
    assert peer.ask("POST", path, who, body, key="first") == first
    status, answer = peer.ask("POST", path, who, body, key="another")
    assert (status, answer["code"]) == (409, "application.already_submitted")
    now = standing(peer, who)
    assert now.items() >= {"state": "underway", "stage": "review", "round": 1, "currently_due": []}.items()
    # 137 answers, and who applies.
    assert len(now["pending_verification"]) == 138
    draft = f"/api/applications/{who['application']}/draft"
    assert peer.ask("PATCH", draft, who, {})[1]["code"] == "application.locked"
    peer.eventually(lambda: find_case(peer, who["application"]))


def test_the_same_key_at_the_same_moment_submits_once(peer: Peer) -> None:
    who = peer.take("ready")
    path = f"/api/applications/{who['application']}/submissions"
    with concurrent.futures.ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda _: peer.ask("POST", path, who, {"truth": True}, key="k"), range(8)))
    assert answers == [(201, {"id": who["application"], "round": 1})] * 8
    assert standing(peer, who)["round"] == 1


def test_an_incomplete_form_is_not_taken(peer: Peer) -> None:
    who = peer.take("ready")
    path = f"/api/applications/{who['application']}/submissions"
    faulty = {"truth": True, "values": {"contact": {"name": None, "phone": "1"}}}
    status, answer = peer.ask("POST", path, who, faulty, key="k")
    assert (status, answer["code"]) == (422, "application.incomplete")
    assert {error["path"] for error in answer["errors"]} == {"/contact/name", "/contact/phone"}
    assert standing(peer, who)["state"] == "draft"
    assert peer.ask("POST", path, who, {"truth": True}, key="k")[0] == 201


def test_the_queue_comes_in_pages_the_oldest_first(peer: Peer) -> None:
    reviewer = peer.take("reviewer")
    assert peer.ask("GET", "/api/cases?tab=waiting")[0] == 401
    assert peer.ask("GET", "/api/cases?tab=waiting", peer.take("half"))[0] == 403
    seen: list[tuple[str, str]] = []
    after = ""
    while True:
        _, page = peer.ask("GET", f"/api/cases?tab=waiting{after}", reviewer)
        assert len(page["cases"]) <= 50
        seen += [(case["submitted_at"], case["id"]) for case in page["cases"]]
        if not page["next"]:
            break
        after = f"&after={page['next']}"
    assert len(seen) > 50
    assert len({case for _, case in seen}) == len(seen)
    assert [at for at, _ in seen] == sorted(at for at, _ in seen)


def test_an_approval_opens_the_shop(peer: Peer) -> None:
    reviewer, who = peer.take("reviewer"), peer.take("review")
    path = f"/api/cases/{who['case']}/decisions"
    assert peer.ask("POST", path, who, {"verdict": "approve"})[0] == 403
    first = peer.ask("POST", path, reviewer, {"verdict": "approve"}, key="k")
    assert first == (201, {"id": who["case"], "verdict": "approved"})
    assert peer.ask("POST", path, reviewer, {"verdict": "approve"}, key="k") == first
    status, answer = peer.ask("POST", path, reviewer, {"verdict": "approve"}, key="other")
    assert (status, answer["code"]) == (409, "case.decided")
    peer.eventually(lambda: standing(peer, who)["state"] == "open")


def test_asked_for_changes_an_applicant_hands_in_anew(peer: Peer) -> None:
    reviewer, who = peer.take("reviewer"), peer.take("ready")
    path = f"/api/applications/{who['application']}/submissions"
    assert peer.ask("POST", path, who, {"truth": True}, key="k")[1]["round"] == 1
    case = peer.eventually(lambda: find_case(peer, who["application"]))
    path = f"/api/cases/{case['id']}/decisions"
    changes = {"verdict": "request_changes", "comments": {"/shop/name": "请换一个名字"}}
    assert peer.ask("POST", path, reviewer, changes, key="k")[1]["verdict"] == "changes_requested"
    assert standing(peer, who)["state"] == "changes_requested"
    body = {"truth": True, "values": {"shop": {"name": "新名字"}}}
    answer = peer.ask("POST", f"/api/applications/{who['application']}/submissions", who, body, key="k")
    assert answer == (201, {"id": who["application"], "round": 2})
    assert peer.eventually(lambda: find_case(peer, who["application"]))["round"] == 2
    assert standing(peer, who)["round"] == 2


def test_a_decision_that_says_too_little_is_refused(peer: Peer) -> None:
    reviewer, who = peer.take("reviewer"), peer.take("review")
    for body in (
        {}, {"verdict": "maybe"}, {"verdict": "request_changes"}, {"verdict": "reject"},
        {"verdict": "reject", "reason": "other"}, {"verdict": "approve", "note": "好"},
        {"verdict": "request_changes", "comments": {"/no/such": "改"}},
    ):
        status, answer = peer.ask("POST", f"/api/cases/{who['case']}/decisions", reviewer, body)
        assert (status, answer["code"]) == (422, "decision.refused"), body
    assert standing(peer, who)["state"] == "underway"


def find_case(peer: Peer, application: str) -> dict[str, Any] | None:
    after = ""
    while True:
        _, page = peer.ask("GET", f"/api/cases?tab=waiting{after}", peer.take("reviewer"))
        for case in page["cases"]:
            if case["application"] == application:
                return case
        if not page["next"]:
            return None
        after = f"&after={page['next']}"
