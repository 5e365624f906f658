"""The gateway against every fault that endpoints are known for: what is sent, how often, and what comes out."""

from __future__ import annotations

import asyncio
import json
import logging
import ssl
import threading
import traceback
from collections.abc import Coroutine
from contextlib import suppress
from datetime import date, timedelta
from email.utils import formatdate
from pathlib import Path
from typing import Any

import httpx
import httpx2
import pytest
import respx
from pydantic import SecretStr

from summarizer.errors import (
    ConfigError,
    ContextOverflow,
    EndpointRefused,
    EndpointUnavailable,
    OutputError,
    OutputInvalid,
    OutputRefused,
    OutputTruncated,
    SummarizerError,
)
from summarizer.llm import client
from summarizer.llm.gateway import Call, Gateway, Reply
from summarizer.llm.ladder import Dialect
from summarizer.llm.memory import Memory
from summarizer.llm.replies import read_answer
from summarizer.records import Usage
from summarizer.settings import LLMSettings
from tests.endpoint import (
    BASE_URL,
    CALL,
    GOOD,
    HEADER,
    KEY,
    PROMPT,
    Endpoint,
    Wire,
    completion,
    ok,
    refused,
    secret_headers,
)

NOW = 1_000_000
PAGE = "<!DOCTYPE html><html><body>Sign in</body></html>"
TEXT = json.dumps(GOOD)
UNSUPPORTED_FORMAT = refused(400, "This response_format type is unavailable now", type="invalid_request_error")


@pytest.fixture
def endpoint(httpx2_mock: respx.Router) -> Endpoint:
    return Endpoint(httpx2_mock)


def run(awaitable: Coroutine[Any, Any, Any]) -> Any:
    """The result; nothing here waits, so a call that takes long hangs."""
    return asyncio.run(asyncio.wait_for(awaitable, 20))


async def times(count: int, gateway: Gateway) -> None:
    """Ask that often, one after the other; answers of no use are what the test is about."""
    async with gateway:
        for _ in range(count):
            with suppress(OutputError):
                await gateway.ask(CALL)


def schema_shown(endpoint: Endpoint) -> list[bool]:
    """For each request, whether the schema stood in the prompt."""
    return ["JSON schema" in body["messages"][0]["content"] for body in endpoint.bodies]


def thinking(
    content: str | None, finish: str = "stop", *, output: int, thoughts: int | None = None, **message: object
) -> httpx.Response:
    """A completion of so many output tokens, of which so many went into thoughts; None = it is not said how many."""
    body = completion(content, finish, **message)
    body["usage"]["completion_tokens"] = output
    if thoughts is not None:
        body["usage"]["completion_tokens_details"] = {"reasoning_tokens": thoughts}
    return httpx.Response(200, json=body)


def caps(endpoint: Endpoint) -> list[int]:
    """The limits of output tokens that were asked for."""
    return [body["max_tokens"] for body in endpoint.bodies]


async def asked(gateway: Gateway, call: Call[Wire] = CALL) -> Reply[Wire]:
    async with gateway:
        return await gateway.ask(call)


def test_one_clean_request(endpoint: Endpoint) -> None:
    """A good answer takes one request: strict schema, the cap, temperature 0, the key; the counts are the endpoint's."""
    endpoint.will(ok())
    reply = run(asked(endpoint.gateway()))
    assert reply.value == Wire(**GOOD)
    assert reply.usage == Usage(
        requests=1, retries=0, input_tokens=30, cached_tokens=10, output_tokens=5, cost_usd=None
    )
    (body,) = endpoint.bodies
    assert body["messages"] == [
        {"role": "system", "content": "Summarise."},
        {"role": "user", "content": "<article>…</article>"},
    ]
    assert (body["model"], body["max_tokens"], body["temperature"]) == ("m", 100, 0.0)
    assert body["response_format"]["json_schema"]["strict"] is True
    assert body["response_format"]["json_schema"]["schema"]["required"] == ["headline", "lines"]
    assert endpoint.requests[0].headers["authorization"] == f"Bearer {KEY}"


def test_missing_usage_counts_nothing_and_costs_unknown(endpoint: Endpoint) -> None:
    """Local servers often say nothing of usage: tokens 0, cost unknown, never 0."""
    endpoint.will(httpx.Response(200, json={**completion(TEXT), "usage": None}))
    assert run(asked(endpoint.gateway())).usage == Usage(requests=1, cost_usd=None)


def test_a_question_that_stays_without_an_answer_tells_what_it_took(endpoint: Endpoint) -> None:
    """Every request before the last one counts, an answer that was of no use included."""
    endpoint.will(ok("{}"), refused(503, "busy"))
    with pytest.raises(EndpointUnavailable) as caught:
        run(asked(endpoint.gateway()))
    assert caught.value.usage is not None
    assert caught.value.usage.requests == len(endpoint.bodies) == 1 + 4
    assert (caught.value.usage.retries, caught.value.usage.input_tokens) == (4, 30)


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({}, 0.5),
        ({"retry-after": "7"}, 7.0),
        ({"retry-after": "7", "retry-after-ms": "250"}, 0.25),
        ({"retry-after": "300"}, 300.0),
        ({"retry-after": "-5"}, 0.0),
        ({"retry-after": "soon"}, 0.5),
        ({"retry-after": "nan"}, 0.5),
        ({"retry-after": formatdate(NOW + 9, usegmt=True)}, 9.0),
        ({"retry-after": formatdate(NOW + 99, usegmt=True), "date": formatdate(NOW + 90, usegmt=True)}, 9.0),
        ({"retry-after": formatdate(NOW - 9, usegmt=True)}, 0.0),
    ],
)
def test_rate_limit_waits_as_told(endpoint: Endpoint, headers: dict[str, str], wait: float) -> None:
    """429 is retried after the time that the answer names, or after full jitter."""
    endpoint.will(refused(429, "slow down", headers, code="rate_limit_exceeded"), ok())
    reply = run(asked(endpoint.gateway()))
    assert endpoint.waits == [wait]
    assert (reply.usage.requests, reply.usage.retries) == (2, 1)
    assert endpoint.bodies[0] == endpoint.bodies[1]


