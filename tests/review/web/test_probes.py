"""Attacks on the whole application: its doors, its roles and its addresses."""

from __future__ import annotations

import re
from urllib.parse import urlencode

import pytest
from sqlalchemy import func, select

from annotations.decisions import schema
from annotations.decisions.events import NewEvent
from annotations.decisions.types import Kind, Source
from pipeline.review.web.access.guard import COOKIE, OPEN_PATHS
from pipeline.review.web.access.reviewer import Role
from tests.review.web.site import Site, usual
from tests.review.web.wire import ask, cookie, filled, ours, routes, starlette

OPEN = {"/in", "/halsa", "/tillganglighet"}
SAME = {"sec-fetch-site": "same-origin"}


def _stand(here: Site) -> tuple[int, ...]:
    """Return how much of everything the database holds that a request could change."""
    tables = (
        schema.event,
        schema.ruling,
        schema.revealed,
        schema.session,
        schema.person,
        schema.item,
    )
    with here.state.database.read() as db:
        return tuple(db.scalar(select(func.count()).select_from(t)) or 0 for t in tables)


# --- Doors --------------------------------------------------------------------------------------


def test_only_these_pages_are_open() -> None:
    assert set(OPEN_PATHS) == OPEN | {"/static/"}


def test_no_page_is_shown_without_a_session(here: Site) -> None:
    found = routes(here, "GET")
    assert len(found) >= 13
    for path in found:
        if path in OPEN:
            continue
        for key in ("", "fel", "x" * 4000):
            headers = [(b"cookie", f"{COOKIE}={key}".encode())]
            for method in ("GET", "HEAD"):
                answer = ask(here.app, method, filled(here, path), headers=headers)
                assert (answer.status, answer.headers["location"]) == (303, "/in"), path
                assert answer.body == b""
            part = [*headers, (b"hx-request", b"true")]
            assert ask(here.app, "GET", filled(here, path), headers=part).status == 401


def test_open_pages_tell_nothing_about_the_round(here: Site) -> None:
    for path in (*OPEN, "/static/finns-inte.css"):
        text = ask(here.app, "GET", path).text
        for word in ("Omgång 1", "Anna Ek", "Polis", "csrf", "svar.docx"):
            assert word not in text, path


FORGED: dict[str, tuple[bool, dict[str, str]]] = {
    "no token": (False, SAME),
    "no sign of where it comes from": (True, {}),
    "from another site": (True, {"sec-fetch-site": "cross-site"}),
    "from a sibling": (True, {"sec-fetch-site": "same-site"}),
    "another origin": (True, {**SAME, "origin": "http://127.0.0.1:9999"}),
    "an origin without a name": (True, {"origin": "null"}),
}


@pytest.mark.parametrize("case", FORGED)
def test_no_forged_post_does_anything(here: Site, case: str) -> None:
    """Every route that takes a POST, as the application lists them."""
    right, headers = FORGED[case]
    found = routes(here, "POST")
    assert len(found) >= 9
    browser = here.browser(role=Role.COORDINATOR)
    browser.get("/")
    fields = {**browser.hidden(), "val": "aktiv", "kommentar": "fel", "till": "av"}
    if not right:
        fields["csrf"] = "x" * len(fields["csrf"])
    before = _stand(here)
    for path in found:
        if path == "/in":  # who signs in has no token yet
            continue
        response = browser.client.post(filled(here, path), data=fields, headers=headers)
        assert response.status_code == 403, path
    assert _stand(here) == before
    assert browser.get("/").status_code == 200 and 'data-tangenter="pa"' in browser.page


def test_no_post_is_taken_without_a_session(here: Site) -> None:
    before = _stand(here)
    for path in routes(here, "POST"):
        if path != "/in":
            headers = [(b"sec-fetch-site", b"same-origin")]
            assert ask(here.app, "POST", filled(here, path), headers=headers).status == 401, path
    assert _stand(here) == before


def test_nobody_is_signed_in_by_another_site(here: Site) -> None:
    headers = {"sec-fetch-site": "cross-site"}
    response = here.browser().client.post("/in", data={"namn": "a"}, headers=headers)
    assert response.status_code == 403 and "set-cookie" not in response.headers


def test_opening_a_page_decides_nothing(here: Site) -> None:
    browser = here.browser(role=Role.COORDINATOR)
    before = _stand(here)
    for path in routes(here, "GET"):
        query = "?val=aktiv&kommentar=hej&klar=1&till=av&token=" + "a" * 32
        browser.get(filled(here, path) + query)
    assert _stand(here) == before


def test_a_method_is_not_changed_by_a_field_or_a_header(here: Site) -> None:
    browser = here.browser()
    browser.get("/")
    before = _stand(here)
    headers = {"x-http-method-override": "POST", **SAME}
    browser.client.get(f"/angra?_method=POST&{urlencode(browser.hidden())}", headers=headers)
    assert _stand(here) == before


