"""The address of a page as a QR code. Alone knows segno."""

from __future__ import annotations

from io import BytesIO


def qr_svg(address: str) -> str:
    """The code as an SVG picture, without its quiet zone: level M of error correction, which
    survives a photocopy. It is drawn in black, in units of one module.
    """
    import segno

    picture = BytesIO()
    segno.make(address, error="m", micro=False, boost_error=False).save(
        picture, kind="svg", border=0, xmldecl=False, svgns=True
    )
    return picture.getvalue().decode()