@pytest.mark.parametrize(
    ("headers", "told"),
    [
        ({"retry-after": "301"}, "5 minutes"),
        ({"retry-after-ms": "1200000"}, "20 minutes"),
        ({"retry-after": "86400"}, "24 hours"),
        ({"retry-after": formatdate(NOW + 7200, usegmt=True)}, "2 hours"),
        ({"retry-after": "Thu, 01 Jan 2099 00:00:00 GMT"}, "1,130,530 hours"),
    ],
)
@pytest.mark.parametrize("status", [429, 503])
def test_nobody_waits_for_hours(endpoint: Endpoint, status: int, headers: dict[str, str], told: str) -> None:
    """A limit of the day ends the run at once, which can be resumed; the error says when."""
    endpoint.will(refused(status, "Rate limit of the day.", headers))
    with pytest.raises(EndpointRefused, match=rf"{status}: Rate limit of the day; .* left alone for {told}$"):
        run(asked(endpoint.gateway()))
    assert (len(endpoint.bodies), endpoint.waits) == (1, [])


PASSING = [
    refused(408),
    refused(409),
    refused(429),
    refused(500),
    refused(503),
    httpx.Response(502, text=PAGE, headers={"content-type": "text/html"}),
    httpx.Response(529, text=""),
    httpx.Response(200, json={"error": {"message": "upstream overloaded", "code": 502}}),
    httpx.Response(200, json={"error": {"message": "provider failed"}}),
    httpx.Response(200, json={"choices": None}),
    httpx.Response(200, json={"choices": []}),
    httpx.Response(200, json={**completion(TEXT), "choices": [{"error": {"code": 502}, "finish_reason": "error"}]}),
    httpx.Response(200, text='{"choices": [{"mess'),
    httpx.Response(200, text=""),
    httpx.Response(200, json=[]),
    httpx2.ReadError("connection reset by peer"),
    httpx2.RemoteProtocolError("peer closed connection"),
    httpx2.ReadTimeout("slow"),
]


@pytest.mark.parametrize("answer", PASSING, ids=repr)
def test_passing_faults_are_retried(endpoint: Endpoint, answer: httpx.Response | Exception) -> None:
    """Whatever may pass is sent again, unchanged, and counted."""
    endpoint.will(answer, ok())
    reply = run(asked(endpoint.gateway()))
    assert reply.value == Wire(**GOOD)
    assert (reply.usage.requests, reply.usage.retries, len(endpoint.bodies)) == (2, 1, 2)


@pytest.mark.parametrize("answer", PASSING, ids=repr)
def test_faults_that_do_not_pass_end_the_call(endpoint: Endpoint, answer: httpx.Response | Exception) -> None:
    """After all attempts the endpoint is unavailable; tenacity alone retries.

    The wait grows, but after a timeout, which was wait enough.
    """
    endpoint.will(answer)
    with pytest.raises(EndpointUnavailable, match=r"news\.example: ") as caught:
        run(asked(endpoint.gateway()))
    assert len(endpoint.bodies) == 4
    assert endpoint.waits == ([0.0] * 3 if isinstance(answer, httpx2.ReadTimeout) else [0.5, 1.0, 2.0])
    if isinstance(answer, Exception):
        assert caught.value.__cause__ is not None


def test_total_time_is_bounded(endpoint: Endpoint) -> None:
    """No wait begins that would end after the total time for the request."""
    endpoint.will(refused(429, headers={"retry-after": "120"}))
    gateway = endpoint.gateway()
    object.__setattr__(gateway._policy, "total_s", 200.0)
    with pytest.raises(EndpointUnavailable):
        run(asked(gateway))
    assert endpoint.waits == [120.0]


def test_refused_connections_are_no_requests(endpoint: Endpoint) -> None:
    """What the endpoint cannot have seen is retried but not counted."""
    endpoint.will(httpx2.ConnectError("refused"), httpx2.ConnectTimeout("no route"), ok())
    assert run(asked(endpoint.gateway())).usage.requests == 1
    assert len(endpoint.waits) == 2


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("ALL_PROXY", "socks5://127.0.0.1:9", "SOCKS"),
        ("HTTP_PROXY", "foo://me:pass-word@proxy.example", "foo://me:"),
        ("SSL_CERT_FILE", "/no/such/file.pem", "No such file"),
        ("SSL_CERT_FILE", __file__, "certificate"),
    ],
)
def test_what_the_environment_says_of_connections_is_checked_once(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, why: str
) -> None:
    """A proxy or certificates that cannot be used are a matter of the set-up: no bug, no retry, no request counted."""
    monkeypatch.setenv(name, value)
    gateway = Gateway.from_settings(LLMSettings(base_url=BASE_URL))
    with pytest.raises(ConfigError, match=why) as caught:
        run(asked(gateway))
    assert name in str(caught.value)
    assert "pass-word" not in str(caught.value)
    assert gateway.usage.requests == 0
    with pytest.raises(ConfigError, match=why):
        run(gateway.default_model())


def test_a_certificate_that_fails_is_no_outage(monkeypatch: pytest.MonkeyPatch) -> None:
    """It would fail again: the call ends at once, and the error says what may help."""
    tried: list[object] = []

    async def failing(_transport: object, request: object) -> None:
        tried.append(request)
        cause = ssl.SSLCertVerificationError(1, "certificate verify failed: self-signed certificate")
        cause.verify_message = "self-signed certificate"
        raise httpx2.ConnectError("certificate verify failed") from cause

    monkeypatch.setattr(httpx2.AsyncHTTPTransport, "handle_async_request", failing)
    gateway = Gateway.from_settings(LLMSettings(base_url=BASE_URL))
    with pytest.raises(ConfigError, match=r"of news\.example is not trusted: self-signed certificate; SSL_CERT_FILE"):
        run(asked(gateway))
    assert (len(tried), gateway.usage.requests) == (1, 0)


