"""axe on the page that is open."""

from axe_playwright_python.sync_playwright import Axe

RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
FATAL = {"serious", "critical"}


def findings(page):
    """What axe holds against the page, serious and critical only, one readable line each."""
    response = Axe().run(page, options={"runOnly": RULES}).response
    return [
        f"{violation['id']} ({violation['impact']}): {node['html'][:160]}"
        for violation in response["violations"]
        if violation["impact"] in FATAL
        for node in violation["nodes"]
    ]


def assert_accessible(page):
    found = findings(page)
    assert not found, f"axe on {page.url}:\n  " + "\n  ".join(found)
