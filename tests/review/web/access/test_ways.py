from __future__ import annotations

import pytest

from pipeline.review.web.access.guard import COOKIE
from pipeline.review.web.access.people import FREE_TRIES, PersonError
from pipeline.review.web.access.reviewer import Act, Role
from pipeline.review.web.access.sessions import IDLE_S, LONGEST_S
from pipeline.review.web.access.ways import ListenError, is_loopback, refuse_to_listen
from tests.review.web.access.door import OURS, PASSWORD, door


@pytest.fixture
def one(tmp_path):
    made = door(tmp_path)
    made.people.add("Bo", PASSWORD, Role.REVIEWER)
    return made


def enter(client, name="Bo", password=PASSWORD):
    return client.post("/in", data={"namn": name, "losenord": password}, headers=OURS)


def test_the_link_works_once(one):
    way = one.link()
    token = way.token
    first, second = one.client(way), one.client(way)
    assert first.get("/in", params={"nyckel": token}).status_code == 303
    assert first.get("/").json()["name"] == "Ada"
    again = second.get("/in", params={"nyckel": token})
    assert again.status_code == 403 and "redan använts" in again.text
    assert COOKIE not in second.cookies


@pytest.mark.parametrize("token", ["x", "x" * 43, "å", "' OR 1=1 --", "\x00"])
def test_wrong_links_open_nothing_and_spend_nothing(one, token):
    way = one.link()
    client = one.client(way)
    assert client.get("/in", params={"nyckel": token}).status_code == 403
    assert client.get("/in", params={"nyckel": way.token}).status_code == 303


def test_looking_at_the_link_does_not_spend_it(one):
    way = one.link()
    client = one.client(way)
    assert client.head("/in", params={"nyckel": way.token}).status_code in (403, 405)
    assert client.get("/in", params={"nyckel": way.token}).status_code == 303


def test_without_the_link_the_page_says_where_it_is(one):
    response = one.client(one.link()).get("/in")
    assert response.status_code == 401 and "terminalen" in response.text


def test_the_cookie_is_for_this_site_and_no_script(one):
    way = one.link()
    header = one.client(way).get("/in", params={"nyckel": way.token}).headers["set-cookie"]
    assert {"HttpOnly", "SameSite=lax", "Path=/"} <= set(
        header.split("; ")
    ) and "Secure" not in header
    way = one.link()
    client = one.client(way, secure=True)
    assert "Secure" in client.get("/in", params={"nyckel": way.token}).headers["set-cookie"]


def test_the_database_does_not_hold_the_cookie(one):
    client, _ = one.inside()
    with one.database.read() as db:
        rows = db.exec_driver_sql("SELECT * FROM session").all()
    assert client.cookies[COOKIE] not in str(rows)


def test_a_planted_session_is_not_taken_over(one):
    client = one.client(one.passwords())
    client.cookies.set(COOKIE, "planted-by-somebody-else", domain="127.0.0.1")
    enter(client)
    assert client.cookies[COOKIE] != "planted-by-somebody-else"
    other = one.client(one.passwords())
    other.cookies.set(COOKIE, "planted-by-somebody-else", domain="127.0.0.1")
    assert other.get("/").status_code == 303


def test_entering_again_ends_the_old_session(one):
    client = one.client(one.passwords())
    enter(client)
    old = client.cookies[COOKIE]
    enter(client)
    other = one.client(one.passwords())
    other.cookies.set(COOKIE, old, domain="127.0.0.1")
    assert other.get("/").status_code == 303 and client.get("/").status_code == 200


@pytest.mark.parametrize("cookie", ["", "x", "x" * 5000, "'; DROP TABLE session; --", "å"])
def test_invented_cookies_open_nothing(one, cookie):
    client = one.client(one.passwords())
    response = client.get("/", headers={"cookie": f"{COOKIE}={cookie}".encode()})
    assert response.status_code == 303


