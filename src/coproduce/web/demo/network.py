"""What was said about a national network: thirty statements, in our own words."""

from coproduce.web.demo.words import Said

NETWORK = (
    # 1: more of how
    Said(
        1,
        "Show us how to do it: real examples from people who tried, with what went wrong left in.",
        "Show how it is done, with real examples and the mistakes too.",
        "Show us how people did it. Tell us the mistakes too.",
        (2.2, 1.9, 2.6),
    ),
    Said(
        1,
        "A guide is worth more when it is short enough to read on the bus to the meeting.",
        "Guides should be short enough to read on the way to a meeting.",
        "Guides should be short.",
        (0.2, 0.0, 2.4),
    ),
    Said(
        1,
        "The network should train and approve people before they may call themselves "
        "co-production facilitators.",
        "People should be trained and approved before they can call themselves facilitators.",
        "The network should train and check people who run meetings.",
        (-1.4, 1.3, -1.9),
    ),
    # 2: one message
    Said(
        2,
        "We need one message about what co-production changes that every part of the country "
        "can stand behind.",
        "We need one shared message about what co-production changes.",
        "We need one clear message about what gets better.",
        (-0.2, 2.5, -1.3),
    ),
    Said(
        2,
        "Each place should put into its own words why co-production matters, even if the "
        "messages then differ.",
        "Each place should say in its own words why this matters.",
        "Each place should use its own words.",
        (0.4, -1.5, 2.3),
    ),
    Said(
        2,
        "A shared list of outcomes must be written by people who use services before anybody "
        "else edits it.",
        "People who use services should write the list of outcomes first.",
        "People who use services should write the list first.",
        (2.6, 0.3, -0.7),
    ),
    # 3: tools against barriers
    Said(
        3,
        "The biggest barrier is that people are asked when everything has been decided already.",
        "The biggest problem is being asked too late.",
        "People ask us too late.",
        (2.4, 1.4, 1.7),
    ),
    Said(
        3,
        "Paying people for their time should be a rule of the network and not a kindness.",
        "Paying people for their time should be a rule.",
        "People should always be paid for their time.",
        (2.7, 0.2, -0.6),
    ),
    Said(
        3,
        "Rules about benefits make it too risky for many people to accept payment; the network "
        "should push for a change.",
        "Benefit rules make payment risky. The network should push to change them.",
        "Being paid can cost people their benefits. This must change.",
        (2.3, 1.5, 1.6),
    ),
    # 4: the right involvement
    Said(
        4,
        "Not everybody has to be in the room for every decision, as long as it is clear who was "
        "and why.",
        "Not everyone needs to be there each time, if it is clear who was there and why.",
        "Not everybody has to come each time. Say who came, and why.",
        (-0.3, 2.0, 2.1),
    ),
    Said(
        4,
        "Places at the table should be drawn by lot among those who want one.",
        "Draw names to decide who gets a place.",
        "Pick names from a hat to choose who comes.",
        (1.3, -0.7, -1.3),
    ),
    Said(
        4,
        "If a project cannot change anything any more, it should say so and not call itself "
        "co-production.",
        "If nothing can change any more, do not call it co-production.",
        "If nothing can change, tell us. Do not call it co-production.",
        (2.5, 1.7, 1.9),
    ),
    # 5: data and change
    Said(
        5,
        "Without numbers that show change, nobody who holds a budget will listen.",
        "People with budgets only listen to numbers.",
        "We need numbers so that people with money listen.",
        (-1.1, 2.5, -0.4),
    ),
    Said(
        5,
        "One honest story tells me more than a page of figures.",
        "A true story says more than many numbers.",
        "A true story is better than lots of numbers.",
        (2.1, -1.5, 0.3),
    ),
    Said(
        5,
        "Every survey we hand out should say who sees the answers and what will be done with them.",
        "Every survey should say who sees the answers and what happens next.",
        "Every survey must say who will read it.",
        (2.4, 2.3, 2.0),
    ),
    # 6: just start talking
    Said(
        6,
        "Begin with tea and a conversation; the forms can wait.",
        "Start by talking. Forms can come later.",
        "Talk first. Fill in forms later.",
        (0.9, -0.2, 2.5),
    ),
    Said(
        6,
        "Somebody without e-mail, a smartphone or much time should be able to have a say in a "
        "minute.",
        "People without e-mail or a smartphone should be able to have a say quickly.",
        "Everybody can have a say, even without a phone or e-mail.",
        (2.5, 1.8, 2.0),
    ),
    Said(
        6,
        "Meetings held mostly online would let more of us take part.",
        "More online meetings would let more people join.",
        "More people could join if we meet online.",
        (0.4, 1.2, -1.4),
    ),
    # 7: leadership
    Said(
        7,
        "Someone who draws on lived experience should chair the network, always.",
        "The chair should always be a person with lived experience.",
        "The leader should always be someone who has lived it.",
        (2.5, -1.2, -1.3),
    ),
    Said(
        7,
        "Good leaders help participation: we should support them instead of pretending that we "
        "have none.",
        "Good leaders help. We should support them.",
        "Good leaders help people join in.",
        (-0.5, 2.0, 1.3),
    ),
    Said(
        7,
        "Senior managers should spend a day each year doing what they ask of the people they "
        "involve.",
        "Senior managers should do for a day what they ask of others.",
        "Managers should try what they ask us to do.",
        (2.0, 0.4, 0.2),
    ),
    # 8: places
    Said(
        8,
        "The network should stay a loose web of local groups, with as small a centre as we can "
        "manage.",
        "The network should be local groups with a very small centre.",
        "Keep the network local. Keep the centre small.",
        (-0.9, -1.5, 2.6),
    ),
    Said(
        8,
        "A national team with its own staff is needed, or this will fade like the attempts "
        "before it.",
        "The network needs its own paid team, or it will fade.",
        "The network needs paid staff or it will stop.",
        (-0.2, 2.3, -2.0),
    ),
    Said(
        8,
        "When a place has solved something, the others should hear of it within weeks and not "
        "at the next conference.",
        "When a place finds an answer, others should hear soon.",
        "When one place finds an answer, tell the others soon.",
        (1.8, 2.1, 2.6),
    ),
    Said(
        8,
        "London hears about everything first; the network should meet everywhere else before it "
        "meets there.",
        "The network should meet in other places before London.",
        "Meet in other places before London.",
        (0.1, -0.8, 2.0),
    ),
    # 9: evaluation for different audiences
    Said(
        9,
        "A report that hides what did not work is not worth printing.",
        "Reports must say what did not work.",
        "Reports must tell us what went wrong.",
        (2.1, 1.6, 2.0),
    ),
    Said(
        9,
        "Whoever gave an answer should hear what came of it before anybody else does.",
        "People who answered should be the first to hear the results.",
        "Tell the people who answered first.",
        (2.5, 1.3, 1.8),
    ),
    Said(
        9,
        "Commissioners need their own short version, in terms of cost and benefit.",
        "People who pay for services need a short report on costs and benefits.",
        "People who pay need a short report about money.",
        (-1.2, 2.4, -0.2),
    ),
    # what nobody wants, so that the map has a floor
    Said(
        4,
        "One person with lived experience on the board is enough for a service to call itself "
        "co-produced.",
        "One person with lived experience on a board is enough.",
        "One person on the board is enough.",
        (-2.6, -1.7, -2.1),
    ),
    Said(
        9,
        "We should rank the local networks against each other and publish the table.",
        "Local networks should be put in a league table.",
        "Put the local groups in order, best to worst.",
        (-2.2, -1.3, -2.4),
    ),
)
