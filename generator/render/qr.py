"""The address of a page as a QR code. Alone knows segno."""

from __future__ import annotations

from io import BytesIO
from typing import Any


def qr_svg(address: str) -> str:
    """The code as an SVG picture, without its quiet zone: level M of error correction, which
    survives a photocopy. It is drawn in black, in units of one module.
    """
    import segno

    picture = BytesIO()
    code = segno.make(address, error="m", micro=False, boost_error=False)
    plain: dict[str, Any] = {"xmldecl": False, "svgclass": None, "lineclass": None}
    code.save(picture, kind="svg", border=0, omitsize=True, **plain)
    return picture.getvalue().decode()
