"""``--header``, ``--cookie``, ``--basic-auth-env``: what is wrong is named, and never its value."""

import base64

import pytest

from app.access import access_for
from core.errors import UsageError

URL = "https://preview.example.gov.vn/"
ENV = {"TOKEN": "bi-mat-9", "LOGIN": "an:mat khau:2", "BAD": "bi-mat-9", "EMPTY": " "}


def test_all_three_together() -> None:
    access = access_for(URL, ["X-Token: ${TOKEN}"], ["a=1", "b=${TOKEN}"], "LOGIN", ENV)
    login = base64.b64encode(b"an:mat khau:2").decode()
    assert access.headers == (
        ("X-Token", "bi-mat-9"),
        ("Cookie", "a=1; b=bi-mat-9"),
        ("Authorization", f"Basic {login}"),
    )
    assert access.opens(URL) and "mat khau:2" in access.secrets


def test_none_is_none() -> None:
    assert not access_for(URL, [], [], "", ENV)


@pytest.mark.parametrize(
    ("headers", "cookies", "login", "words"),
    [
        (["bi-mat-9"], [], "", "Name: value"),
        (["X Y: bi-mat-9"], [], "", "Name: value"),
        (["X-Token:"], [], "", "Name: value"),
        (["X-Token: bi-mat-9\r\nX-B: 1"], [], "", "cannot be sent"),
        (["X-Token: bí-mat-9"], [], "", "cannot be sent"),
        (["User-Agent: bi-mat-9"], [], "", "set by the program"),
        (["X-Token: ${NO_SUCH}"], [], "", "NO_SUCH"),
        (["X-Token: ${EMPTY}"], [], "", "EMPTY"),
        ([], ["bi mat-9=1"], "", "name=value"),
        ([], [""], "", "name=value"),
        ([], ["bi-mat-9"], "", "name=value"),
        ([], ["a=1; bi-mat-9"], "", "name=value"),
        ([], [], "BAD", "user:password"),
        ([], [], "NO_SUCH", "NO_SUCH"),
        (["Authorization: Bearer bi-mat-9"], [], "LOGIN", "given twice"),
        (["Cookie: a=bi-mat-9"], ["b=1"], "", "given twice"),
    ],
)
def test_what_is_wrong_is_said_without_the_value(
    headers: list[str], cookies: list[str], login: str, words: str
) -> None:
    with pytest.raises(UsageError, match=words) as caught:
        access_for(URL, headers, cookies, login, ENV)
    assert "mat-9" not in str(caught.value) and "mat khau" not in str(caught.value)
