"""An endpoint that answers what a test tells it to, and a gateway to it that never sleeps."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import respx
from pydantic import BaseModel, SecretStr

from summarizer.llm.client import Client
from summarizer.llm.gateway import Call, Gateway, Keeping, terms_of
from summarizer.llm.journal import NO_JOURNAL, Journal
from summarizer.llm.lane import Told
from summarizer.llm.memory import Memory
from summarizer.llm.retry import RetryPolicy
from summarizer.prompts import Rendered
from summarizer.settings import LLMSettings

BASE_URL = "http://news.example/v1"
KEY = "sk-secret-of-the-newsroom"
HEADER = "header-secret"
PROMPT = Rendered("summarize", 1, "sha256:0", "Summarise.", "<article>…</article>", 400)
GOOD = {"headline": "Ferry runs again", "lines": ["It sails at 7."]}


class Wire(BaseModel):
    """A small answer."""

    headline: str
    lines: list[str]


CALL = Call(PROMPT, Wire, "m", 100)


def completion(content: object, finish: str = "stop", **message: object) -> dict[str, Any]:
    """The body of a chat completion that cost 30 tokens of input, 10 of them cached, and 5 of output."""
    usage = {"prompt_tokens": 30, "prompt_tokens_details": {"cached_tokens": 10}, "completion_tokens": 5}
    choice = {"index": 0, "finish_reason": finish, "message": {"role": "assistant", "content": content, **message}}
    return {"id": "c", "object": "chat.completion", "choices": [choice], "usage": usage}


def ok(content: object = json.dumps(GOOD), finish: str = "stop", **message: object) -> httpx.Response:
    """A completion with status 200."""
    return httpx.Response(200, json=completion(content, finish, **message))


def refused(
    status: int, message: str = "no", headers: dict[str, str] | None = None, **fields: object
) -> httpx.Response:
    """An error in the vendor's form; `fields` are `code`, `param`, `type`."""
    return httpx.Response(status, json={"error": {"message": message, **fields}}, headers=headers)


class Endpoint:
    """The far side of a gateway: answers in order, the last one for ever; `bodies` are the requests it saw."""

    def __init__(self, router: respx.Router) -> None:
        self.route = router.post(f"{BASE_URL}/chat/completions")
        self._answers: list[httpx.Response | Exception] = []
        self.route.mock(side_effect=self._answer)
        self.waits: list[float] = []

    def will(self, *answers: httpx.Response | Exception) -> None:
        """Answer these, in order."""
        self._answers = list(answers)

    def _answer(self, _request: object) -> httpx.Response:
        answer = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer

    @property
    def requests(self) -> list[Any]:
        """The requests, as the transport saw them."""
        return [call.request for call in self.route.calls]

    @property
    def bodies(self) -> list[dict[str, Any]]:
        """Their bodies."""
        return [json.loads(request.content) for request in self.requests]

    def gateway(
        self,
        memory: Path | None = None,
        clock: Callable[[], float] | None = None,
        journal: Journal = NO_JOURNAL,
        **llm: Any,
    ) -> Gateway:
        """A gateway to this endpoint; waits are noted, not waited, and add to its clock."""
        settings = LLMSettings(**{"base_url": BASE_URL, "api_key": KEY, **llm})
        client = Client(settings, now=lambda: 1_000_000.0)

        async def sleep(seconds: float) -> None:
            self.waits.append(seconds)

        policy = RetryPolicy(
            attempts=4,
            sleep=sleep,
            clock=clock or (lambda: sum(self.waits)),
            now=lambda: 1_000_000.0,
            random=lambda: 0.5,
        )
        told = Told(settings.requests_per_minute, settings.tokens_per_minute, settings.max_in_flight)
        terms = terms_of(settings, client.endpoint_id)
        return Gateway(client, Memory(memory, client.endpoint_id), policy, told, keeping=Keeping(terms, journal))


def secret_headers() -> dict[str, SecretStr]:
    """A header that nobody may see."""
    return {"x-team": SecretStr(HEADER)}
