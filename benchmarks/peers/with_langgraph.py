"""LangGraph: a graph that summarises, fans out to one translation per language and gathers; structured output."""

from __future__ import annotations

import operator
import sys
from pathlib import Path
from typing import Annotated, Any, TypedDict

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # as a script it is not in its package

from langchain_core.rate_limiters import InMemoryRateLimiter
from langchain_openai import ChatOpenAI
from langgraph.graph import END, START, StateGraph
from langgraph.types import Send
from pydantic import BaseModel, Field

from benchmarks.peers.contest import ATTEMPTS, MOST_TOKENS, NAMES, SUMMARIZE, TRANSLATE, Results, Task, Texts, each, run


class Summary(BaseModel):
    """A headline and its bullets."""

    headline: str = Field(min_length=1)
    bullets: list[str] = Field(min_length=1, max_length=4)


class State(TypedDict):
    """What the nodes hand on."""

    text: str
    draft: Summary
    texts: Annotated[list[tuple[str, Summary]], operator.add]


class Order(TypedDict):
    """What one translation needs."""

    tag: str
    draft: Summary


def _limiter(task: Task) -> InMemoryRateLimiter | None:
    """Its own limiter, which knows requests and no tokens."""
    if not task.requests_per_minute:
        return None
    per_second = task.requests_per_minute / 60
    return InMemoryRateLimiter(
        requests_per_second=per_second, check_every_n_seconds=0.02, max_bucket_size=max(1, per_second)
    )


async def work(task: Task, results: Results) -> None:
    """All articles through one graph."""
    model = ChatOpenAI(
        model="simulated",
        base_url=task.base_url,
        api_key="none",
        max_retries=ATTEMPTS - 1,
        max_tokens=MOST_TOKENS,
        temperature=0,
        rate_limiter=_limiter(task),
    ).with_structured_output(Summary, method="json_schema")

    async def summarize(state: State) -> dict[str, Any]:
        return {"draft": await model.ainvoke(SUMMARIZE.format(text=state["text"]))}

    def fan_out(state: State) -> list[Send]:
        return [Send("translate", {"tag": tag, "draft": state["draft"]}) for tag in task.to]

    async def translate(order: Order) -> dict[str, Any]:
        prompt = TRANSLATE.format(language=NAMES[order["tag"]], draft=order["draft"].model_dump_json())
        return {"texts": [(order["tag"], await model.ainvoke(prompt))]}

    builder = StateGraph(State)
    builder.add_node("summarize", summarize)
    builder.add_node("translate", translate)
    builder.add_edge(START, "summarize")
    builder.add_conditional_edges("summarize", fan_out, ["translate"])
    builder.add_edge("translate", END)
    graph = builder.compile()

    async def texts_of(text: str) -> Texts:
        final = await graph.ainvoke({"text": text, "texts": []})
        return {"en": final["draft"].model_dump(), **{tag: text.model_dump() for tag, text in final["texts"]}}

    await each(task, results, texts_of)


if __name__ == "__main__":
    run(work)
