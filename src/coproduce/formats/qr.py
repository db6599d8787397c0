"""A QR code that stands in the page itself: nothing is loaded to show it."""

import segno


def qr_code(address: str) -> str:
    """A QR code as a picture (a data address with an SVG)."""
    code = segno.make(address, error="m", micro=False)
    picture: str = code.svg_data_uri(border=2, dark="#000", light="#fff", omitsize=True)
    return picture
