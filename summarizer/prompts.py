"""Prompt files: `prompts/<name>/v<N>.md`, read, checked against the lock, and filled in.

A file is TOML front matter between two `+++` lines, then the sections `## system` and `## user`. Sections are split
before anything is substituted, and substitution is a single pass: an article that contains `## user` or `$name` stays
text. `$name` marks an input; a literal dollar sign is written `$$`.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Template

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from summarizer.errors import PromptError
from summarizer.resources import packaged_toml, read_toml, resource

_FILE = re.compile(r"\+\+\+\n(?P<front>.*?\n)\+\+\+\n(?P<body>.*)", re.DOTALL)
_HEADING = re.compile(r"^##[ \t]+(.*?)[ \t]*$", re.MULTILINE)
_SECTIONS = ["system", "user"]


@dataclass(frozen=True, slots=True)
class Prompt:
    """One version of a prompt.

    `digest` is `sha256:` and the digest of the file's text; `output` names a class of `summarizer.llm.schemas`;
    `max_output_tokens` is a ceiling, and a call may ask for less.
    """

    name: str
    version: int
    digest: str
    purpose: str
    inputs: tuple[str, ...]
    output: str
    max_output_tokens: int
    system: str
    user: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """A prompt with its inputs filled in: the two messages as they are sent."""

    name: str
    version: int
    digest: str
    system: str
    user: str
    max_output_tokens: int

    @property
    def label(self) -> str:
        """Version and digest as `provenance.prompts` has them: `1@sha256:…`."""
        return f"{self.version}@{self.digest}"


class _FrontMatter(BaseModel):
    """The keys of a prompt file; each is required, and there are no others."""

    model_config = ConfigDict(extra="forbid", strict=True, hide_input_in_errors=True)

    name: str
    version: int = Field(ge=1)
    purpose: str = Field(min_length=1)
    inputs: list[str]
    output: str = Field(min_length=1)
    max_output_tokens: int = Field(ge=1)


def load_prompt(name: str, version: int | None = None) -> Prompt:
    """One released version of a prompt; without `version` the one that `[prompts]` in `config/default.toml` names.

    Raises:
        PromptError: there is no such prompt or version, the file is malformed, or its digest is not the one in
            `prompts/lock.toml`; the message names the file and what was expected.
    """
    return load_released(resource("prompts"), name, _configured_version(name) if version is None else version)


@cache
def load_released(folder: Path, name: str, version: int) -> Prompt:
    """The same from any folder that is laid out as `prompts/` is.

    Raises:
        PromptError: as `load_prompt` does.
    """
    path = folder / name / f"v{version}.md"
    prompt = read_prompt(path)
    locked = _lock(folder).get(name, {}).get(str(version))
    if locked is None:
        raise PromptError(f"{_shown(path)}: version {version} is not in prompts/lock.toml, so it is not released")
    if locked != prompt.digest:
        raise PromptError(
            f"{_shown(path)}: the file has changed since its release: its digest is {prompt.digest}, but "
            f"prompts/lock.toml has {locked}; put the file back, and make the change in a new version"
        )
    return prompt


def released_prompts() -> tuple[Prompt, ...]:
    """Every version of every prompt that `prompts/lock.toml` names, sorted."""
    lock = _lock(resource("prompts"))
    return tuple(load_prompt(name, version) for name in sorted(lock) for version in sorted(map(int, lock[name])))


def prompt_file(name: str, version: int) -> Path:
    """The file of a version, whether it is there or not."""
    return resource("prompts") / name / f"v{version}.md"


def _configured_version(name: str) -> int:
    versions = packaged_toml("config", "default.toml").get("prompts", {})
    if name not in versions:
        raise PromptError(f"there is no prompt {name!r}; expected one of {', '.join(sorted(versions))}")
    return int(versions[name])


def read_prompt(path: Path) -> Prompt:
    """The prompt in a file, whether it is released or not; the file must be `<name>/v<version>.md`.

    Raises:
        PromptError: the file is missing or malformed; the message names the file and the key.
    """
    text = _text(path)
    match = _FILE.fullmatch(text)
    if match is None:
        raise PromptError(f"{_shown(path)}: expected TOML between two lines of +++, then the sections")
    front = _front_matter(path, match["front"])
    system, user = _sections(path, match["body"])
    prompt = Prompt(
        name=front.name,
        version=front.version,
        digest=f"sha256:{hashlib.sha256(text.encode()).hexdigest()}",
        purpose=front.purpose,
        inputs=tuple(front.inputs),
        output=front.output,
        max_output_tokens=front.max_output_tokens,
        system=system,
        user=user,
    )
    _check_inputs(path, prompt)
    return prompt


def render(prompt: Prompt, inputs: Mapping[str, str]) -> Rendered:
    """The prompt with every `$name` replaced, once; what is put in is not looked at again.

    Raises:
        PromptError: inputs are missing, or the prompt does not know them; the message lists all of both.
    """
    problems = _difference("missing", set(prompt.inputs) - set(inputs))
    problems += _difference("unknown", set(inputs) - set(prompt.inputs))
    if problems:
        raise PromptError(f"prompts/{prompt.name}/v{prompt.version}.md: {'; '.join(problems)}")
    return Rendered(
        name=prompt.name,
        version=prompt.version,
        digest=prompt.digest,
        system=Template(prompt.system).substitute(inputs),
        user=Template(prompt.user).substitute(inputs),
        max_output_tokens=prompt.max_output_tokens,
    )


def _lock(folder: Path) -> dict[str, dict[str, str]]:
    """The digests of `lock.toml` by name and version."""
    return read_toml(folder / "lock.toml")


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise PromptError(f"{_shown(path)}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise PromptError(f"{_shown(path)}: not UTF-8: {error}") from error


def _front_matter(path: Path, text: str) -> _FrontMatter:
    try:
        front = _FrontMatter.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise PromptError(f"{_shown(path)}: the front matter is not TOML: {error}") from error
    except ValidationError as error:
        raise PromptError(f"{_shown(path)}: {_explain(error)}") from None
    for key, expected in (("name", path.parent.name), ("version", path.stem.removeprefix("v"))):
        found = getattr(front, key)
        if str(found) != expected:
            raise PromptError(f"{_shown(path)}: {key} is {found!r}, but the file's place says {expected}")
    return front


def _sections(path: Path, body: str) -> tuple[str, str]:
    """The texts below `## system` and `## user`."""
    before, *parts = _HEADING.split(body)
    if parts[::2] != _SECTIONS or before.strip():
        found = ", ".join(f"## {name}" for name in parts[::2]) or "none"
        raise PromptError(f"{_shown(path)}: expected the sections ## system and ## user, in this order; found {found}")
    return parts[1].strip(), parts[3].strip()


def _check_inputs(path: Path, prompt: Prompt) -> None:
    """The inputs that are declared are those that are used."""
    used: set[str] = set()
    for section in (prompt.system, prompt.user):
        template = Template(section)
        if not template.is_valid():
            raise PromptError(f"{_shown(path)}: a $ that begins no name; write $$ for a dollar sign")
        used.update(template.get_identifiers())
    problems = _difference("used but not declared", used - set(prompt.inputs))
    problems += _difference("declared but not used", set(prompt.inputs) - used)
    if problems:
        raise PromptError(f"{_shown(path)}: inputs: {'; '.join(problems)}")


def _difference(what: str, names: Iterable[str]) -> list[str]:
    listed = ", ".join(sorted(names))
    return [f"{what}: {listed}"] if listed else []


def _explain(error: ValidationError) -> str:
    """One clause per mistake: the key and what was expected."""
    clauses = []
    for mistake in error.errors(include_input=False, include_url=False):
        message = {"extra_forbidden": "unknown key", "missing": "missing"}.get(mistake["type"], mistake["msg"])
        clauses.append(f"{'.'.join(str(part) for part in mistake['loc'])}: {message}")
    return "; ".join(clauses)


def _shown(path: Path) -> str:
    """The path as people name it: `prompts/<name>/v<N>.md`."""
    return "/".join(path.parts[-3:])
