"""The pages a new site begins with; from then on they belong to whoever edits them."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from wagtail.models import Locale, Page, Site

from coproduce.web.models import ContentPage


@dataclass(frozen=True)
class FirstPage:
    """One page as the site starts with it: headings and the paragraphs below each."""

    slug: str
    title: str
    lead: str
    parts: tuple[tuple[str, tuple[str, ...]], ...]

    def body(self) -> list[tuple[str, str]]:
        blocks: list[tuple[str, str]] = []
        for heading, paragraphs in self.parts:
            blocks.append(("heading", heading))
            blocks += [("paragraph", f"<p>{words}</p>") for words in paragraphs]
        return blocks


KEPT = FirstPage(
    slug="how-your-answers-are-kept",
    title="How your answers are kept",
    lead="Nobody can see how you in particular answered, not even us after a question closes.",
    parts=(
        (
            "While a question is open",
            (
                "We keep what was answered under a made-up number, without your name, your "
                "address or the time. The number is worked out from a secret key that belongs "
                "to this question alone, and from what tells us that it is you again: your "
                "sign-in, your paper code, or a random number in your browser.",
                "That is how you can change an answer or take all of them back, and how each "
                "of you counts once. Whoever runs the machine holds the key during this time, "
                "and promises not to look; after it closes nobody has to trust that promise.",
            ),
        ),
        (
            "When it closes",
            (
                "The key is destroyed. From then on nobody can find your answers among the "
                "others: not we, not anybody who takes the machine, and not you. So they can no "
                "longer be changed or taken back either.",
                "The answers are also shuffled and get fresh random numbers, so that they "
                "match no older copy.",
            ),
        ),
        (
            "What others see",
            (
                "Only results about many people at once, in round words such as “about 6 in "
                "10”. Nothing is shown about fewer than 10 people.",
                "Rows of single answers leave this site only when two people of a place who "
                "may do so agree on a reason, and then with new random numbers and no times. "
                "We say so plainly: somebody who knows five of your answers may still "
                "recognise your row, in about one case in five.",
            ),
        ),
        (
            "One each, and what that means",
            (
                "An answer counts once for each sign-in, paper code or browser. We cannot see "
                "whether one person used two phones, and each result of an open question says "
                "so.",
                "A statement you add is read by a person before or after others see it, as the "
                "question says. Your name stands beside it only if you are signed in and ask "
                "for that.",
            ),
        ),
        (
            "What we keep about you",
            (
                "If you sign in: your email address, and what you do for the network, such as "
                "looking after a question. No password. If you do not: a random number in a "
                "cookie of this site, and no other cookie than those that keep forms safe.",
                "Nothing on these pages is loaded from anywhere else, and nobody else counts "
                "your visits.",
            ),
        ),
    ),
)

ACCESSIBILITY = FirstPage(
    slug="accessibility",
    title="Accessibility",
    lead="Everybody should be able to take part: with a keyboard, a screen reader, large letters, "
    "an old phone, or on paper.",
    parts=(
        (
            "What we do",
            (
                "We aim for the Web Content Accessibility Guidelines 2.2, level AA. Every page "
                "works without JavaScript, with the keyboard alone, in light and dark and high "
                "contrast, and on a narrow phone without scrolling sideways.",
                "Every picture of results stands beside a table and a sentence that say the "
                "same. Nothing depends on colour alone. Nobody has to remember a password or "
                "solve a puzzle.",
                "Who would rather not use a screen can answer on paper, or ask somebody in the "
                "room to type for them.",
            ),
        ),
        (
            "What we know, and what we do not",
            (
                "Programs check our pages for mistakes each time we change something. They find "
                "some kinds of mistakes and miss many: whether words are clear, whether an "
                "order makes sense, whether it is tiring.",
                "Only disabled people can tell us that. Tests with disabled people are still "
                "owed: they have not taken place yet. When they have, what was found and what "
                "we changed will stand here.",
                "The part where editors write pages like this one is made by others (it is "
                "called Wagtail) and does not meet everything we promise for our own pages.",
            ),
        ),
        (
            "Tell us what stands in your way",
            (
                "Tell the person who invited you, or whoever looks after your place, what you "
                "wanted to do and what got in the way. They can also take your answers in "
                "another form.",
            ),
        ),
    ),
)

ABOUT = FirstPage(
    slug="about",
    title="About",
    lead="People who use public services and people who run them, working as equals.",
    parts=(
        (
            "What this is",
            (
                "A place where people of a network answer an open question together, see who "
                "thinks alike, what all of them agree on and what divides them, and how sure "
                "one can be of it.",
                "Co-production means an equal partnership, with shared power, from start to end.",
            ),
        ),
        (
            "What it is not",
            (
                "It is not an official site, and nobody is scored or ranked here: no person, "
                "no leader and no place.",
            ),
        ),
        (
            "How it is made",
            (
                "Every number that is published here says how we know it: the method, how many "
                "people, and what was left out. The software is open: everybody may use, read "
                "and change it.",
            ),
        ),
    ),
)

FIRST_PAGES = (KEPT, ACCESSIBILITY, ABOUT)


@transaction.atomic
def write_first_pages() -> list[str]:
    """Write the pages that are not there yet; what was changed or moved since is left alone.

    Gives the titles of the pages written this time.
    """
    root = root_page()
    missing = [first for first in FIRST_PAGES if not was_written(root, first)]
    for first in missing:
        page = ContentPage(title=first.title, slug=first.slug, lead=first.lead, body=first.body())
        root.add_child(instance=page)
        page.save_revision().publish()
    return [first.title for first in missing]


def was_written(root: Page, first: FirstPage) -> bool:
    return bool(root.get_children().filter(slug=first.slug).exists())


def root_page() -> Page:
    """The page of the site that all others hang below; made on a database that has none."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None:
        site = Site(is_default_site=True, root_page=new_root())
    address = urlsplit(settings.BASE_URL)
    site.hostname = address.hostname or "localhost"
    site.port = address.port or (443 if settings.IS_HTTPS else 80)
    site.site_name = settings.WAGTAIL_SITE_NAME
    site.save()
    return site.root_page


def new_root() -> Page:
    Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)
    top = Page.get_first_root_node() or Page.add_root(title="Root", slug="root")
    return top.add_child(instance=Page(title="Front page", slug="front-page"))