@pytest.mark.parametrize(("bypass", "told"), [("", " by the proxy proxy.example:3128"), ("news.example", "")])
def test_a_proxy_that_is_down_is_named(
    endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch, bypass: str, told: str
) -> None:
    """Its host and port without its password, so that nobody looks for the trouble at the endpoint."""
    monkeypatch.setenv("http_proxy", "http://me:pass-word@proxy.example:3128")
    monkeypatch.setenv("no_proxy", bypass)
    endpoint.will(httpx2.ConnectError("refused"))
    with pytest.raises(EndpointUnavailable) as caught:
        run(asked(endpoint.gateway()))
    assert str(caught.value) == f"news.example: ConnectError{told}: refused"


FINAL: list[tuple[httpx.Response, type[SummarizerError], str]] = [
    (refused(429, "You exceeded your current quota", code="insufficient_quota"), EndpointRefused, "quota"),
    (refused(429, "quota", type="insufficient_quota"), EndpointRefused, "quota"),
    (refused(402, "Insufficient Balance"), EndpointRefused, "Insufficient Balance"),
    (refused(401, f"Incorrect API key provided: {KEY}"), ConfigError, r"llm\.api_key: news\.example .*401: .*\*\*\*"),
    (refused(403, "country"), ConfigError, r"llm\.api_key: .*country"),
    (refused(404, "The model `m` does not exist", code="model_not_found"), ConfigError, r"llm\.model: .* 'm'"),
    (refused(404, 'model "m" not found, try pulling it first'), ConfigError, r"llm\.model: "),
    (refused(400, "m is not a valid model ID"), ConfigError, r"llm\.model: "),
    (httpx.Response(404, json={"detail": "Not Found"}), ConfigError, r"llm\.base_url: .*/v1"),
    (httpx.Response(404, text=PAGE), ConfigError, r"llm\.base_url: .*web page.*/v1"),
    (httpx.Response(200, text=PAGE), ConfigError, r"llm\.base_url: .*web page.*/v1"),
    (
        httpx.Response(308, headers={"location": "https://me:pw@elsewhere.example:8/v2?key=1"}),
        ConfigError,
        r"llm\.base_url: no API at news.example, 308: no text, a redirect to https://elsewhere.example:8; ",
    ),
    (httpx.Response(307, headers={"location": "/v2"}), ConfigError, "307: no text, a redirect to http://news.example;"),
    (refused(400, "Unknown field: frobnicate"), ConfigError, "frobnicate"),
    (refused(400, "The response was filtered", code="content_filter"), OutputRefused, "content filter"),
    (refused(400, "x", innererror={"code": "ResponsibleAIPolicyViolation"}), OutputRefused, "content filter"),
    (ok("", "content_filter"), OutputRefused, "content filter"),
    (ok(None, refusal="I cannot help with that."), OutputRefused, "refuses: I cannot"),
    (refused(400, "x", code="context_length_exceeded"), ContextOverflow, "x"),
    (refused(400, "This model's maximum context length is 4096 tokens"), ContextOverflow, "4096"),
    (refused(400, "the request exceeds the available context size"), ContextOverflow, "context size"),
    (refused(413, "Request too large"), ContextOverflow, "too large"),
]


@pytest.mark.parametrize(("answer", "error", "message"), FINAL)
def test_final_faults_are_not_retried(
    endpoint: Endpoint, answer: httpx.Response, error: type[SummarizerError], message: str
) -> None:
    """What cannot pass is sent once, and the error says what to do; results to hold carry what they cost."""
    endpoint.will(answer, ok())
    with pytest.raises(error, match=message) as caught:
        run(asked(endpoint.gateway()))
    assert type(caught.value) is error
    assert len(endpoint.bodies) == 1
    assert endpoint.waits == []
    if isinstance(caught.value, OutputError):
        assert caught.value.usage.requests == 1


def test_quota_in_words_alone_is_a_rate_limit(endpoint: Endpoint) -> None:
    """Some vendors word a limit per minute as a quota: only the structured code is believed."""
    endpoint.will(refused(429, "INSUFFICIENT QUOTA: requests per minute"), ok())
    assert run(asked(endpoint.gateway())).usage.requests == 2


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (refused(403, "your input was flagged for violence"), "does not answer this request: 403: your input"),
        (refused(400, "strange bytes"), "strange bytes"),
    ],
)
def test_once_proven_a_refusal_is_the_articles(endpoint: Endpoint, answer: httpx.Response, message: str) -> None:
    """After an answer the key is right: what is forbidden or malformed then is held, and stops nobody else."""
    endpoint.will(ok(), answer)
    gateway = endpoint.gateway()

    async def both() -> None:
        async with gateway:
            await gateway.ask(CALL)
            with pytest.raises(OutputError, match=message):
                await gateway.ask(CALL)

    run(both())
    assert len(endpoint.bodies) == 2


def test_once_proven_a_page_passes(endpoint: Endpoint) -> None:
    """A page for people from an address that has answered is a proxy's trouble: it is asked again."""
    endpoint.will(ok(), httpx.Response(200, text=PAGE), ok())
    run(times(2, endpoint.gateway()))
    assert len(endpoint.bodies) == 3


def test_once_proven_a_key_may_still_end(endpoint: Endpoint) -> None:
    """401 means the key, whatever came before."""
    endpoint.will(ok(), refused(401, "expired"))
    gateway = endpoint.gateway()
    with pytest.raises(ConfigError, match=r"llm\.api_key"):
        run(times(2, gateway))


@pytest.mark.parametrize(
    "content",
    [
        f"```json\n{TEXT}\n```",
        f"Here is the summary:\n{TEXT}\nLet me know {{if}} you need more!",
        f"<think>The {{user}} wants JSON, such as {{}}.</think>{TEXT}",
        f'The user wants JSON, such as {{"headline": "draft", "lines": []}}.</think>\n{TEXT}',
        f"<think>So the answer is {TEXT}</think>",
        f"<think>So the answer is {TEXT}</think>\n\n",
        f'{{"headline": "draft", "lines": []}}\nBetter:\n{TEXT}',
        f"[{TEXT}]",
        [{"type": "thinking", "thinking": "…"}, {"type": "text", "text": TEXT}],
        TEXT.replace("at 7.", "at\n7.").replace("at\n7.", "at 7."),
    ],
)
def test_the_object_is_found_in_what_stands_around_it(endpoint: Endpoint, content: object) -> None:
    """Fences, prose, thoughts with and without their opening tag: the last complete object counts, in one request."""
    endpoint.will(ok(content))
    assert run(asked(endpoint.gateway())).value == Wire(**GOOD)
    assert len(endpoint.bodies) == 1


