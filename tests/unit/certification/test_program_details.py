"""How a program is reached: telephone numbers are written alike, websites are public ones."""

import pytest

from certification.domain.program_details import telephone, web_address
from shared.errors import InvalidInputError


@pytest.mark.parametrize(
    "told",
    [
        "+1 916 555 0100",
        "(916) 555-0100",
        "916-555-0100",
        "1.916.555.0100",
        " 9165550100 ",
        "+19165550100",
    ],
)
def test_a_telephone_number_is_written_in_one_way(told: str) -> None:
    assert telephone(told) == "+1 916 555 0100"


@pytest.mark.parametrize(
    "told",
    ["", "call us", "555-0100", "+44 20 7946 0000", "116 555 0100", "916 155 0100", "٩١٦ 555 0100"],
)
def test_what_nobody_can_call_is_no_telephone_number(told: str) -> None:
    with pytest.raises(InvalidInputError, match="telephone number") as refused:
        telephone(told)

    assert refused.value.code == "not-a-telephone-number"


@pytest.mark.parametrize(
    "told",
    [
        "https://river.example/",
        "http://www.river.example",
        "https://river.example:8443/en/groups?county=yolo#when",
        "https://xn--bcher-kva.example/",
    ],
)
def test_the_address_of_a_website_stays_as_it_is(told: str) -> None:
    assert web_address(told) == told


def test_the_scheme_is_written_in_small_letters() -> None:
    assert web_address("HTTPS://River.EXAMPLE/En") == "https://River.EXAMPLE/En"


@pytest.mark.parametrize(
    "told",
    [
        "",
        "river.example",
        "javascript:alert(1)",
        "ftp://river.example/",
        "https://",
        "https://localhost/",
        "https://10.0.0.1/",
        "https://[::1]/",
        "https://[river.example/",
        "https://user:word@river.example/",
        "https://river.example:port/",
        "https://river.example:99999/",
        'https://river.example/"onclick=',
        "https://river.example/<script>",
        "https://river.example/a b",
        "https://bücher.example/",
    ],
)
def test_what_no_visitor_may_be_sent_to_is_no_web_address(told: str) -> None:
    with pytest.raises(InvalidInputError, match="must be a web address") as refused:
        web_address(told)

    assert refused.value.code == "not-a-web-address"