def test_sessions_end(one):
    client, _ = one.inside()
    one.now += IDLE_S - 1
    assert client.get("/").status_code == 200
    one.now += IDLE_S + 1
    assert client.get("/").status_code == 303
    client, _ = one.inside()
    for _ in range(int(LONGEST_S // 3600)):
        one.now += 3600
        client.get("/")
    one.now += 1
    assert client.get("/").status_code == 303


def test_leaving_ends_the_session(one):
    client, fields = one.inside()
    cookie = client.cookies[COOKIE]
    assert "Alla beslut är sparade" in client.post("/ut", data=fields, headers=OURS).text
    client.cookies.set(COOKIE, cookie, domain="127.0.0.1")
    assert client.get("/").status_code == 303


def test_leaving_needs_the_token(one):
    client, _ = one.inside()
    assert client.post("/ut", headers=OURS).status_code == 403
    assert client.get("/").status_code == 200


def test_a_password_opens(one):
    client = one.client(one.passwords())
    assert enter(client).headers["location"] == "/"
    assert client.get("/").json()["role"] == Role.REVIEWER


@pytest.mark.parametrize(
    ("name", "password"),
    [("Bo", "fel lösenord helt"), ("Eva", PASSWORD), ("bo", PASSWORD), ("Bo' --", PASSWORD),
     ("", ""), ("Bo", ""), ("Bo", PASSWORD + " "), ("B" * 3000, "x" * 3000)],
)  # fmt: skip
def test_wrong_names_and_passwords_say_the_same(one, name, password):
    response = enter(one.client(one.passwords()), name, password)
    assert response.status_code == 401 and "Namnet eller lösenordet är fel" in response.text


def test_a_name_with_markup_is_shown_as_text(one):
    response = enter(one.client(one.passwords()), '"><script>alert(1)</script>', "x")
    assert "<script>" not in response.text and "&lt;script&gt;" in response.text


def test_guessing_is_slowed_down(one):
    client = one.client(one.passwords())
    for _ in range(FREE_TRIES):
        assert enter(client, password="fel").status_code == 401
    slowed = enter(client)
    assert slowed.status_code == 429 and int(slowed.headers["retry-after"]) >= 1
    one.now += 3
    assert enter(client).status_code == 303


def test_guessing_from_many_addresses_is_slowed_down_too(one):
    way = one.passwords()
    for n in range(FREE_TRIES):
        enter(one.client(way, address=f"10.0.0.{n}"), password="fel")
    assert enter(one.client(way, address="10.0.1.1")).status_code == 429


def test_one_address_guessing_many_names_is_slowed_down(one):
    way = one.passwords()
    for n in range(FREE_TRIES):
        enter(one.client(way), name=f"Namn {n}", password="fel")
    assert enter(one.client(way)).status_code == 429
    assert enter(one.client(way, address="10.0.1.1")).status_code == 303


def test_who_may_not_come_in_any_more_does_not(one):
    client = one.client(one.passwords())
    one.people.change("Bo", active=False)
    assert enter(client).status_code == 401


def test_entering_from_another_site_is_refused(one):
    client = one.client(one.passwords())
    data = {"namn": "Bo", "losenord": PASSWORD}
    headers = {"sec-fetch-site": "cross-site", "origin": "http://evil.example"}
    assert client.post("/in", data=data, headers=headers).status_code == 403


@pytest.mark.parametrize(
    ("name", "password", "why"),
    [("Bo", PASSWORD, "finns redan"), ("", PASSWORD, "Namnet"), ("a\nb", PASSWORD, "Namnet"),
     ("x" * 65, PASSWORD, "Namnet"), ("<b>", PASSWORD, "Namnet"), ("Eva", "kort", "12 tecken")],
)  # fmt: skip
def test_people_are_checked(one, name, password, why):
    with pytest.raises(PersonError, match=why):
        one.people.add(name, password, Role.REVIEWER)


def test_passwords_are_hashed_with_argon2id(one):
    with one.database.read() as db:
        (stored,) = db.exec_driver_sql("SELECT password FROM person").scalars()
    assert stored.startswith("$argon2id$") and PASSWORD not in stored


def test_the_proxy_is_believed_only_from_its_address(one):
    header = {"x-remote-user": "Bo"}
    inside = one.client(one.proxy("10.0.0.9"), address="10.0.0.9")
    first = inside.get("/", headers=header)
    assert (first.status_code, first.headers["location"]) == (303, "/")
    assert inside.get("/", headers=header).json()["name"] == "Bo"
    for address in ("10.0.0.8", "127.0.0.1", "unix"):
        client = one.client(one.proxy("10.0.0.9"), address=address)
        assert client.get("/", headers=header).status_code == 303
        assert client.get("/", headers=header).headers["location"] == "/in"


@pytest.mark.parametrize(
    "headers",
    [[], [("x-remote-user", "")], [("x-remote-user", "Eva")],
     [("x-remote-user", "Bo"), ("x-remote-user", "Ada")]],
)  # fmt: skip
def test_the_proxy_must_name_one_known_person(one, headers):
    client = one.client(one.proxy("10.0.0.9"), address="10.0.0.9")
    assert client.get("/", headers=headers).headers["location"] == "/in"


def test_behind_the_proxy_another_person_gets_another_session(one):
    one.people.add("Eva", PASSWORD, Role.ANALYST)
    client = one.client(one.proxy("10.0.0.9"), address="10.0.0.9")
    client.get("/", headers={"x-remote-user": "Bo"})
    assert client.get("/", headers={"x-remote-user": "Eva"}).status_code == 303
    assert client.get("/", headers={"x-remote-user": "Eva"}).json()["name"] == "Eva"


def test_the_way_in_does_not_lead_elsewhere(one):
    client = one.client(one.proxy("10.0.0.9"), address="10.0.0.9")
    for path in ("//evil.example/x", "/\\evil.example"):
        target = client.get(path, headers={"x-remote-user": "Bo"}).headers.get("location", "/")
        assert target.startswith("/") and not target.startswith(("//", "/\\"))


def test_open_addresses_need_names(one):
    for host in ("0.0.0.0", "10.1.2.3", "::", "granskning.lan", ""):
        with pytest.raises(ListenError, match="--users"):
            refuse_to_listen(host, one.link())
        refuse_to_listen(host, one.passwords())
        refuse_to_listen(host, one.proxy())
    for host in ("127.0.0.1", "localhost", "::1", "127.8.8.8"):
        refuse_to_listen(host, one.link())
    assert not is_loopback("127.0.0.1.evil.example")


def test_roles_allow_what_they_should(one):
    client, _ = one.inside(Role.REVIEWER)
    assert client.get("/").json()["role"] == "granskare"
    found = {}
    for role in Role:
        way = one.link(role)
        reviewer = one.sessions.find(way.use(way.token))
        found[role] = {act for act in Act if reviewer.may(act)}
    assert Act.ADJUDICATE not in found[Role.REVIEWER]
    assert found[Role.REVIEWER] < found[Role.ANALYST] <= found[Role.COORDINATOR]


def test_single_keys_are_remembered_by_session(one):
    way = one.link()
    key = way.use(way.token)
    reviewer = one.sessions.find(key)
    one.sessions.set_keys(reviewer.session, False)
    assert reviewer.single_keys and not one.sessions.find(key).single_keys
    one.sessions.close_all("Ada")
    assert one.sessions.find(key) is None
