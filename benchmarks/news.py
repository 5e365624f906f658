"""Short news articles by number, made of sentences written for this project: about 180 words, no two the same.

A long one is many of them on end.

    python benchmarks/news.py 40 > articles.jsonl

writes them as JSON Lines (`id`, `title`, `text`, `language`), which `summarizer` reads as they are. The number decides
everything; places, people and events are invented.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random
from typing import TextIO

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # as a script it is not in its package

from benchmarks.endpoint import token_count

_PLACES = (
    "Marrow Bay", "Caldermere", "Rosthaven", "Upper Lannick", "Wexley Cross", "Port Ansel", "Tarnholm", "Brackwater",
    "Saltby Head", "Norrington", "Eastmoor", "Fennick Vale", "Glasby", "Holmesdale", "Kettleford", "Lower Thorne",
)  # fmt: skip
_THINGS = (
    "tram line", "flood wall", "district hospital", "ferry pier", "covered market", "solar park", "water works",
    "cycle bridge", "cargo terminal", "secondary school",
)  # fmt: skip
_FIRST = ("Ingrid", "Hanne", "Marcus", "Oliver", "Beatrice", "Nadia", "Tobias", "Rosalind", "Emil", "Leonora")
_LAST = (
    "Vesterholm",
    "Brevik",
    "Aldane",
    "Corrigan",
    "Falkner",
    "Osterley",
    "Penhallow",
    "Radcot",
    "Sundby",
    "Wickens",
)
_MONTHS = ("March", "April", "June", "September", "October", "November")
_LEAD = (
    "The council of {place} approved a {thing} worth {cost} million euros on Tuesday, ending {years} years of debate.",
    "A new {thing} for {place} will cost {cost} million euros, the council decided on Tuesday after {years} years.",
)
_BODY = (
    "Work is due to begin in {month} and should take {months} months, according to the building department.",
    "The project will create about {jobs} jobs, of which {local} are reserved for people from the town.",
    "{person}, who heads the department, said the offer was {percent} per cent lower than the one made last year.",
    "The town will pay {share} per cent of the cost, and the regional government will lend the rest.",
    "“We have waited for this vote long enough,” said {person} after the meeting.",
    "At least {homes} homes near the site will be fitted with new windows against the noise.",
    "Opponents collected {names} signatures against the plan in {month}.",
    "The residents' association said it would ask a court to look at the permit.",
    "The old {thing} dates from {built} and was closed after a fire that nobody was hurt in.",
    "Engineers measured cracks of up to {cracks} millimetres in its foundations.",
    "A second stage, for another {second} million euros, is planned but not yet paid for.",
    "The council voted {ayes} to {noes} for the plan, with {abstained} members absent.",
    "The contract names a penalty of {penalty} euros for each day of delay.",
    "Visitors can see the drawings in the town hall until the end of {month}.",
)
_SENTENCES = 11
_PER_PARAGRAPH = 3


def article(number: int) -> dict[str, str]:
    """One article, by its 0-based number."""
    random = Random(number)
    place = f"{_PLACES[number % len(_PLACES)]}"
    names = [f"{random.choice(_FIRST)} {random.choice(_LAST)}" for _ in range(2)]
    facts = {
        "place": place,
        "thing": random.choice(_THINGS),
        "cost": f"{random.randint(120, 989) / 10:.1f}",
        "years": random.randint(3, 9),
        "months": random.randint(14, 40),
        "jobs": f"{random.randint(11, 89) * 100:,}",
        "local": random.randint(210, 890),
        "percent": f"{random.randint(31, 189) / 10:.1f}",
        "share": random.randint(35, 75),
        "homes": random.randint(120, 990),
        "names": f"{random.randint(2100, 9900):,}",
        "built": random.randint(1931, 1979),
        "cracks": random.randint(12, 48),
        "second": f"{random.randint(110, 299) / 10:.1f}",
        "ayes": random.randint(24, 31),
        "noes": random.randint(11, 21),
        "abstained": random.randint(3, 8),
        "penalty": f"{random.randint(12, 95) * 1000:,}",
    }
    lead = random.choice(_LEAD)
    chosen = sorted(random.sample(range(len(_BODY)), _SENTENCES - 1))
    sentences = [
        sentence.format(**facts, month=random.choice(_MONTHS), person=names[index % 2])
        for index, sentence in enumerate([lead, *(_BODY[position] for position in chosen)])
    ]
    paragraphs = [
        " ".join(sentences[start : start + _PER_PARAGRAPH]) for start in range(0, len(sentences), _PER_PARAGRAPH)
    ]
    title = f"{place} council approves {facts['thing']} for {facts['cost']} million euros"
    return {"id": f"news-{number}", "title": title, "text": "\n\n".join(paragraphs), "language": "en"}


def long_article(tokens: int) -> dict[str, str]:
    """One article of so many tokens as the endpoint counts them, or up to a hundred more for each short one in it."""
    parts: list[str] = []
    size = 0
    while size < tokens:
        parts.append(article(len(parts))["text"])
        size += token_count(parts[-1])
    title = "What the councils of the coast have decided to build"
    return {"id": f"long-{tokens}", "title": title, "text": "\n\n".join(parts), "language": "en"}


def articles(count: int) -> Iterator[dict[str, str]]:
    """So many articles, from number 0."""
    return map(article, range(count))


def write(rows: Iterable[dict[str, str]], file: TextIO) -> None:
    """Articles as JSON Lines."""
    file.writelines(json.dumps(each, ensure_ascii=False) + "\n" for each in rows)


def written(count: int, folder: Path, *, tokens: int = 0) -> Path:
    """A file with so many short articles, or with a long one of so many tokens; made where it is not there yet."""
    path = folder / (f"long-{tokens}.jsonl" if tokens else f"articles-{count}.jsonl")
    if not path.exists():
        with path.open("w", encoding="utf-8") as file:
            write([long_article(tokens)] if tokens else articles(count), file)
    return path


if __name__ == "__main__":
    write(articles(int(sys.argv[1])), sys.stdout)
