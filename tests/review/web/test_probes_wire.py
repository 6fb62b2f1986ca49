"""Attacks by redirects, by what is kept, and by bodies that are no honest forms."""

from __future__ import annotations

import gzip
import re
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest

from pipeline.review.web.access import guard
from pipeline.review.web.access.reviewer import Role
from tests.review.web.site import HOST, Site
from tests.review.web.wire import Answer, ask, cookie, filled, ours, routes

SAME = {"sec-fetch-site": "same-origin"}
URL_FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "XYZ"])
def test_other_methods_reach_nothing(still: Site, method: str) -> None:
    headers = ours(cookie(still.browser()))
    assert ask(still.app, method, "/", headers=headers).status == 405


# --- Redirects ----------------------------------------------------------------------------------

ELSEWHERE = [
    "http://evil.example/", "//evil.example", "http://evil.example@127.0.0.1:8000.evil.example/",
    f"http://{HOST}//evil.example/x", f"http://{HOST}/\\evil.example", "javascript:alert(1)",
    f"http://{HOST}.evil.example/", "http://[", "data:text/html,x", "",
    f"http://{HOST}/x\tSet-Cookie: a=b", f"http://{HOST}/%0d%0aSet-Cookie:%20a=b",
    f"http://{HOST}/lista?sok=%0d%0aX: y", "http://[::1", f"http://{HOST}:x/",
]  # fmt: skip


@pytest.mark.parametrize("referer", ELSEWHERE)
def test_the_switch_leads_only_to_pages_of_ours(still: Site, referer: str) -> None:
    browser = still.browser()
    browser.get("/")
    headers = {**SAME, "referer": referer}
    response = browser.client.post("/tangenter", data=browser.hidden(), headers=headers)
    assert response.status_code == 303
    _is_ours(response)


@pytest.mark.parametrize("field", ["next", "url", "redirect", "tillbaka", "urval", "return_to"])
def test_no_field_leads_elsewhere(here: Site, field: str) -> None:
    browser = here.browser()
    for value in ("http://evil.example/", "//evil.example", "a\r\nset-cookie: b=c", "\\evil"):
        item = here.item("partner", "polis").id
        for path in (f"/post/{item}", f"/post/{item}/hoppa", "/angra", "/tangenter"):
            browser.get(f"/post/{item}")
            sent = {"val": "nej", **browser.hidden(), field: value}
            response = browser.client.post(path, data=sent, headers=SAME)
            assert response.status_code in (200, 303)
            _is_ours(response)
        _is_ours(browser.client.get("/in", params={field: value}))


def test_a_closing_slash_leads_nowhere_else(here: Site) -> None:
    headers = ours(cookie(here.browser()))
    for path in ("//evil.example/", "/lista/", "/\\evil.example/", "//evil.example/lista/"):
        answer = ask(here.app, "GET", path, headers=headers)
        target = urlsplit(answer.headers.get("location", "/"))
        assert target.netloc in ("", HOST), path


def _is_ours(response: Any) -> None:
    target = response.headers.get("location", "/")
    assert target.startswith("/") and not target.startswith(("//", "/\\"))
    assert urlsplit(target).netloc == "" and "\r" not in target and "\n" not in target
    assert "b=c" not in response.headers.get("set-cookie", "")


# --- What is kept by browsers and proxies -------------------------------------------------------


def test_nothing_but_the_looks_is_kept(here: Site) -> None:
    headers = ours(cookie(here.browser(role=Role.COORDINATOR)))
    pages = [filled(here, path) for path in routes(here, "GET")]
    pages += ["/finns/inte", "/static/finns-inte.css", "/static/x/../../", "/post/999999"]
    for path in pages:
        answer = ask(here.app, "GET", path, headers=headers)
        assert answer.headers["cache-control"] == "no-store", path
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert "server" not in answer.headers and "x-powered-by" not in answer.headers
    looks = ask(here.app, "GET", "/static/granskning.css", headers=headers)
    assert looks.status == 200 and "no-store" not in looks.headers.get("cache-control", "")
    assert "set-cookie" not in looks.headers


def test_nothing_is_fetched_from_elsewhere(here: Site) -> None:
    browser = here.browser(role=Role.COORDINATOR)
    for path in routes(here, "GET"):
        browser.get(filled(here, path))
        for address in re.findall(r'(?:src|href|action|hx-\w+)="([^"]*)"', browser.page):
            assert not re.match(r"(?i)[a-z]+:|//", address), (path, address)


# --- Bodies -------------------------------------------------------------------------------------


def _form(here: Site) -> tuple[str, dict[str, str], list[tuple[bytes, bytes]]]:
    browser = here.browser()
    browser.get("/")
    return f"/post/{browser.hidden()['post']}", browser.hidden(), ours(cookie(browser))


def _posted(here: Site, kind: str, body: bytes, *more: tuple[bytes, bytes]) -> Answer:
    path, _, headers = _form(here)
    return ask(here.app, "POST", path, headers=[*headers, (b"content-type", kind.encode()), *more],
               body=[body])  # fmt: skip