@pytest.mark.parametrize(
    ("content", "headline"),
    [
        ('{"headline": "Er sagte „Nein" und ging", "lines": []}', "Er sagte „Nein“ und ging"),
        ('{"headline": "Er sagte: „Nein"", "lines": ["„Ja", sagte sie"]}', "Er sagte: „Nein“"),
        ('{"headline": "„Nie" – „tak”", "lines": []}', "„Nie” – „tak”"),
        ('{"headline": "Il dit «non" hier", "lines": []}', "Il dit «non» hier"),
        ('{"headline": "Er sagte „Nein\\" laut", "lines": []}', 'Er sagte „Nein" laut'),
    ],
)
def test_half_quotations_are_closed(endpoint: Endpoint, content: str, headline: str) -> None:
    """A quotation that opens with „ or « and closes with the straight mark is mended, without another request."""
    endpoint.will(ok(content))
    assert run(asked(endpoint.gateway())).value.headline == headline
    assert len(endpoint.bodies) == 1


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("", "the answer was empty"),
        (None, "the answer was empty"),
        ("I'm sorry, I can't.", "no JSON object"),
        ('{"headline": "He said "no" twice", "lines": []}', "malformed"),
        ('{"headline": "x"}', "lines: Field required"),
        (f'<think>{TEXT}</think>{{"headline": "x"}}', "lines: Field required"),
        (f"<think>Perhaps {TEXT}</think>I'm sorry, I cannot write that.", "no JSON object"),
        ('{"headline": "x", "lines": "one"}', "lines: Input should be a valid list"),
    ],
)
def test_invalid_answers_are_asked_again_with_the_reason(endpoint: Endpoint, content: object, problem: str) -> None:
    """The second request ends with what was wrong, without the bad answer; every token is counted."""
    endpoint.will(ok(content), ok())
    reply = run(asked(endpoint.gateway()))
    assert reply.usage == Usage(requests=2, retries=1, input_tokens=60, cached_tokens=20, output_tokens=10)
    first, second = (body["messages"][-1]["content"] for body in endpoint.bodies)
    assert second.startswith(first)
    assert problem in second[len(first) :]
    assert len(second) < len(first) + 400
    assert [message["role"] for message in endpoint.bodies[1]["messages"]] == ["system", "user"]


def test_asking_again_is_bounded(endpoint: Endpoint) -> None:
    """Three bad answers are enough: invalid, with the reason and the cost."""
    endpoint.will(ok("no"))
    with pytest.raises(OutputInvalid, match="no JSON object") as caught:
        run(asked(endpoint.gateway()))
    assert caught.value.usage == Usage(requests=3, retries=2, input_tokens=90, cached_tokens=30, output_tokens=15)
    assert len(endpoint.bodies) == 3


def test_a_server_that_ignores_the_schema_is_shown_it(endpoint: Endpoint) -> None:
    """After an answer as if no schema had been sent it stands in the next prompt, after the second in every one."""
    prose = ok("Ferry runs again. It sails at 7.")
    endpoint.will(prose, ok(), prose, ok())
    run(times(3, endpoint.gateway()))
    assert schema_shown(endpoint) == [False, True, False, True, True]
    assert all(body["response_format"]["type"] == "json_schema" for body in endpoint.bodies)


def test_one_slip_is_no_habit(endpoint: Endpoint, tmp_path: Path) -> None:
    """Malformed answers with good ones between them put the schema into no other prompt, and into no file."""
    slip = ok(TEXT[:-30])
    endpoint.will(slip, ok(), ok(), slip, ok())
    memory = tmp_path / "endpoints.json"
    run(times(4, endpoint.gateway(memory)))
    assert schema_shown(endpoint) == [False, True, False, False, True, False]
    assert not memory.exists()


def test_cut_off_answers_get_more_room_once(endpoint: Endpoint) -> None:
    """`length` doubles the cap once; a second time the answer is truncated, not invalid."""
    endpoint.will(ok('{"headline": "Fer', "length"), ok())
    assert run(asked(endpoint.gateway())).usage.requests == 2
    assert [body["max_tokens"] for body in endpoint.bodies] == [100, 200]
    endpoint.will(ok('{"headline": "Fer', "length"))
    with pytest.raises(OutputTruncated, match="200 output tokens") as caught:
        run(asked(endpoint.gateway()))
    assert caught.value.usage.requests == 2


@pytest.mark.parametrize("looping", [" \n", '"The ferry sails again at seven.",\n ', "1." + "x" * 298])
def test_a_loop_gets_no_more_room(endpoint: Endpoint, looping: str) -> None:
    """A text that ends in one passage again and again would only go on: one request, and the reason says so."""
    endpoint.will(ok('{"headline": "' + looping * 80, "length"), ok())
    with pytest.raises(OutputTruncated, match="100 output tokens, where it went round in circles") as caught:
        run(asked(endpoint.gateway()))
    assert caught.value.usage.requests == 1


@pytest.mark.parametrize(
    "end", ["1, 2, 3, 4, 5, 6, 7, 8, 9, 10, " * 2, "ha " * 20, "A line. " + "Another line, " * 2, ""]
)
def test_little_repetition_is_no_loop(endpoint: Endpoint, end: str) -> None:
    """Twice the same, or a short run of it, may well be what the answer has to say."""
    endpoint.will(ok('{"headline": "' + end, "length"), ok())
    assert run(asked(endpoint.gateway())).usage.requests == 2


def test_usage_of_a_gateway_counts_calls_that_fail(endpoint: Endpoint) -> None:
    """What a failed call has sent is in the gateway's sum, where the error itself tells of no cost."""
    endpoint.will(ok(), refused(500))
    gateway = endpoint.gateway()

    async def both() -> None:
        async with gateway:
            await gateway.ask(CALL)
            with pytest.raises(EndpointUnavailable):
                await gateway.ask(CALL)

    run(both())
    assert gateway.usage.requests == len(endpoint.bodies) == 5
    assert gateway.usage.output_tokens == 5


