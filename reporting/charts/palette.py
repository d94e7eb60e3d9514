"""The colours and patterns of charts, the same on page and paper. Each colour means one thing (docs: README, design)."""

from dataclasses import dataclass

INK = "#14212b"
MUTED = "#55626c"
GRID = "#dfe4e6"
AXIS = "#8b969d"
PAPER = "#ffffff"

OWN = "#0f6b5c"
BAND = "#dcebe7"
BEFORE = "#f3f4f5"
TARGET = "#b4573f"
SIGNAL = "#8a2b1c"
PEERS = "#2f5d8a"
COUNTRY = "#6a757d"

FONT_FAMILY = "Inter"


@dataclass(frozen=True)
class Fill:
    """How one category is filled: colour, outline, and a pattern (matplotlib hatch) that tells it from its neighbours."""

    face: str
    edge: str
    text: str
    hatch: str = ""


# Neighbours differ in pattern and lightness, so that they are told apart in grey too; each outline has 3:1 against white.
SHARES: tuple[Fill, ...] = (
    Fill(face=OWN, edge=OWN, text=PAPER),
    Fill(face="#d5e8e2", edge="#0f6b5c", text=INK, hatch="/////"),
    Fill(face=PEERS, edge=PEERS, text=PAPER),
    Fill(face="#f6ebcf", edge="#8f6c1c", text=INK, hatch="..."),
    Fill(face="#e7eaec", edge="#6a757d", text=INK),
)
