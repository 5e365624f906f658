"""Settings: layers, mistakes, secrets."""

from __future__ import annotations

import traceback
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from summarizer import ConfigError, Settings
from summarizer.resources import resource


def test_later_layers_win(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Flags beat SUMMARIZER_*, which beats OPENAI_*, which beats the file, which beats the defaults; tables are merged."""
    file = tmp_path / "own.toml"
    file.write_text(
        '[llm]\nmodel = "from-file"\nbase_url = "http://file/v1"\nmax_in_flight = 3\n[chunks]\ntokens = 100\n'
    )
    monkeypatch.setenv("OPENAI_BASE_URL", "http://openai/v1")
    monkeypatch.setenv("SUMMARIZER_CHUNKS__TOKENS", "200")
    monkeypatch.setenv("SUMMARIZER_LLM__MODEL", "from-environment")
    settings = Settings.load(file, {"llm": {"model": "from-flag"}})
    assert (settings.llm.model, settings.llm.base_url, settings.chunks.tokens) == ("from-flag", "http://openai/v1", 200)
    assert settings.llm.max_in_flight == 3
    assert settings.summary.max_bullets == Settings.load().summary.max_bullets


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("SUMMARIZER_LLM__APIKEY", "sk-secret", r"llm\.apikey: no such setting \(in SUMMARIZER_LLM__APIKEY\)"),
        ("SUMMARIZER_TYPO", "sk-secret", "SUMMARIZER_TYPO: no such setting"),
        ("SUMMARIZER_KEY_ORIGIN", "sk-secret", "SUMMARIZER_KEY_ORIGIN: no such setting"),
        ("SUMMARIZER_CHUNKS__TOKENS", "sk-secret", r"chunks\.tokens: .*integer.*\(in SUMMARIZER_CHUNKS__TOKENS\)"),
        ("SUMMARIZER_LLM__EXTRA_HEADERS", "sk-secret", "SUMMARIZER_LLM__EXTRA_HEADERS: expected JSON"),
        ("SUMMARIZER_LLM", "sk-secret", "SUMMARIZER_LLM: expected JSON"),
        ("SUMMARIZER_LLM", '{"apikey": "sk-secret"}', r"llm\.apikey: no such setting \(in SUMMARIZER_LLM\)"),
        ("SUMMARIZER_ENGINE__NAME", "sk-secret", "SUMMARIZER_ENGINE__NAME: no such setting"),
        ("SUMMARIZER_JOB__TO", "[sk-secret", r'job\.to: .*\["es","ca"\] \(in SUMMARIZER_JOB__TO\)'),
        ("SUMMARIZER_JOB__TO", '[{"sk": "secret"}]', r"job\.to\.0: .*string \(in SUMMARIZER_JOB__TO\)"),
        ("SUMMARIZER_ENGINE", "sk-secret", "engine: .*'auto'.*SUMMARIZER_ENGINE"),
    ],
)
def test_mistakes_in_the_environment_name_the_variable_and_hide_its_value(
    name: str, value: str, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The message names the key and what was expected; the value, which may be a key, stands nowhere."""
    monkeypatch.setenv(name, value)
    with pytest.raises(ConfigError, match=expected) as caught:
        Settings.load()
    assert value not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[llm]\nmodle = 'x'\n", r"llm\.modle: no such setting \(in .*own\.toml\)"),
        ("key_origin = 'x'\n", r"key_origin: no such setting \(in .*own\.toml\)"),
        ("[chunks]\ntokens = 'many'\n", r"chunks\.tokens: .*integer.* \(in .*own\.toml\)"),
        ("not toml", r"own\.toml: not a TOML file"),
    ],
)
def test_mistakes_in_a_file_name_the_key_and_the_file(text: str, expected: str, tmp_path: Path) -> None:
    """A mistyped key in a settings file is an error that names both."""
    file = tmp_path / "own.toml"
    file.write_text(text)
    with pytest.raises(ConfigError, match=expected):
        Settings.load(file)


def test_missing_file_is_an_error(tmp_path: Path) -> None:
    """A settings file that is not there is never ignored."""
    with pytest.raises(ConfigError, match=r"absent\.toml: cannot be read"):
        Settings.load(tmp_path / "absent.toml")


def test_secrets_are_masked_and_their_origin_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither `repr` nor the JSON dump shows a key or a header value; the place of the key is known."""
    monkeypatch.setenv("OPENAI_API_KEY", "sk-one")
    monkeypatch.setenv("SUMMARIZER_LLM__EXTRA_HEADERS", '{"x-team": "sk-two"}')
    settings = Settings.load()
    shown = repr(settings) + settings.model_dump_json() + str(settings)
    assert "sk-one" not in shown
    assert "sk-two" not in shown
    assert settings.key_origin == "OPENAI_API_KEY"
    assert settings.llm.api_key is not None
    assert settings.llm.api_key.get_secret_value() == "sk-one"


def test_empty_variables_set_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty variable leaves what the file and the defaults say, and is no key."""
    file = tmp_path / "own.toml"
    file.write_text('[llm]\nmodel = "from-file"\n')
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "SUMMARIZER_LLM__MODEL", "SUMMARIZER_LLM", "SUMMARIZER_JOB__TO"):
        monkeypatch.setenv(name, "")
    settings = Settings.load(file)
    assert (settings.llm.model, settings.llm.api_key, settings.llm.base_url, settings.job.to) == (
        "from-file",
        None,
        None,
        (),
    )
    assert settings.origins == {"llm.model": str(file)}