@pytest.mark.parametrize(("headers", "lines"), [({"retry-after": "7"}, 1), ({"retry-after": "1"}, 0)])
def test_long_waits_are_told(
    endpoint: Endpoint, headers: dict[str, str], lines: int, caplog: pytest.LogCaptureFixture
) -> None:
    """Whoever waits for more than two seconds reads why and how long, and short waits are passed over."""
    endpoint.will(refused(429, f"slow down, {KEY}", headers), ok())
    run(asked(endpoint.gateway()))
    assert [record.getMessage() for record in caplog.records] == [
        "news.example: 429: slow down, ***; asked again in 7 s"
    ] * lines


@pytest.mark.parametrize(
    ("content", "requests"), [(TEXT + " \n" * 50, 1), (f"<think>perhaps {TEXT} but no", 2), (None, 2)]
)
def test_what_a_cut_off_answer_is_worth(endpoint: Endpoint, content: str | None, requests: int) -> None:
    """White space up to the limit after a whole object is no loss; an object in unfinished thoughts is no answer."""
    endpoint.will(ok(content, "length"), ok())
    assert run(asked(endpoint.gateway())).usage.requests == requests


def test_thoughts_get_room_of_their_own(endpoint: Endpoint) -> None:
    """A model whose thoughts used up the cap gets room for them, and from then on what those of a good answer took."""
    endpoint.will(thinking("", "length", output=100, thoughts=100), thinking(TEXT, output=170, thoughts=150))
    run(times(2, endpoint.gateway()))
    assert caps(endpoint) == [100, 100 + 256, 100 + 256]


_PONDERING = " ".join(f"step {number}" for number in range(150))


@pytest.mark.parametrize(
    ("pondering", "answered"),
    [
        (thinking(f"<think>{_PONDERING}", "length", output=100), thinking(f"<think>{_PONDERING}</think>{TEXT}", output=300)),
        (thinking(f"<think>{TEXT} no", "length", output=100), thinking(f"{_PONDERING}</think>{TEXT}", output=300)),
        (
            thinking(None, "length", output=100, reasoning_content=_PONDERING),
            thinking(TEXT, output=300, reasoning_content=_PONDERING),
        ),
        (thinking("", "length", output=100, reasoning="…"), thinking(TEXT, output=300, reasoning=_PONDERING)),
    ],
)  # fmt: skip
def test_thoughts_that_nobody_counts(endpoint: Endpoint, pondering: httpx.Response, answered: httpx.Response) -> None:
    """Thoughts in the text or beside it show themselves: they get room, and their share of the answer is remembered."""
    endpoint.will(pondering, pondering, answered)
    run(times(2, endpoint.gateway()))
    assert caps(endpoint) == [100, 100 + 256, 100 + 1024, 100 + 512]


def test_thoughts_leave_the_answer_its_own_second_chance(endpoint: Endpoint) -> None:
    """Room for thoughts is no room for the answer: where that is cut off afterwards it is asked for once more."""
    cut = thinking('{"headline": "Fer', "length", output=300, thoughts=200)
    endpoint.will(thinking("", "length", output=100, thoughts=100), cut, thinking(TEXT, output=320, thoughts=200))
    run(times(1, endpoint.gateway()))
    assert caps(endpoint) == [100, 100 + 256, 200 + 256]


def test_endless_thoughts_end(endpoint: Endpoint, tmp_path: Path) -> None:
    """A model that thinks up to every limit is given up at 16,384 tokens, and nothing is remembered of it."""
    memory = tmp_path / "endpoints.json"
    endpoint.will(thinking(f"<think>{_PONDERING}", "length", output=100))
    with pytest.raises(OutputTruncated, match="16484 output tokens"):
        run(asked(endpoint.gateway(memory)))
    assert caps(endpoint) == [100, 100 + 256, 100 + 1024, 100 + 4096, 100 + 16384]
    assert not memory.exists()


_VLLM = (
    "'max_tokens' or 'max_completion_tokens' is too large: {cap}. This model's maximum context length is 8192 tokens"
    " and your request has 1200 input tokens"
)
_LENGTHS = (
    "This model's maximum context length is 8192 tokens, but 1200 in the prompt and {cap} in the completion were asked"
)
_MOST = "max_tokens is too large: {cap}. This model supports at most 6992 completion tokens."


@pytest.mark.parametrize(("refusal", "param"), [(_VLLM, None), (_LENGTHS, None), (_MOST, None), (_MOST, "max_tokens")])
def test_too_much_room_is_taken_back(endpoint: Endpoint, tmp_path: Path, refusal: str, param: str | None) -> None:
    """Room that does not fit the context is halved until it does, and what is remembered sinks with it."""

    def answer(request: httpx.Request) -> httpx.Response:
        cap = json.loads(request.content)["max_tokens"]
        if cap > 8192 - 1200:
            return refused(400, refusal.format(cap=cap), param=param)
        return thinking(TEXT, output=50, thoughts=30)

    memory = tmp_path / "endpoints.json"
    known = Memory(memory, BASE_URL)
    known.learn("m", Dialect(), Dialect(reasoning_tokens=16_384))
    known.confirm("m")
    endpoint.route.mock(side_effect=answer)
    for _ in range(2):
        run(asked(endpoint.gateway(memory)))
    assert caps(endpoint) == [100 + 16384, 100 + 8192, 100 + 4096, 100 + 4096]


def test_one_runaway_answer_is_forgotten(endpoint: Endpoint, tmp_path: Path) -> None:
    """Thoughts up to a limit that the server then refuses cost that one call; the next asks for what it always did."""

    def answer(request: httpx.Request) -> httpx.Response:
        cap = json.loads(request.content)["max_tokens"]
        if cap > 8192 - 1200:
            return refused(400, _VLLM.format(cap=cap))
        return thinking("", "length", output=cap, thoughts=cap) if odd else thinking(TEXT, output=50, thoughts=30)

    memory, odd = tmp_path / "endpoints.json", True
    endpoint.route.mock(side_effect=answer)
    with pytest.raises(OutputTruncated):
        run(asked(endpoint.gateway(memory)))
    odd = False
    before = len(endpoint.bodies)
    for _ in range(2):
        assert run(asked(endpoint.gateway(memory))).usage.requests == 1
    assert caps(endpoint)[before:] == [100, 100 + 32]


