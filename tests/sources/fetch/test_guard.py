"""Numbers: which may be dialled, and that what is looked at is what is dialled."""

import ipaddress

import pytest

from tests.faulty import Faulty, answers, ok, redirect
from tests.sources.fetch.near import HASTY, HERE, QUICK, fetcher
from twosource.sources.fetch import Fetcher, FetchError
from twosource.sources.fetch.guard import Guard, is_public

CLOSED = """0.0.0.0 10.1.2.3 100.64.0.1 100.127.255.254 127.0.0.1 127.255.255.255 169.254.169.254 172.16.0.1
172.31.255.255 192.0.0.8 192.0.0.170 192.0.2.1 192.88.99.1 192.168.1.1 198.18.0.1 198.51.100.1 203.0.113.1
224.0.0.1 239.1.1.1 240.0.0.1 255.255.255.255 :: ::1 ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:10.0.0.1
64:ff9b::7f00:1 64:ff9b:1::7f00:1 100::1 2001::1 2001:0:7f00:1:: 2001:db8::1 2002:7f00:1:: 2002:0808:0808::
3ffe::1 3fff::1 5f00::1 fc00::1 fd12:3456::1 fe80::1 fec0::1 ff02::1 ff0e::1 4000::1 e000::1"""
OPEN = """1.1.1.1 8.8.8.8 93.184.216.34 100.63.255.255 100.128.0.1 172.15.0.1 172.32.0.1 192.0.1.1 192.167.1.1
198.17.0.1 223.255.255.255 2606:4700::1111 2a00:1450:4001::1 2001:4860:4860::8888 2620:fe::fe ::ffff:8.8.8.8"""


@pytest.mark.parametrize("shown", CLOSED.split())
def test_numbers_that_are_not_public_are_refused(shown):
    assert not is_public(ipaddress.ip_address(shown))


@pytest.mark.parametrize("shown", OPEN.split())
def test_public_numbers_pass(shown):
    assert is_public(ipaddress.ip_address(shown))


def test_private_ones_pass_where_the_user_names_them():
    guard = Guard(["10.1.0.0/16", "192.168.1.7", "fd00::/8", "Intranet.example"])
    for host, number, passes in [
        ("a.example", "10.1.2.3", True),
        ("a.example", "10.2.2.3", False),
        ("a.example", "192.168.1.7", True),
        ("a.example", "192.168.1.8", False),
        ("a.example", "::ffff:10.1.2.3", True),
        ("a.example", "fd00::1", True),
        ("intranet.example", "172.16.3.4", True),
        ("sub.intranet.example", "172.16.3.4", False),
    ]:
        assert guard.passes(host, ipaddress.ip_address(number)) is passes, (host, number)


def test_a_network_that_is_written_wrong_is_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="10"):
        Fetcher(allow_private=["10.0.0.0/99"])


def test_one_private_number_among_public_ones_spoils_the_name():
    with Faulty() as canary:
        for mixed in (["93.184.216.34", "127.0.0.1"], ["127.0.0.1", "2606:4700::1111"], ["93.184.216.34", "::1"]):
            with Fetcher(resolve=answers(mixed)) as asking, pytest.raises(FetchError) as caught:
                asking.get(canary.url("/", "mixed.example"))
            assert caught.value.code == "private_address"
        assert canary.connections == 0


def test_a_name_that_changes_its_number_is_looked_at_each_time():
    """The first answer may be asked; the second, for the redirect's target on the same name, is not (rebinding)."""
    with Faulty(address="127.0.0.2") as server, Faulty() as canary:
        server.script("/", redirect(f"http://turning.example:{canary.port}/"))
        turning = answers(["127.0.0.2"], ["127.0.0.1"])
        asking = Fetcher(allow_private=["127.0.0.2"], resolve=turning, robots=False, per_host_delay=0)
        with asking, pytest.raises(FetchError) as caught:
            asking.get(server.url("/", "turning.example"))
        assert caught.value.code == "private_address"
        assert len(server.questions) == 1
        assert canary.connections == 0


def test_the_number_that_was_looked_at_is_dialled_and_the_name_is_not_looked_up_again():
    asked = []

    def once(host, port):
        asked.append((host, port))
        return ["127.0.0.1"]

    with Faulty() as server, fetcher(resolve=once) as asking:
        server.script("/", ok())
        assert asking.get(server.url("/", "news.example")).body == b"well"
        assert asked == [("news.example", server.port)]
        assert server.questions[0].headers["host"] == f"news.example:{server.port}"


def test_numbers_after_one_that_does_not_answer_are_tried():
    with Faulty() as server, fetcher(resolve=lambda *_: ["127.0.0.9", "127.0.0.1"]) as asking:
        server.script("/", ok())
        assert asking.get(server.url("/", "news.example")).status == 200


@pytest.mark.parametrize("given", [[], ["not a number"], ["127.0.0.1.1"]])
def test_a_name_without_a_number_is_not_asked(given):
    with fetcher(resolve=lambda *_: given) as asking, pytest.raises(FetchError) as caught:
        asking.get("http://news.example:8000/")
    assert caught.value.code == "dns"


def test_a_look_up_that_never_ends_does(patient):
    with fetcher(resolve=patient, limits=HASTY) as asking, pytest.raises(FetchError) as caught:
        asking.get("http://news.example:8000/")
    assert caught.value.code == "dns"


@pytest.fixture
def patient():
    import threading

    over = threading.Event()
    yield lambda *_: over.wait(20) and []
    over.set()


def test_proxies_in_the_environment_are_not_asked(monkeypatch):
    with Faulty() as canary, Faulty() as server:
        for name in ("http_proxy", "https_proxy", "all_proxy"):
            monkeypatch.setenv(name, canary.url())
            monkeypatch.setenv(name.upper(), canary.url())
        server.script("/", ok())
        with fetcher() as asking:
            assert asking.get(server.url()).body == b"well"
        assert canary.connections == 0


def test_asking_for_a_private_network_needs_saying_so():
    with Faulty() as server:
        server.script("/", ok())
        with Fetcher(limits=QUICK, robots=False) as asking, pytest.raises(FetchError, match="private network"):
            asking.get(server.url())
        assert server.connections == 0
        with Fetcher(limits=QUICK, robots=False, allow_private=HERE) as asking:
            assert asking.get(server.url()).status == 200