def test_a_session_that_was_left_is_worth_nothing(here: Site) -> None:
    browser = here.browser()
    browser.get("/")
    key, fields = cookie(browser), browser.hidden()
    assert browser.client.post("/ut", data=fields, headers=SAME).status_code == 200
    assert ask(here.app, "GET", "/", headers=ours(key)).status == 303


def test_a_planted_cookie_is_not_taken_over(here: Site) -> None:
    """Fixation: the key of a session is made when it begins, never taken from the browser."""
    client = here.browser().client
    client.cookies.clear()
    client.cookies.set(COOKIE, "planterad")
    way = starlette(here).state.access.way
    response = client.get("/in", params={"nyckel": way.token})
    assert response.status_code == 303 and "planterad" not in response.headers["set-cookie"]
    flags = response.headers["set-cookie"].lower()
    assert "httponly" in flags and "samesite=lax" in flags
    assert here.sessions.find("planterad") is None


# --- Roles --------------------------------------------------------------------------------------


def test_a_reviewer_adjudicates_nothing(here: Site) -> None:
    id = here.disputed()
    browser = here.browser("Nils Ask", Role.REVIEWER)
    assert browser.get("/tvister").status_code == 403
    assert browser.get(f"/tvister/{id}").status_code == 403
    browser.get("/hjalp")
    assert "/tvister" not in browser.page
    before = _stand(here)
    sent = browser.send(f"/tvister/{id}", val="aktiv", token="a" * 32, seq="0")
    assert sent.status_code == 403 and _stand(here) == before
    assert here.browser("Siv Dahl", Role.ANALYST).get(f"/tvister/{id}").status_code == 200


def test_a_blind_coder_learns_nothing_of_the_other(here: Site) -> None:
    here.state.items.set_double(1.0)
    item = here.item("partner", "polis")
    first = here.browser("Per Lund")
    first.get(f"/post/{item.id}")
    first.send(f"/post/{item.id}", val="nej", kommentar="bara min kommentar")
    second = here.browser("Anna Ek")
    for path in (f"/post/{item.id}", "/lista?lage=alla", "/lista", f"/post/{item.id}/underlag"):
        second.get(path)
        for word in ("Per Lund", "bara min kommentar", "gäller nu"):
            assert word not in second.page, path


def test_nobody_decides_in_anothers_name_or_lane(here: Site) -> None:
    browser = here.browser("Anna Ek")
    browser.get("/")
    item = here.item("partner", "polis")
    browser.send(
        f"/post/{item.id}", val="nej", reviewer="Per Lund", lane="Per Lund", granskare="Per Lund",
        source="excel", at="2001-01-01", basis="x", proposal="nej", probability="1",
    )  # fmt: skip
    (event,) = here.state.log.events(item.id)
    assert (event.reviewer, event.lane, event.source.value) == ("Anna Ek", "", "webb")
    assert (event.proposal, event.basis) == (item.proposal.choice, item.proposal.basis)


def test_nobody_undoes_what_another_decided(here: Site) -> None:
    one, other = here.browser("Anna Ek"), here.browser("Per Lund")
    item = here.item("partner", "polis")
    one.get(f"/post/{item.id}")
    one.send(f"/post/{item.id}", val="nej")
    other.get(f"/post/{item.id}")
    other.send("/angra")
    assert [e.kind for e in here.state.log.events(item.id)] == [Kind.DECIDE]


def test_nobody_ends_anothers_lease(here: Site) -> None:
    one, other = here.browser("Anna Ek"), here.browser("Per Lund")
    one.get("/")
    item = here.item("partner", "polis")
    other.get(f"/post/{item.id}")
    assert "En annan granskare har också den här framme" in other.page
    other.send(f"/post/{item.id}/hoppa")
    with here.state.database.read() as db:
        held = db.execute(select(schema.lease).where(schema.lease.c.item == item.id)).all()
    assert [row.reviewer for row in held] == ["Anna Ek"]


# --- Addresses ----------------------------------------------------------------------------------


def _of_another_round(here: Site) -> int:
    proposals = usual()
    here.state.items.publish(
        "Omgång 2", proposals, {p.project: {p.basis} for p in proposals},
        ranks={p.key: i for i, p in enumerate(proposals)},
    )  # fmt: skip
    with here.state.database.read() as db:
        query = select(schema.item.c.id).where(schema.item.c.round == "Omgång 2")
        return int(db.scalars(query.order_by(schema.item.c.id)).all()[0])