def test_a_prompt_too_long_takes_no_room_back(endpoint: Endpoint, tmp_path: Path) -> None:
    """Where the prompt alone does not fit, the room stays, and a shorter prompt is what is wanted."""
    memory = tmp_path / "endpoints.json"
    endpoint.will(
        thinking(TEXT, output=150, thoughts=120), refused(400, "the prompt is too long: 9000 tokens"),
        thinking(TEXT, output=150, thoughts=120),
    )  # fmt: skip
    run(times(3, endpoint.gateway(memory)))
    assert caps(endpoint) == [100, 100 + 128, 100 + 128]


@pytest.mark.parametrize(
    ("message", "thoughts"),
    [
        ({"content": TEXT}, 0),
        ({"content": f"<think>{'x' * (len(TEXT) - 15)}</think>{TEXT}"}, 50),
        ({"content": TEXT, "reasoning": "x" * len(TEXT)}, 50),
        ({"content": f"<thinking>{TEXT}"}, 100),
        ({"content": None, "reasoning_content": "x"}, 100),
        ({"content": None}, 0),
    ],
)
def test_share_of_thoughts(message: dict[str, object], thoughts: int) -> None:
    """Without a count, characters say how many of the output tokens went into thoughts."""
    body = {"choices": [{"finish_reason": "length", "message": message}], "usage": {"completion_tokens": 100}}
    assert read_answer(body).thoughts == pytest.approx(thoughts, abs=3)


@pytest.mark.parametrize(
    "text",
    [
        "response_format: the schema compiler is restarting, try again",
        "input rejected: … the highest temperature since 1911 was measured in Velmar …",
        "The article names max_tokens.",
        "temperature " + "and so on " * 15 + "not supported",
    ],
)
def test_odd_refusals_teach_nothing(endpoint: Endpoint, tmp_path: Path, text: str) -> None:
    """A text that only names a parameter, or echoes an article that does, changes no request."""
    memory = tmp_path / "endpoints.json"
    endpoint.will(ok(), refused(400, text), ok())
    run(times(3, endpoint.gateway(memory)))
    first, *others = endpoint.bodies
    assert others == [first, first]
    assert not memory.exists()


LESSONS: list[tuple[httpx.Response, dict[str, object]]] = [
    (UNSUPPORTED_FORMAT, {"response_format": {"type": "json_object"}}),
    (
        refused(400, "Invalid schema for response_format 'Wire'", param="response_format"),
        {"response_format": {"type": "json_object"}},
    ),
    (
        refused(
            400,
            "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
            param="max_tokens",
            code="unsupported_parameter",
        ),
        {"max_completion_tokens": 100, "max_tokens": None},
    ),
    (
        httpx.Response(
            422, json={"detail": [{"type": "extra_forbidden", "loc": ["body", "max_tokens"], "msg": "not permitted"}]}
        ),
        {"max_completion_tokens": 100, "max_tokens": None},
    ),
    (
        refused(
            400,
            "Unsupported value: 'temperature' does not support 0 with this model. Only the default (1) value is supported.",
            param="temperature",
            code="unsupported_value",
        ),
        {"temperature": None},
    ),
    (
        refused(
            400,
            "Unsupported value: 'messages[0].role' does not support 'system' with this model.",
            param="messages[0].role",
        ),
        {"messages": [{"role": "user", "content": "Summarise.\n\n<article>…</article>"}]},
    ),
    (
        refused(400, "System role not supported"),
        {"messages": [{"role": "user", "content": "Summarise.\n\n<article>…</article>"}]},
    ),
    (
        refused(400, "Conversation roles must alternate user/assistant/user/assistant/..."),
        {"messages": [{"role": "user", "content": "Summarise.\n\n<article>…</article>"}]},
    ),
]


@pytest.mark.parametrize(("answer", "changed"), LESSONS)
def test_refused_parameters_are_learnt_and_remembered(
    endpoint: Endpoint, tmp_path: Path, answer: httpx.Response, changed: dict[str, object]
) -> None:
    """The refused thing alone is left out, at once; the next process knows it, and only its owner can read how."""
    memory = tmp_path / "state" / "endpoints.json"
    endpoint.will(answer, ok())
    reply = run(asked(endpoint.gateway(memory)))
    assert (reply.usage.requests, reply.usage.retries) == (2, 1)
    first, second = endpoint.bodies
    kept = {key: value for key, value in first.items() if key not in changed}
    assert {key: second.get(key) for key in changed} == changed or "response_format" in changed
    assert {key: second[key] for key in kept if key != "messages"} == {k: v for k, v in kept.items() if k != "messages"}
    run(asked(endpoint.gateway(memory)))
    assert endpoint.bodies[2] == second
    assert memory.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in memory.parent.iterdir()] == ["endpoints.json"]
    assert KEY not in memory.read_text()


def test_the_ladder_ends_at_text(endpoint: Endpoint) -> None:
    """Both formats refused: the schema stands in the prompt and the object is found in the text."""
    endpoint.will(UNSUPPORTED_FORMAT, UNSUPPORTED_FORMAT, ok(f"Sure!\n{TEXT}"))
    assert run(asked(endpoint.gateway())).usage.requests == 3
    kinds = [body.get("response_format", {}).get("type") for body in endpoint.bodies]
    assert kinds == ["json_schema", "json_object", None]
    assert '"additionalProperties": false' in endpoint.bodies[2]["messages"][0]["content"]


def test_learning_ends(endpoint: Endpoint) -> None:
    """An endpoint that refuses both names of the cap is not asked for ever."""
    endpoint.will(refused(400, "max_tokens and max_completion_tokens are not supported"))
    with pytest.raises(ConfigError, match="max_tokens"):
        run(asked(endpoint.gateway()))
    assert len(endpoint.bodies) == 8


