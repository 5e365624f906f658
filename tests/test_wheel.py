"""The built wheel, outside the checkout: it carries its data and does the main job."""

from __future__ import annotations

import json
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT

TEXT = (
    "El puerto de Santa Marina ampliará sus muelles en 2027. La obra costará 120 millones de euros, según la autoridad."
)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built without fetching anything."""
    folder = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "build", "--no-isolation", "--wheel", "--outdir", str(folder), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True, timeout=300)
    (built,) = folder.glob("*.whl")
    return built


def test_wheel_carries_its_data(wheel: Path) -> None:
    """Settings, languages, prompts and the vocabulary with its licence are inside; tests and seeds are not."""
    names = set(zipfile.ZipFile(wheel).namelist())
    for name in (
        "config/default.toml",
        "config/languages/es.toml",
        "config/vocabulary/o200k_base.tiktoken",
        "prompts/README.md",
        "prompts/lock.toml",
        "prompts/summarize/v1.md",
    ):
        assert f"summarizer/_data/{name}" in names
    assert "summarizer/py.typed" in names
    assert {f"summarizer/publish/site/templates/{name}" for name in ("article.html", "style.css")} <= names
    assert any(name.endswith("LICENSE.tiktoken") for name in names)
    assert not [name for name in names if name.split("/")[0] in {"tests", "seeds", "benchmarks"}]


def test_installed_wheel_does_the_main_job(wheel: Path, tmp_path: Path) -> None:
    """Installed into an environment of its own and run from another folder, the command writes a summary."""
    environment = tmp_path / "venv"
    subprocess.run([sys.executable, "-m", "venv", environment], check=True, capture_output=True, timeout=300)
    python = environment / "bin" / "python"
    install = [str(python), "-m", "pip", "install", "--no-deps", "--no-index", "--quiet", str(wheel)]
    subprocess.run(install, check=True, capture_output=True, timeout=300)
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    # The path alone: .pth files below it are not read, so the checkout stays out of sight.
    (environment / "lib" / version / "site-packages" / "dependencies.pth").write_text(sysconfig.get_path("purelib"))
    (tmp_path / "puerto.txt").write_text(TEXT, encoding="utf-8")
    run = [
        str(environment / "bin" / "summarizer"),
        "summarize",
        "puerto.txt",
        "--format",
        "json",
        "--engine",
        "offline",
    ]
    result = subprocess.run(run, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    data = json.loads(result.stdout)
    assert data["language"] == "es"
    assert data["bullets"][0]["evidence"][0]["text"] in TEXT
    program = str(environment / "bin" / "summarizer")
    subprocess.run([program, "job", "init", "desk"], cwd=tmp_path, check=True, capture_output=True, timeout=120)
    job = subprocess.run(
        [program, "job", "run", "--engine", "offline"],
        cwd=tmp_path / "desk",
        check=True,
        capture_output=True,
        timeout=120,
    )
    assert job.stdout.startswith(b"2 ok ")
    where = subprocess.run(
        [python, "-c", "import summarizer; print(summarizer.__file__)"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        text=True,
    )
    assert where.stdout.startswith(str(environment))