def test_of_a_field_given_twice_the_token_and_the_choice_are_read_alike(here: Site) -> None:
    """What the guard checks is what the application reads."""
    path, fields, headers = _form(here)
    kind = (b"content-type", URL_FORM.encode())
    wrong = urlencode([*fields.items(), ("val", "nej"), ("csrf", "fel")])
    assert ask(here.app, "POST", path, b"", [*headers, kind], [wrong.encode()]).status == 403
    in_query = urlencode({**fields, "csrf": "fel", "val": "nej"}).encode()
    right = urlencode({"csrf": fields["csrf"]}).encode()
    assert ask(here.app, "POST", path, in_query, [*headers, kind], [right]).status == 400
    assert here.state.log.events(here.item("partner", "polis").id) == ()
    double = urlencode([*fields.items(), ("val", "nej"), ("val", "aktiv")]).encode()
    ask(here.app, "POST", path, b"", [*headers, kind], [double])
    (event,) = here.state.log.events(here.item("partner", "polis").id)
    assert event.choice == "aktiv"


def test_packed_bodies_are_not_unpacked(here: Site) -> None:
    path, fields, headers = _form(here)
    packed = gzip.compress(urlencode({**fields, "val": "nej"}).encode() + b"&x=" + b"a" * 10**7)
    for encoding in (b"gzip", b"deflate", b"br", b"x-gzip"):
        more = [(b"content-encoding", encoding), (b"content-type", URL_FORM.encode())]
        assert ask(here.app, "POST", path, b"", [*headers, *more], [packed]).status in (403, 415)
    assert here.state.log.events(here.item("partner", "polis").id) == ()


CHARSETS = ["utf-7", "unicode_escape", "raw_unicode_escape", "punycode", "idna", "utf-16", "zip",
            "rot13", "../../etc", "x" * 1000, "\x00"]  # fmt: skip


@pytest.mark.parametrize("charset", CHARSETS)
def test_a_form_is_in_utf_8(still: Site, charset: str) -> None:
    """Other spellings would let half characters in, and punycode takes minutes to read."""
    body = (
        b'--b\r\ncontent-disposition: form-data; name="csrf"\r\n\r\n+2AA-\\ud800\r\n'
        b'--b\r\ncontent-disposition: form-data; name="x"\r\n\r\n' + b"a" * 400_000 + b"-"
        + b"a" * 400_000 + b"\r\n--b--\r\n"
    )  # fmt: skip
    answer = _posted(still, f"multipart/form-data; boundary=b; charset={charset}", body)
    assert answer.status in (403, 415)


def test_forms_that_are_nearly_forms(here: Site) -> None:
    bodies = [b"%", b"%u0041", b"csrf=%zz", b"&" * 1000, b"=" * 1000, b"\xff" * 1000, b"\x00" * 9]
    for body in bodies:
        for kind in (URL_FORM, "multipart/form-data", "multipart/form-data; boundary=", "", "a/b",
                     f"{URL_FORM}; charset=utf-7", "application/json", "text/xml"):  # fmt: skip
            assert _posted(here, kind, body).status in (403, 415)


def test_many_fields_and_files_are_refused(here: Site) -> None:
    path, fields, headers = _form(here)
    many = urlencode([*fields.items(), *((f"f{i}", "x") for i in range(70))]).encode()
    kind = (b"content-type", URL_FORM.encode())
    assert ask(here.app, "POST", path, b"", [*headers, kind], [many]).status == 400
    browser = here.browser()
    browser.get("/")
    files = {f"fil{i}": ("../../x", b"x") for i in range(3)}
    response = browser.client.post(path, data=browser.hidden(), files=files, headers=SAME)
    assert response.status_code in (400, 403)
    assert here.state.log.events(here.item("partner", "polis").id) == ()


@pytest.mark.parametrize("path", ["/in", "/post/1", "/lista/godkann", "/finns-inte", "/arbetsbok"])
def test_large_bodies_are_not_read(still: Site, path: str) -> None:
    headers = [*ours(cookie(still.browser())), (b"content-type", URL_FORM.encode())]
    told = [*headers, (b"content-length", b"90000000")]
    assert ask(still.app, "POST", path, b"", told).status == 413
    chunks = [b"x" * 100_000] * 700
    assert ask(still.app, "POST", path, b"", headers, chunks).status == 413


def test_a_body_that_never_ends_is_given_up(here: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "BODY_S", 0.05)
    headers = ours(cookie(here.browser()))
    scope_body = [b"csrf=", b""]  # the last part says that there is more, and then silence

    async def slow(scope: Any, receive: Any, send: Any) -> None:
        async def more() -> Any:
            message = await receive()
            return {**message, "more_body": True}

        await here.app(scope, more, send)  # type: ignore[operator]

    assert ask(slow, "POST", "/in", b"", headers, scope_body).status == 408