def test_many_at_once_learn_one_rung(endpoint: Endpoint) -> None:
    """Calls that are refused at the same rung together step down one rung, not one each."""
    together = asyncio.Barrier(5)

    async def answer(request: httpx.Request) -> httpx.Response:
        if b"json_schema" in request.content:
            await together.wait()
            return UNSUPPORTED_FORMAT
        return ok()

    endpoint.route.mock(side_effect=answer)
    gateway = endpoint.gateway(max_in_flight=0)

    async def five() -> list[Reply[Wire]]:
        async with gateway:
            return await asyncio.gather(*(gateway.ask(CALL) for _ in range(5)))

    assert [reply.usage.requests for reply in run(five())] == [2] * 5
    kinds = [body["response_format"]["type"] for body in endpoint.bodies]
    assert sorted(kinds) == ["json_object"] * 5 + ["json_schema"] * 5


@pytest.mark.parametrize(
    "content", ["", "{", '{"version": 3}', '{"version": 1, "endpoints": {"x": {"m": {"rung": "text"}}}}']
)
def test_damaged_memory_is_no_memory(endpoint: Endpoint, tmp_path: Path, content: str) -> None:
    """A damaged file is replaced; nothing fails."""
    memory = tmp_path / "endpoints.json"
    memory.write_text(content)
    endpoint.will(UNSUPPORTED_FORMAT, ok())
    run(asked(endpoint.gateway(memory)))
    known = json.loads(memory.read_text())["endpoints"]
    assert known[BASE_URL]["m"]["dialect"]["rung"] == "json_object"


def test_lessons_are_tried_anew_after_two_weeks(tmp_path: Path) -> None:
    """Servers are updated: what was learnt is believed for fourteen days from the first lesson on."""
    path, day = tmp_path / "endpoints.json", date(2026, 3, 1)

    def memory(days: int) -> Memory:
        return Memory(path, BASE_URL, today=lambda: day + timedelta(days))

    def learn(memory: Memory, **facts: object) -> None:
        known = memory.dialect("m")
        memory.learn("m", known, known.model_copy(update=facts))
        memory.confirm("m")

    learn(memory(0), rung="text")
    learn(memory(13), temperature=False)
    assert memory(13).dialect("m") == Dialect(rung="text", temperature=False)
    assert memory(14).dialect("m") == Dialect()
    learn(memory(14), system_role=False)
    assert memory(15).dialect("m") == Dialect(system_role=False)


def test_what_another_run_learnt_is_kept(tmp_path: Path) -> None:
    """Two runs that learn different things of one model save both, and the first one's next request knows both."""
    mine, theirs = (Memory(tmp_path / "endpoints.json", BASE_URL) for _ in range(2))
    theirs.learn("m", Dialect(), Dialect(rung="json_object", reasoning_tokens=512))
    theirs.confirm("m")
    mine.learn("m", Dialect(), Dialect(temperature=False))
    mine.confirm("m")
    both = Dialect(rung="json_object", temperature=False, reasoning_tokens=512)
    assert mine.dialect("m") == Memory(tmp_path / "endpoints.json", BASE_URL).dialect("m") == both


def test_memory_that_cannot_be_written_costs_nothing(endpoint: Endpoint, tmp_path: Path) -> None:
    """The answer counts, not the note about it."""
    (tmp_path / "file").write_text("")
    endpoint.will(UNSUPPORTED_FORMAT, ok())
    assert run(asked(endpoint.gateway(tmp_path / "file" / "endpoints.json"))).value == Wire(**GOOD)


def test_what_is_learnt_of_one_model_says_nothing_of_another(endpoint: Endpoint) -> None:
    """Each model of an endpoint is learnt by itself."""
    endpoint.will(UNSUPPORTED_FORMAT, ok())
    gateway = endpoint.gateway()

    async def both() -> None:
        async with gateway:
            await gateway.ask(CALL)
            await gateway.ask(Call(PROMPT, Wire, "other", 100))

    run(both())
    assert [body["response_format"]["type"] for body in endpoint.bodies] == [
        "json_schema",
        "json_object",
        "json_schema",
    ]


def test_cancelled_calls_leave_a_usable_gateway(endpoint: Endpoint) -> None:
    """A call that is cancelled while it waits to retry ends at once, and the next one works."""
    endpoint.will(refused(503), ok())
    gateway = endpoint.gateway()
    waiting = asyncio.Event()

    async def for_ever(_seconds: float) -> None:
        waiting.set()
        await asyncio.Event().wait()

    object.__setattr__(gateway._policy, "sleep", for_ever)

    async def cancel_then_ask() -> Reply[Wire]:
        async with gateway:
            task = asyncio.create_task(gateway.ask(CALL))
            await waiting.wait()
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            return await gateway.ask(CALL)

    assert run(cancel_then_ask()).value == Wire(**GOOD)


@pytest.mark.parametrize("answer", [refused(401, f"bad key {KEY}, team {HEADER}"), refused(500, f"{KEY} {HEADER}")])
def test_secrets_are_shown_nowhere(
    endpoint: Endpoint, answer: httpx.Response, caplog: pytest.LogCaptureFixture
) -> None:
    """Neither errors nor their causes nor logs nor reprs show the key or a header, even if the endpoint echoes them."""
    caplog.set_level(logging.DEBUG)
    endpoint.will(answer)
    gateway = endpoint.gateway(extra_headers=secret_headers())
    with pytest.raises(SummarizerError) as caught:
        run(asked(gateway))
    assert endpoint.requests[0].headers["x-team"] == HEADER
    causes = [caught.value, caught.value.__cause__]
    shown = "".join(traceback.format_exception(caught.value)) + caplog.text + repr((gateway, gateway._client, *causes))
    assert causes[1] is not None
    assert KEY not in shown
    assert HEADER not in shown


@pytest.mark.parametrize(
    ("value", "echoed"),
    [
        ("Bearer sk-newsroom-1234", "sk-newsroom-1234"),
        ("Bearer sk-newsroom-1234", "Bearer sk-newsroom-1234"),
        ("Token wharf-76, quay-77", "quay-77"),
        ("harbour-78 harbour-78-north", "harbour-78-north"),
    ],
)
def test_parts_of_a_header_are_secrets_too(endpoint: Endpoint, value: str, echoed: str) -> None:
    """Servers echo the token without its scheme; the scheme is no secret."""
    endpoint.will(refused(401, f"Bearer expected, not {echoed}."))
    with pytest.raises(ConfigError, match=r"Bearer expected, not \*\*\*") as caught:
        run(asked(endpoint.gateway(api_key=None, extra_headers={"authorization": SecretStr(value)})))
    shown = "".join(traceback.format_exception(caught.value))
    assert not any(part in shown for part in ("sk-newsroom", "quay", "-north"))


