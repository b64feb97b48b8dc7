"""What the documents name exists: links, make targets, commands, modules, files, addresses and variables."""

import re
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.core.management import get_commands
from django.urls import Resolver404, resolve
from django.utils import translation

CHECKOUT = Path(__file__).resolve().parent.parent
ROOMS = ("", "idm", "sdg_targets", "partners", "reports", "tests")
DOCUMENTS = [
    path
    for path in (CHECKOUT / "README.md", CHECKOUT / "CONTRIBUTING.md", *sorted((CHECKOUT / "docs").glob("*.md")))
    if path.exists()
]
MAKEFILE = (CHECKOUT / "Makefile").read_text(encoding="utf-8")
EXAMPLE = (CHECKOUT / ".env.example").read_text(encoding="utf-8")
FENCE = re.compile(r"^```[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
#: Folders at the root of a machine, which are no addresses of ours; and nginx's own address.
ELSEWHERE = ("/dev/", "/srv/", "/tmp", "/usr/", "/etc/", "/files", "/nginx-healthz")
#: What is made at set-up, and is not there in a clean clone.
MADE = ("var", ".venv", ".env")


def code(text: str) -> list[str]:
    """What stands in a document as code: lines of blocks, fenced or indented, and what backticks enclose."""
    blocks = [line for block in FENCE.findall(text) for line in block.splitlines()]
    blocks += re.findall(r"^ {4}(\S.*)$", FENCE.sub("", text), re.MULTILINE)
    return blocks + re.findall(r"`([^`\n]+)`", FENCE.sub("", text))


def slug(heading: str) -> str:
    """The anchor of a heading, as forges write it."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


@pytest.fixture(params=DOCUMENTS, ids=lambda path: str(path.relative_to(CHECKOUT)))
def document(request: pytest.FixtureRequest) -> Path:
    return Path(request.param)


def test_every_link_leads_somewhere(document: Path) -> None:
    prose = FENCE.sub("", document.read_text(encoding="utf-8"))
    for target in re.findall(r"\]\(([^)\s]+)\)", prose) + re.findall(r"<img[^>]+src=\"([^\"]+)\"", prose):
        if re.match(r"[a-z]+:", target):
            assert target.startswith("https://"), target
            continue
        name, _, anchor = target.partition("#")
        file = document.parent / name if name else document
        assert file.exists(), target
        if anchor:
            headings = re.findall(r"^#+ (.+)$", file.read_text(encoding="utf-8"), re.MULTILINE)
            assert anchor in [slug(heading) for heading in headings], target


def test_every_make_target_exists(document: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):.*## ", MAKEFILE, re.MULTILINE))
    named = [
        word
        for piece in code(document.read_text(encoding="utf-8"))
        for word in re.findall(r"(?:^|[;&] *)(?:[A-Z_]+=\S+ )*make ([a-z-]+)", piece)
    ]

    assert set(named) <= targets


def test_every_management_command_and_module_exists(document: Path) -> None:
    pieces = code(document.read_text(encoding="utf-8"))
    commands = {word for piece in pieces for word in re.findall(r"manage\.py ([a-z_]+)", piece)}
    modules = {word for piece in pieces for word in re.findall(r"python3? -m ([a-z_.]+)", piece)}

    assert commands <= set(get_commands()) | {"help"}
    assert {module for module in modules if not find_spec(module)} == set()


def test_every_file_and_folder_exists(document: Path) -> None:
    looks_like_one = re.compile(
        r"[\w.-]+/[\w./-]*|[\w-]*\.(?:py|md|toml|yml|txt|json|css|js|conf|example)|Makefile|Dockerfile"
    )
    missing = [
        piece
        for piece in code(document.read_text(encoding="utf-8"))
        if looks_like_one.fullmatch(piece)
        and piece.split("/")[0] not in MADE
        and not any((CHECKOUT / room / piece).exists() for room in ROOMS)
        and not (document.parent / piece).exists()
    ]
    inside_var = (
        {"pg/", "media/", "uploads/", "backups/", "charts/", "generated/", "home/"}
        if document.name == "operations.md"
        else set()
    )

    assert set(missing) - inside_var == set()


def test_every_address_is_one(document: Path) -> None:
    pieces = code(document.read_text(encoding="utf-8"))
    prose = re.findall(r"http://localhost:8000(/\S*)", document.read_text(encoding="utf-8"))
    for piece in [*pieces, *prose]:
        address = piece.split("?")[0].rstrip(").,")
        if re.fullmatch(r"/[\w./-]*", address) and not address.startswith(ELSEWHERE) and "..." not in piece:
            assert answers(address), piece


def answers(address: str) -> bool:
    """Whether there is something at an address, in the language that it names."""
    with translation.override(translation.get_language_from_path(address) or "en"):
        try:
            return resolve(address).url_name != "api-nothing"
        except Resolver404:
            return False


def test_every_variable_of_the_operations_is_one() -> None:
    """A name in capitals, alone or with a value, is in .env.example, of the Makefile, or compose's own."""
    text = (CHECKOUT / "docs/operations.md").read_text(encoding="utf-8")
    named = {word for piece in code(text) for word in re.findall(r"(?:^|\s)([A-Z][A-Z_]{3,})(?==|$)", piece)}
    known = set(re.findall(r"^(?:# )?([A-Z_]+)=", EXAMPLE, re.MULTILINE)) | {"FILE", "ARGS"}

    assert named
    assert named <= known


def test_plain_make_says_a_sentence_for_each_target() -> None:
    phony = re.search(r"^\.PHONY: (.+)$", MAKEFILE, re.MULTILINE)
    sentences = dict(re.findall(r"^([a-z-]+):.*?## (.+)$", MAKEFILE, re.MULTILINE))

    assert phony
    assert set(phony[1].split()) == set(sentences)
    assert all(text[0].isupper() and text.endswith(".") for text in sentences.values())