def test_an_item_of_another_round_is_not_there(here: Site) -> None:
    id = _of_another_round(here)
    browser = here.browser(role=Role.COORDINATOR)
    browser.get("/")
    before = _stand(here)
    for path in (f"/post/{id}", f"/post/{id}/underlag", f"/bild/{id}/1", f"/tvister/{id}"):
        assert browser.get(path).status_code == 404, path
    browser.get("/")
    for path in (f"/post/{id}", f"/post/{id}/hoppa", f"/post/{id}/visa", f"/tvister/{id}"):
        assert (
            browser.client.post(
                path, data={**browser.hidden(), "val": "aktiv", "kommentar": "x"}, headers=SAME
            ).status_code
            == 404
        ), path
    assert _stand(here) == before


def test_undo_stays_within_the_round(here: Site) -> None:
    id = _of_another_round(here)
    new = NewEvent(id, Kind.DECIDE, "Anna Ek", Source.WEB, "annan", choice="nej")
    here.state.log.append(new, 0)
    browser = here.browser("Anna Ek")
    browser.get("/")
    assert browser.send("/angra").status_code == 200
    assert browser.told.startswith("Det finns inget att ångra.")
    assert [e.kind for e in here.state.log.events(id)] == [Kind.DECIDE]


ODD = ["0", "-1", "00", "1.0", "1e3", "9" * 18, "9" * 19, "9" * 400, "١", "²", "1%00", "%2e%2e",
       "1;2", "1'", "1 OR 1=1", "nan", "0x10", "+1", " 1"]  # fmt: skip


@pytest.mark.parametrize("id", ODD)
def test_odd_numbers_are_no_address(still: Site, id: str) -> None:
    headers = ours(cookie(still.browser(role=Role.COORDINATOR)))
    known = still.item("partner", "polis").id
    for path in (f"/post/{id}", f"/post/{id}/underlag", f"/bild/{id}/1", f"/bild/{known}/{id}",
                 f"/tvister/{id}"):  # fmt: skip
        answer = ask(still.app, "GET", path, headers=headers)
        assert answer.status == 404 and "Sidan finns inte" in answer.text, path


QUERIES = [
    "sida=99999999999", "sida=-1", "sida=٣", "sida=²", "sida=1e9", "lage=x", "ordning=;drop",
    "fraga=.", "fraga=....", "fraga=partner.'--", "lan=%00", "sok=%00", "skal=%00", "fraga=%00.%00",
    "sok=%ff%fe", "sok=%ED%A0%80", "sparat=99999999999999999999", "sparat=%D9%A3", "vy=%00",
    "klar=1&klar=0", "sok[]=a", "sok=" + "%25" * 200, "sok=" + "\\" * 100, "lan=" + "a" * 5000,
    "sok=%F0%9F%98%80", "&&&&=&=", "sok='%22--%3B", "sida=%20", "urval=a%26b%3Dc",
]  # fmt: skip


@pytest.mark.parametrize("query", QUERIES)
def test_odd_questions_are_answered(still: Site, query: str) -> None:
    headers = ours(cookie(still.browser(role=Role.COORDINATOR)))
    item = still.item("partner", "polis").id
    paths = ("/", "/lista", "/lista/godkann", "/tvister", f"/post/{item}", f"/post/{item}/underlag")
    for path in paths:
        answer = ask(still.app, "GET", path, query.encode(), headers)
        assert answer.status == 200, path


@pytest.mark.parametrize(
    "text", ["%", "_", "\\", "'", "' OR '1'='1", "a%' OR 1=1 --", "/", "[a-z]", "*", "\x00"]
)
def test_what_is_searched_for_is_no_pattern_and_no_sql(still: Site, text: str) -> None:
    browser = still.browser()
    for field in ("sok", "lan", "fraga", "skal"):
        browser.get("/lista?" + urlencode({field: text, "lage": "alla"}))
        total = re.findall(r"<b>(\d+)</b> i urvalet", browser.page)
        assert total == ["0"] or (text == "\x00" and total == ["5"]), field


PATHS = [
    "/static/../app.py", "/static/..\\app.py", "/static//etc/passwd", "/static/%2e%2e/app.py",
    "/static/....//app.py", "/static/granskning.css/../../app.py", "/static/\x00", "/static/.",
    "/static/", "/static", "/static/granskning.css\x00.png", "/static/" + "a" * 3000,
    "/static/" + "a/" * 1500, "/static/C:\\Windows\\win.ini", "/static/./granskning.css/x",
    "/static/\ud800",
]  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_no_path_leads_out_of_static(still: Site, path: str) -> None:
    answer = ask(still.app, "GET", path)
    assert answer.status in (303, 404), answer.status
    assert "import" not in answer.text and "root:" not in answer.text


@pytest.mark.parametrize(
    "path", ["/static/../", "/in/../", "//", "/./", "/in/", "/halsa/x", "/IN", "/in/x", "/in;x"]
)
def test_no_spelling_of_an_open_path_opens_another(still: Site, path: str) -> None:
    answer = ask(still.app, "GET", path)
    assert answer.status in (303, 404)
    if answer.status == 303:
        assert answer.headers["location"] == "/in"