@pytest.mark.parametrize(
    ("llm", "message"),
    [
        ({"base_url": "localhost:11434/v1"}, "http://"),
        ({"base_url": "http://me:hidden@host/v1"}, "extra_headers"),
        ({"base_url": "https://host/v1?key=hidden"}, "extra_headers"),
        ({"base_url": "http://[hidden/v1"}, "not a URL"),
        ({"base_url": "http://host:hidden/v1"}, "not a URL"),
        ({"api_key": "hidden…"}, r"llm\.api_key"),
        ({"extra_headers": {"x": "hidden\nx"}}, r"llm\.extra_headers\.x"),
    ],
)
def test_unusable_settings_fail_before_anything_is_sent(llm: dict[str, Any], message: str) -> None:
    """A wrong address or key is an error at once, which names the setting and hides the value."""
    with pytest.raises(ConfigError, match=message) as caught:
        Gateway.from_settings(LLMSettings(**llm))
    assert "hidden" not in "".join(traceback.format_exception(caught.value))


def test_the_library_is_loaded_beside_the_loop(endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch) -> None:
    """Loading it takes as long as many answers; in the loop it would stop all that wait there."""
    threads = []
    monkeypatch.setattr(client, "load_library", lambda: threads.append(threading.current_thread()))
    endpoint.will(ok())
    run(times(2, endpoint.gateway()))
    assert [thread is threading.main_thread() for thread in threads] == [False]


def test_servers_at_home_get_a_placeholder(endpoint: Endpoint) -> None:
    """Without a key a placeholder is sent, whatever the environment holds."""
    endpoint.will(ok())
    run(asked(endpoint.gateway(api_key=None)))
    assert endpoint.requests[0].headers["authorization"] == "Bearer no-key"


def test_the_environment_adds_no_headers(endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch) -> None:
    """The library reads an organisation and a key from the environment; nobody here asked it to."""
    monkeypatch.setenv("OPENAI_ORG_ID", "org-1")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-other")
    endpoint.will(ok())
    run(asked(endpoint.gateway(api_key=None)))
    assert "openai-organization" not in endpoint.requests[0].headers
    assert endpoint.requests[0].headers["authorization"] == "Bearer no-key"


def test_azure(httpx2_mock: respx.Router) -> None:
    """A classic deployment address keeps its api-version; the key in a header of its own stands alone."""
    url = "https://desk.openai.azure.com/openai/deployments/gpt/chat/completions"
    route = httpx2_mock.post(url, params={"api-version": "2024-10-21"}).mock(return_value=ok())
    llm = LLMSettings(
        base_url=f"{url.removesuffix('/chat/completions')}?api-version=2024-10-21",
        extra_headers={"api-key": KEY},
        extra_body={"service_tier": "flex"},
    )
    gateway = Gateway.from_settings(llm)
    run(asked(gateway))
    request = route.calls.last.request
    assert request.headers["api-key"] == KEY
    assert "authorization" not in request.headers
    body = json.loads(request.content)
    assert (body["max_completion_tokens"], body["service_tier"]) == (100, "flex")
    assert gateway.endpoint == "desk.openai.azure.com"


def test_lone_surrogates_do_not_stop_a_request(endpoint: Endpoint) -> None:
    """Half a character from a broken source becomes a question mark, not an exception."""
    endpoint.will(ok())
    prompt = type(PROMPT)("summarize", 1, "sha256:0", "S", "half \ud83d here", 400)
    run(asked(endpoint.gateway(), Call(prompt, Wire, "m", 100)))
    assert endpoint.bodies[0]["messages"][1]["content"] == "half ? here"


def test_timeouts_follow_what_was_observed(endpoint: Endpoint) -> None:
    """Four times the 95th percentile of seconds per token times the cap, at least 20 s; twice that after a timeout."""
    now = [0.0]

    def answer(_request: object) -> httpx.Response:
        now[0] += 10
        return ok()

    endpoint.route.mock(side_effect=answer)
    gateway = endpoint.gateway(clock=lambda: now[0])

    async def timeouts() -> list[float]:
        async with gateway:
            for _ in range(2):
                await gateway.ask(CALL)
        return [request.extensions["timeout"]["read"] for request in endpoint.requests]

    first, second = run(timeouts())
    assert first == 20.0  # nothing known: 4 · 0.05 s · 100 tokens, which is the floor too
    assert second == pytest.approx(4 * (10 / 50) * 100)
    endpoint.route.mock(side_effect=endpoint._answer)
    endpoint.will(httpx2.ReadTimeout("slow"), httpx2.ReadTimeout("slow"), ok())
    run(asked(endpoint.gateway()))
    waited = [request.extensions["timeout"]["read"] for request in endpoint.requests[2:]]
    assert waited == [20.0, 40.0, 80.0]


@pytest.mark.parametrize(
    ("answer", "model"),
    [
        (httpx.Response(200, json={"data": [{"id": "only"}]}), "only"),
        (httpx.Response(200, json={"data": [{"id": "a"}, {"id": "b"}]}), None),
        (httpx.Response(200, json={"data": []}), None),
        (httpx.Response(200, json={"models": "?"}), None),
        (refused(404, "no such path"), None),
    ],
)
def test_default_model(httpx2_mock: respx.Router, answer: httpx.Response, model: str | None) -> None:
    """The one model that an endpoint lists is used; several, none, or no list name no model."""
    httpx2_mock.get(f"{BASE_URL}/models").mock(return_value=answer)

    async def ask() -> str | None:
        async with Gateway.from_settings(LLMSettings(base_url=BASE_URL)) as gateway:
            return await gateway.default_model()

    assert run(ask()) == model


def test_settings_defaults_are_those_of_the_file() -> None:
    """The defaults in code and in config/default.toml are the same."""
    from summarizer import Settings

    llm, bare = Settings.load().llm, LLMSettings()
    assert llm == bare
