"""Photos at the door: drawn afresh, nothing hidden survives, and whatever is none is refused."""

from io import BytesIO

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image, PngImagePlugin
from wagtail.images import get_image_model
from wagtail.models import Collection

from coproduce.pictures import drawing
from tests import cast
from tests.web.test_middleware import AGAIN, shown_by_the_app, with_an_app

GPS = 0x8825
MADE_BY, ORIENTATION = 0x013B, 0x0112
SECRET = "Amina Example, 12 Example Street"


def a_photograph(kind: str = "JPEG", size: tuple[int, int] = (60, 40)) -> SimpleUploadedFile:
    """A picture as a phone makes it: with a place, a name and a comment inside."""
    exif = Image.Exif()
    exif[MADE_BY] = SECRET
    exif[ORIENTATION] = 6  # held upright: to be turned a quarter
    exif.get_ifd(GPS)[1] = "N"
    extra: dict[str, object] = {"exif": exif}
    if kind == "PNG":
        text = PngImagePlugin.PngInfo()
        text.add_text("Author", SECRET)
        extra["pnginfo"] = text
    if kind == "JPEG":
        extra["comment"] = SECRET.encode()
    file = BytesIO()
    Image.new("RGB", size, "teal").save(file, kind, **extra)
    name = f"holiday.{'jpg' if kind == 'JPEG' else kind.lower()}"
    return SimpleUploadedFile(name, file.getvalue(), f"image/{kind.lower()}")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "GIF"])
def test_it_draws_a_picture_afresh_without_what_the_camera_wrote(kind: str) -> None:
    upload = a_photograph(kind)
    if kind != "GIF":
        assert SECRET.encode() in upload.read(), "the picture before should carry the secret"
    fresh = drawing.redraw(upload)
    content = fresh.read()
    assert SECRET.encode() not in content
    assert b"Exif" not in content
    with Image.open(BytesIO(content)) as picture:
        assert not picture.getexif()


def test_it_turns_a_picture_the_right_way_up_before_it_forgets_how_it_was_held() -> None:
    with Image.open(drawing.redraw(a_photograph(size=(60, 40)))) as picture:
        assert picture.size == (40, 60)


def test_it_keeps_no_more_pixels_than_a_page_can_show() -> None:
    with Image.open(drawing.redraw(a_photograph("PNG", (5000, 100)))) as picture:
        assert max(picture.size) == drawing.LONGEST_SIDE


@pytest.fixture
def ada(client: Client, db: None) -> Client:
    """The admin, inside, with both steps done."""
    cache.clear()
    ada = cast.admin()
    secret = with_an_app(ada)
    cast.log_in(client, ada)
    client.post(AGAIN, {"code": shown_by_the_app(secret), "next": "/admin/"})
    return client


def upload(client: Client, file: SimpleUploadedFile, **told: object) -> str:
    """What the page says after a picture was given to the admin's form."""
    if not Collection.objects.exists():
        Collection.add_root(name="Root")
    fields = {"title": "A day out", "file": file, "collection": Collection.objects.first().pk}
    fields |= told
    answer = client.post(reverse("wagtailimages:add"), fields)
    return str(answer.content.decode())


def test_it_keeps_an_upload_only_as_drawn_afresh(ada: Client) -> None:
    upload(ada, a_photograph())
    kept = get_image_model().objects.get()
    assert SECRET.encode() not in kept.file.read()
    assert (kept.width, kept.height) == (40, 60)
    rendition = kept.get_rendition("width-30")
    assert SECRET.encode() not in rendition.file.read()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("drawing.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'),
        ("drawing.png", b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'),
        ("photo.heic", b"\x00\x00\x00\x18ftypheic"),
        ("photo.jpg", b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"),
        ("photo.png", b"GIF89a"),
        ("photo.jpg", b"this is no picture"),
        ("photo.jpg", b"\xff\xd8\xff\xe0" + b"cut off"),
    ],
)
def test_it_refuses_what_is_not_a_picture_it_can_draw(
    ada: Client, name: str, content: bytes
) -> None:
    page = upload(ada, SimpleUploadedFile(name, content))
    assert "error" in page
    assert not get_image_model().objects.exists()


def test_it_refuses_a_picture_with_too_many_pixels_before_it_unpacks_them(ada: Client) -> None:
    file = BytesIO()
    Image.new("1", (7000, 7000)).save(file, "PNG")  # a few kilobytes, 49 million pixels
    upload(ada, SimpleUploadedFile("big.png", file.getvalue(), "image/png"))
    assert not get_image_model().objects.exists()


def test_it_keeps_a_picture_and_nothing_that_was_hung_on_behind_it(ada: Client) -> None:
    hidden = b"PK\x03\x04" + SECRET.encode() + b"<script>1</script>"
    upload(ada, SimpleUploadedFile("holiday.jpg", a_photograph().read() + hidden, "image/jpeg"))
    kept = get_image_model().objects.get().file.read()
    assert SECRET.encode() not in kept
    assert b"<script>" not in kept


def test_a_files_name_tells_nothing(ada: Client) -> None:
    upload(ada, SimpleUploadedFile("Amina Example at home.jpg", a_photograph().read()))
    assert "Amina" not in get_image_model().objects.get().file.name


def test_the_admin_cannot_bring_in_a_picture_that_is_shown_without_more(ada: Client) -> None:
    upload(ada, a_photograph())
    shown = get_image_model().objects.get().get_rendition("width-30")
    assert Client().get(shown.url).status_code == 404
    assert ada.get(shown.url).status_code == 200


TOLD = {
    "description": "A room with four chairs.",
    "credit": "Ada",
    "licence": "CC-BY-4.0",
    "nobody": "on",
}


@pytest.mark.parametrize("missing", TOLD)
def test_a_picture_of_the_site_is_shown_once_all_is_told(ada: Client, missing: str) -> None:
    upload(ada, a_photograph(), **{name: said for name, said in TOLD.items() if name != missing})
    shown = get_image_model().objects.get().get_rendition("width-30")
    assert Client().get(shown.url).status_code == 404


def test_it_serves_a_picture_as_a_page_shows_it_and_never_what_was_uploaded(ada: Client) -> None:
    upload(ada, a_photograph(), **TOLD)
    kept = get_image_model().objects.get()
    shown = kept.get_rendition("width-30")
    stranger = Client()
    assert stranger.get(shown.url).status_code == 200
    assert stranger.get(kept.file.url).status_code == 404
    assert stranger.get("/media/images/nothing.jpg").status_code == 404
    assert stranger.get("/media/images/..%2f..%2fsecret_key").status_code == 404
