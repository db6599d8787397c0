"""Where the demo takes place: real places of England; what they say of themselves is invented.

Codes are those of the Office for National Statistics on the day of the story (2019; Sheffield's
area has had a newer one since 2025). Populations: Census 2021, England and Wales, usual residents,
rounded to the hundred as the first results were; left out where we were not sure. Centres are near
the middle of a county and in the middle of a city, good for a small map and for nothing else.
"""

from dataclasses import dataclass

INVENTED = "Invented for this demo: "


@dataclass(frozen=True)
class DemoPlace:
    """A place, the one around it, and what its page says."""

    name: str
    within: str = ""
    area_code: str = ""
    latitude: float | None = None
    longitude: float | None = None
    population: int | None = None
    about: str = ""
    offers: str = ""
    needs: str = ""

    def facts(self) -> dict[str, object]:
        """What is kept beside its name and where it lies."""
        told = f"{INVENTED}{self.about}" if self.about else ""
        return {
            "area_code": self.area_code,
            "latitude": self.latitude,
            "longitude": self.longitude,
            "population": self.population,
            "about": told,
            "offers": self.offers,
            "needs": self.needs,
        }


PLACES = (
    DemoPlace("England", "", "E92000001", population=56_489_800),
    DemoPlace("North East", "England", "E12000001"),
    DemoPlace("North West", "England", "E12000002"),
    DemoPlace("Yorkshire and The Humber", "England", "E12000003"),
    DemoPlace("West Midlands", "England", "E12000005"),
    DemoPlace("East of England", "England", "E12000006"),
    DemoPlace("South East", "England", "E12000008"),
    DemoPlace("South West", "England", "E12000009"),
    DemoPlace(
        "London",
        "England",
        "E12000007",
        51.51,
        -0.12,
        8_799_800,
        about="we are eleven small groups who share a mailing list and a kettle.",
        offers="A room near a station with step-free access",
        needs="People who have run a meeting half in a hall and half online",
    ),
    DemoPlace("Greater Manchester", "North West", "E11000001"),
    DemoPlace(
        "Manchester",
        "Greater Manchester",
        "E08000003",
        53.48,
        -2.24,
        552_000,
        about="we met in a library in March, and have met every month since. Half of us draw on "
        "lived experience.",
        offers="A way to pay fares on the day, in cash\nTwo people who help others hold their "
        "first gathering",
        needs="Somebody who can make a report easy to read\nA quiet room on Thursdays",
    ),
    DemoPlace("South Yorkshire", "Yorkshire and The Humber", "E11000003"),
    DemoPlace(
        "Sheffield",
        "South Yorkshire",
        "E08000019",
        53.38,
        -1.47,
        556_500,
        about="carers and care workers who began with a shared lunch.",
        offers="Cards that explain how we planned a budget together",
        needs="A place that has done this with young people",
    ),
    DemoPlace(
        "Leeds",
        "Yorkshire and The Humber",
        "E08000035",
        53.80,
        -1.55,
        812_000,
        about="a network of neighbourhood groups.",
        offers="Training for people who take notes",
    ),
    DemoPlace(
        "Oxfordshire",
        "South East",
        "E10000025",
        51.77,
        -1.28,
        725_300,
        about="people from villages and towns, so most of what we do works by telephone too.",
        offers="How we take part by telephone\nA list of questions to ask before you begin",
        needs="Lifts to evening meetings",
    ),
    DemoPlace("Birmingham", "West Midlands", "E08000025", 52.48, -1.90, 1_144_900),
    DemoPlace("Bristol", "South West", "E06000023", 51.45, -2.59, 472_400),
    DemoPlace("Cornwall", "South West", "E06000052", 50.40, -4.90, 570_300),
    DemoPlace("Newcastle upon Tyne", "North East", "E08000021", 54.98, -1.61, 300_200),
    DemoPlace("Norfolk", "East of England", "E10000020", 52.65, 1.00),
)
