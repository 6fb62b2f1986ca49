from __future__ import annotations

import pytest
from starlette.websockets import WebSocketDisconnect

from pipeline.review.web.access.access import allowed_hosts
from pipeline.review.web.access.guard import COOKIE, MAX_BODY
from tests.review.web.access.door import HOST, OURS, door


@pytest.fixture
def one(tmp_path):
    return door(tmp_path)


def test_nothing_is_shown_without_a_session(one):
    client = one.client(one.link())
    for path in ("/", "/fil/x", "/lista", "/post/1", "/bild/1"):
        response = client.get(path, headers={"accept": "text/html"})
        assert (response.status_code, response.headers["location"]) == (303, "/in")
        assert client.get(path, headers={"hx-request": "true"}).status_code == 401
    assert client.post("/sag", data={"ord": "hej"}, headers=OURS).status_code == 401
    assert one.said == []


def test_a_post_with_its_token_comes_through(one):
    client, fields = one.inside()
    assert client.post("/sag", data=fields | {"ord": "hej"}, headers=OURS).status_code == 200
    assert one.said == ["hej"]


FORGED = {
    "no token": ({}, OURS),
    "empty token": ({"csrf": ""}, OURS),
    "another's token": ({"csrf": "x" * 43}, OURS),
    "token that is no ASCII": ({"csrf": "å"}, OURS),
    "from another site": (None, {"sec-fetch-site": "cross-site", "origin": f"http://{HOST}"}),
    "from a sibling": (None, {"sec-fetch-site": "same-site", "origin": f"http://{HOST}"}),
    "another origin": (None, {"sec-fetch-site": "same-origin", "origin": "http://evil.example"}),
    "another port": (None, {"origin": "http://127.0.0.1:9000"}),
    "origin null": (None, {"origin": "null"}),
    "no origin at all": (None, {}),
    "origin nonsense": (None, {"origin": "http://[::1"}),
}


@pytest.mark.parametrize("case", FORGED)
def test_forged_posts_change_nothing(one, case):
    fields, headers = FORGED[case]
    client, right = one.inside()
    data = (right if fields is None else fields) | {"ord": "hej"}
    assert client.post("/sag", data=data, headers=headers).status_code == 403
    assert one.said == []


def test_the_token_of_another_session_is_wrong(one):
    _, others = one.inside()
    client, _ = one.inside()
    assert client.post("/sag", data=others | {"ord": "hej"}, headers=OURS).status_code == 403


@pytest.mark.parametrize(
    "host",
    ["evil.example", "127.0.0.1", "127.0.0.1:8001", "127.0.0.1:8000.evil.example", "", "[::1]",
     "localhost:8000@evil.example", "127.0.0.1:8000, evil.example"],
)  # fmt: skip
def test_other_names_are_not_answered(one, host):
    client, _ = one.inside()
    assert client.get("/", headers={"host": host}).status_code == 421


def test_two_hosts_are_none(one):
    client, _ = one.inside()
    assert client.get("/", headers=[("host", HOST), ("host", HOST)]).status_code == 421


def test_own_names_are_answered(one):
    client, _ = one.inside()
    for host in ("127.0.0.1:8000", "LOCALHOST:8000", "[::1]:8000"):
        cookies = {"cookie": f"{COOKIE}={client.cookies[COOKIE]}"}
        assert client.get("/", headers={"host": host, **cookies}).status_code == 200


def test_named_hosts():
    found = allowed_hosts("10.0.0.5", 8000, ["granskning.lan", "x.se:443"])
    assert {"10.0.0.5:8000", "granskning.lan", "granskning.lan:8000", "x.se:443"} <= found
    assert not any("0.0.0.0" in host for host in allowed_hosts("0.0.0.0", 8000))


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "OPTIONS", "CONNECT"])
def test_other_methods_are_refused(one, method):
    client, _ = one.inside()
    assert client.request(method, "/sag").status_code == 405


def test_too_large_bodies_are_refused_unread(one):
    client, fields = one.inside()
    large = fields | {"ord": "x" * (MAX_BODY + 1)}
    assert client.post("/sag", data=large, headers=OURS).status_code == 413
    said = client.post(
        "/sag", content=b"", headers=OURS | {"content-length": "9" * 20, "content-type": "x/y"}
    )
    assert said.status_code == 413
    assert one.said == []


def test_a_body_that_lies_about_its_length_is_stopped(one):
    client, _ = one.inside()

    def stream():
        for _ in range(MAX_BODY // 1000 + 2):
            yield b"x" * 1000

    assert client.post("/sag", content=stream(), headers=OURS).status_code == 413


@pytest.mark.parametrize(
    "body", [b"", b"\xff\xfe", b"csrf", b"--x\r\n", b"csrf=" + b"&csrf=" * 5000]
)
def test_bodies_that_are_no_forms_are_refused(one, body):
    client, _ = one.inside()
    for kind in ("application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "x/y"):
        headers = OURS | {"content-type": kind}
        assert client.post("/sag", content=body, headers=headers).status_code == 403
    assert one.said == []


def test_long_addresses_are_refused(one):
    client, _ = one.inside()
    assert client.get("/fil/" + "a" * 9000).status_code == 414
    assert client.get("/", params={"q": "a" * 9000}).status_code == 414


def test_every_answer_says_what_a_browser_may_do(one):
    client, _ = one.inside()
    outside = one.client(one.link())
    for response in (client.get("/"), client.get("/nej"), outside.get("/"), outside.get("/in")):
        headers = response.headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert headers["referrer-policy"] == "same-origin"
        assert headers["cache-control"] == "no-store"


def test_websockets_are_not_answered(one):
    client, _ = one.inside()
    with pytest.raises(WebSocketDisconnect), client.websocket_connect("/"):
        pass
