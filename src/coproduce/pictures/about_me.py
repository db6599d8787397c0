"""What this room holds about somebody: the pictures they are in, and those they brought."""

from coproduce.people.everything import Change, Chapter, Keeper, ToSee
from coproduce.people.models import Person
from coproduce.pictures import first_eyes
from coproduce.pictures.actions.forgetting import take_person_out
from coproduce.pictures.models import Kind, Picture, Shown
from coproduce.pictures.shown import shown_of

SMALL = "width-400|format-webp"


def tell(person: Person) -> list[Chapter]:
    brought = Picture.objects.kept().filter(brought_by=person)
    return [
        Chapter(
            "Pictures you are in",
            ("What", "What it shows", "Everybody may see it"),
            tuple(
                (each.get_kind_display(), each.description, each.shown_at is not None)
                for each in _with(person)
            ),
            (Shown,),
        ),
        Chapter(
            "Pictures you brought in",
            ("What", "What it shows", "On"),
            tuple((each.get_kind_display(), each.description, each.brought_at) for each in brought),
            (Picture,),
        ),
    ]


def to_see(person: Person) -> list[ToSee]:
    """The pictures that show them, as they can be looked at."""
    return [
        ToSee(
            each.item,
            each.description or "A picture you are in",
            each.caption,
            _file(each, first_eyes.key_for(person, each)),
        )
        for each in _with(person)
    ]


def would_change(person: Person) -> list[Change]:
    """Each picture that leaves its page, and whose old address then says that it is gone."""
    return [
        Change(
            shown.picture.description,
            f"This {shown.picture.get_kind_display()} leaves every page; its address says that it "
            "is gone",
        )
        for shown in shown_of(_with(person))
    ]


def let_go(person: Person) -> None:
    """Pictures of them alone are deleted, those with others are taken off."""
    take_person_out(person)


def name_of(thing: str) -> str:
    """What the ledger's name of one picture means."""
    kind, _, opaque = thing.partition(":")
    picture = Picture.objects.filter(pk=opaque).first() if kind == "picture" else None
    return f"A {picture.get_kind_display()}: {picture.description}" if picture else ""


def _with(person: Person) -> list[Picture]:
    return list(Picture.objects.kept().filter(shown__person=person).with_files())


def _file(picture: Picture, key: str) -> str:
    if picture.kind != Kind.PHOTO:
        return ""
    return f"{picture.photo.get_rendition(SMALL).url}?see={key}"


KEEPER = Keeper(tell=tell, to_see=to_see, would_change=would_change, let_go=let_go, name_of=name_of)