def test_a_variable_of_a_key_beats_that_of_its_table(monkeypatch: pytest.MonkeyPatch) -> None:
    """A whole table as JSON and single keys go together, and each setting knows its variable."""
    monkeypatch.setenv("SUMMARIZER_LLM__MODEL", "b")
    monkeypatch.setenv("SUMMARIZER_LLM", '{"model": "a", "max_in_flight": 2}')
    settings = Settings.load()
    assert (settings.llm.model, settings.llm.max_in_flight) == ("b", 2)
    assert settings.origins == {"llm.model": "SUMMARIZER_LLM__MODEL", "llm.max_in_flight": "SUMMARIZER_LLM"}


def test_the_origin_of_a_setting_is_the_layer_that_won(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A key in file and environment comes from the environment; defaults have no origin."""
    file = tmp_path / "own.toml"
    file.write_text('[llm]\napi_key = "sk-file"\nmodel = "m"\n')
    assert Settings.load(file).key_origin == str(file)
    monkeypatch.setenv("OPENAI_API_KEY", "sk-openai")
    assert Settings.load(file).key_origin == "OPENAI_API_KEY"
    monkeypatch.setenv("SUMMARIZER_LLM__API_KEY", "sk-own")
    settings = Settings.load(file, {"llm": {"model": "flag"}})
    assert settings.origins == {"llm.api_key": "SUMMARIZER_LLM__API_KEY", "llm.model": "the command line"}
    assert settings.llm.api_key is not None
    assert settings.llm.api_key.get_secret_value() == "sk-own"
    assert Settings.load(None).model_copy().key_origin == "SUMMARIZER_LLM__API_KEY"


@pytest.mark.parametrize("text", ["es,ca", " es , ca,", '["es","ca"]'])
def test_a_list_in_the_environment_is_written_as_on_the_command_line(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Tags are separated by commas, or stand in JSON."""
    monkeypatch.setenv("SUMMARIZER_JOB__TO", text)
    assert Settings.load().job.to == ("es", "ca")


def test_a_tilde_is_the_home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`~` means the same in a file and in the environment; a home that nobody has is a mistake that is named."""
    monkeypatch.setenv("HOME", "/home-of-mine")
    file = tmp_path / "job.toml"
    file.write_text('[job]\ninput = "~/in"\n')
    monkeypatch.setenv("SUMMARIZER_JOB__OUTPUT", "~/out")
    job = Settings.load(file).job
    assert (job.input, job.output) == (Path("/home-of-mine/in"), Path("/home-of-mine/out"))
    monkeypatch.setenv("SUMMARIZER_JOB__OUTPUT", "~nobody-of-this-name/out")
    with pytest.raises(ConfigError, match=r"job\.output: .*~ \(in SUMMARIZER_JOB__OUTPUT\)"):
        Settings.load(file)


def test_the_glossary_folder_is_relative_to_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """House style lies beside the settings file that names it; without a setting there is none."""
    assert Settings.load().glossary.folder is None
    file = tmp_path / "own.toml"
    file.write_text('[glossary]\nfolder = "style"\n')
    assert Settings.load(file).glossary.folder == tmp_path / "style"
    monkeypatch.setenv("SUMMARIZER_GLOSSARY__FOLDER", "/elsewhere")
    assert Settings.load(file).glossary.folder == Path("/elsewhere")


def test_job_folders_are_relative_to_their_file(tmp_path: Path) -> None:
    """`input` and `output` mean folders beside the settings file, wherever the job is started."""
    file = tmp_path / "job.toml"
    file.write_text('[job]\ninput = "in"\noutput = "/elsewhere"\nto = ["es"]\n')
    job = Settings.load(file).job
    assert (job.input, job.output, job.to) == (tmp_path / "in", Path("/elsewhere"), ("es",))


def _keys(model: type[BaseModel], prefix: str = "") -> set[str]:
    keys: set[str] = set()
    for name, field in model.model_fields.items():
        kind: Any = field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            keys |= _keys(kind, f"{prefix}{name}.")
        else:
            keys.add(prefix + name)
    return keys


def test_default_file_is_the_reference() -> None:
    """Every setting stands in default.toml with a comment, unset ones as a comment, and nothing else does."""
    table, documented = "", set()
    for line in resource("config", "default.toml").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            table = line.strip("[]") + "."
        elif "=" in line.split("#")[0] or (line.startswith("# ") and " = " in line.partition("#")[2].partition("#")[0]):
            assert "#" in line.removeprefix("#"), f"no comment: {line}"
            documented.add(table + line.removeprefix("# ").split("=")[0].strip())
    assert documented == _keys(Settings)
