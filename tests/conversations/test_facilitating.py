"""What a facilitator can do with a conversation, and what is not possible any more."""

import pytest
from django.db import DataError, IntegrityError, transaction

from coproduce.conversations.actions.facilitating import (
    Hands,
    NotPossible,
    add_statements,
    close,
    edit,
    give_out_slips,
    hide,
    let_room_see,
    make,
    merge,
    open_,
    publish,
    record_hands,
    reword,
    show,
    show_step,
    write_down,
)
from coproduce.conversations.models import (
    Choice,
    Conversation,
    Phase,
    RoomStep,
    Showing,
    ShowOfHands,
    Statement,
    Vote,
)
from coproduce.conversations.pseudonyms import by_code, pseudonym_of, slip_codes
from coproduce.trust.keys import KeyIsGone, destroy_key, has_key, read_key
from coproduce.trust.models import LogEntry
from tests import cast

pytestmark = pytest.mark.django_db


def deeds(conversation: Conversation) -> list[str]:
    entries = LogEntry.objects.filter(thing=conversation.thing)
    return list(entries.values_list("deed", flat=True))


def vote(statement: Statement, pseudonym: int, choice: Choice) -> None:
    Vote.objects.create(statement=statement, pseudonym=pseudonym, choice=choice)


def choices(statement: Statement) -> dict[int, int]:
    return dict(statement.votes.values_list("pseudonym", "choice"))


def test_it_makes_a_draft_with_numbered_seed_statements():
    femi = cast.facilitator()

    talk = make(cast.QUESTION, cast.SEEDS, cast.manchester(), femi, welcome="Hello.\n\n\nGood day.")

    assert talk.phase == Phase.DRAFT
    assert talk.slug == "what-should-a-national-network-do-for-the-place-where-you-li"
    assert talk.welcome == "Hello.\n\nGood day."
    assert [(s.number, s.words, s.state) for s in talk.statements.all()] == [
        (n, words, "shown") for n, words in enumerate(cast.SEEDS, start=1)
    ]
    assert deeds(talk) == ["make"]
    assert LogEntry.objects.get().actor == femi.id


def test_it_gives_two_conversations_with_one_question_an_address_each():
    first, second, third = (
        make("New?", cast.SEEDS, cast.manchester(), None),
        make("New?", cast.SEEDS, cast.manchester(), None),
        make("???", cast.SEEDS, cast.manchester(), None),
    )

    assert (first.slug, second.slug, third.slug) == ("new-2", "new-3", "talk")


def test_it_keeps_words_and_drops_markup():
    talk = make("Tea & <b>cake</b>?", ["5 < 6 <script>x</script>"], cast.manchester(), None)

    assert talk.question == "Tea & cake?"
    assert talk.statements.get().words == "5 < 6"


def test_it_edits_the_question_only_while_nobody_has_seen_it():
    talk = cast.a_draft()
    edit(talk, None, question="How?", welcome="Come in.")
    open_(talk, None)

    with pytest.raises(NotPossible, match="People have seen its question already"):
        edit(talk, None, question="Why?", welcome="")

    talk.refresh_from_db()
    assert (talk.question, talk.welcome) == ("How?", "Come in.")


def test_it_opens_with_a_key_and_closes_without_one(django_capture_on_commit_callbacks):
    talk = cast.a_draft()

    open_(talk, cast.facilitator())
    assert talk.is_open
    assert read_key(talk.id)

    with django_capture_on_commit_callbacks(execute=True):
        close(talk, cast.facilitator())

    assert talk.phase == Phase.CLOSED
    assert talk.closed_at
    with pytest.raises(KeyIsGone):
        read_key(talk.id)
    assert deeds(talk) == ["open", "close"]


def test_it_keeps_the_key_when_the_close_is_rolled_back(django_capture_on_commit_callbacks):
    talk = cast.an_open_conversation()

    def close_and_fail() -> None:
        with transaction.atomic():
            close(talk, None)
            raise RuntimeError("power cut")

    with (
        django_capture_on_commit_callbacks(execute=True) as callbacks,
        pytest.raises(RuntimeError, match="power cut"),
    ):
        close_and_fail()

    assert callbacks == []
    talk.refresh_from_db()
    assert talk.is_open
    assert has_key(talk.id)


def test_it_queues_the_finish_together_with_the_close(django_capture_on_commit_callbacks):
    from django_tasks_db.models import DBTaskResult

    talk = cast.an_open_conversation()

    with django_capture_on_commit_callbacks(execute=True):
        close(talk, None)

    queued = DBTaskResult.objects.filter(task_path__endswith="tasks.finish")
    assert [task.args_kwargs["args"] for task in queued] == [[str(talk.id)]]


@pytest.mark.parametrize("phase", [Phase.OPEN, Phase.CLOSED, Phase.PUBLISHED])
def test_it_opens_nothing_that_was_open_before(phase):
    talk = cast.a_draft(phase=phase)

    with pytest.raises(NotPossible, match="so it cannot become open now"):
        open_(talk, None)

    assert deeds(talk) == []
    assert not has_key(talk.id)


@pytest.mark.parametrize("phase", [Phase.DRAFT, Phase.CLOSED, Phase.PUBLISHED])
def test_it_closes_only_what_is_open(phase):
    talk = cast.a_draft(phase=phase)

    with pytest.raises(NotPossible, match="so it cannot become closed now"):
        close(talk, None)


@pytest.mark.parametrize("phase", [Phase.DRAFT, Phase.OPEN, Phase.PUBLISHED])
def test_it_publishes_only_what_is_closed(phase):
    talk = cast.a_draft(phase=phase)

    with pytest.raises(NotPossible, match="so it cannot become published now"):
        publish(talk, None)


def test_it_does_not_publish_before_the_figures_are_ready():
    talk = cast.a_draft(phase=Phase.CLOSED)

    with pytest.raises(NotPossible, match="still being worked out"):
        publish(talk, None)


def test_it_reads_the_phase_afresh_and_not_from_a_page_left_open():
    talk = cast.an_open_conversation()
    left_open = Conversation.objects.get(pk=talk.pk)
    close(talk, None)

    with pytest.raises(NotPossible, match="is closed"):
        close(left_open, None)


def test_it_does_not_open_a_conversation_with_nothing_to_answer():
    with pytest.raises(NotPossible, match="no statement to answer"):
        open_(cast.a_draft(statements=()), None)


def test_it_voids_the_slips_of_a_restored_draft_whose_key_is_gone():
    talk = cast.a_draft()
    give_out_slips(talk, 3, None)
    destroy_key(talk.id)

    open_(talk, None)

    assert talk.slips == 0
    assert slip_codes(talk) == []


def test_it_shows_and_hides_a_statement_and_back_again():
    talk = cast.an_open_conversation()
    first = talk.statements.get(number=1)
    vote(first, 1, Choice.AGREE)

    hide(first, None)
    assert first.state == Statement.State.HIDDEN
    show(first, None)

    assert first.state == Statement.State.SHOWN
    assert choices(first) == {1: 1}
    assert deeds(talk) == ["hide", "show"]
    assert [e.note for e in LogEntry.objects.all()] == ["statement 1", "statement 1"]


def test_it_moves_votes_exactly_when_it_merges_and_the_target_has_the_last_word():
    talk = cast.an_open_conversation()
    first, second = talk.statements.filter(number__in=(1, 2))
    vote(first, 1, Choice.AGREE)
    vote(first, 2, Choice.AGREE)
    vote(second, 2, Choice.DISAGREE)
    vote(second, 3, Choice.PASS)
    Showing.objects.create(statement=first, pseudonym=2, probability=0.5)
    Showing.objects.create(statement=second, pseudonym=2, probability=0.25)
    Showing.objects.create(statement=first, pseudonym=4, probability=0.5)

    merge(first, second, cast.facilitator())

    assert choices(second) == {1: 1, 2: -1, 3: 0}
    assert choices(first) == {}
    assert dict(second.showings.values_list("pseudonym", "probability")) == {2: 0.25, 4: 0.5}
    assert first.state == Statement.State.MERGED
    assert first.merged_into == second
    assert "agree" not in LogEntry.objects.get().note


def test_it_leads_an_earlier_merge_on_to_the_new_place():
    talk = cast.an_open_conversation()
    first, second, third = talk.statements.filter(number__lte=3)
    merge(first, second, None)

    merge(second, third, None)

    first.refresh_from_db()
    assert first.merged_into == third


def test_it_shows_a_merged_statement_on_its_own_again_without_votes():
    talk = cast.an_open_conversation()
    first, second = talk.statements.filter(number__in=(1, 2))
    vote(first, 1, Choice.AGREE)
    merge(first, second, None)

    show(first, None)

    assert (first.state, first.merged_into) == (Statement.State.SHOWN, None)
    assert choices(second) == {1: 1}


def test_it_merges_nothing_with_itself_with_another_talk_or_with_what_is_not_shown():
    talk, other = cast.an_open_conversation(), cast.an_open_conversation()
    first, second = talk.statements.filter(number__in=(1, 2))

    with pytest.raises(NotPossible, match="cannot be merged with itself"):
        merge(first, first, None)
    with pytest.raises(NotPossible, match="different conversations"):
        merge(first, other.statements.get(number=1), None)
    hide(second, None)
    with pytest.raises(NotPossible, match="Statement 2 is left out"):
        merge(first, second, None)
    third, fourth = talk.statements.filter(number__in=(3, 4))
    merge(first, third, None)
    with pytest.raises(NotPossible, match="Statement 1 is part of statement 3 already"):
        merge(first, fourth, None)


def test_it_leaves_the_statements_of_a_closed_talk_as_people_answered_them():
    talk = cast.a_draft(phase=Phase.CLOSED)
    first, second = talk.statements.filter(number__in=(1, 2))

    for deed in (
        lambda: hide(first, None),
        lambda: show(first, None),
        lambda: merge(first, second, None),
        lambda: add_statements(talk, ["One more."], None),
        lambda: give_out_slips(talk, 1, None),
    ):
        with pytest.raises(NotPossible, match="is closed"):
            deed()
    assert deeds(talk) == []


def test_it_rewords_a_draft_and_later_only_adds_easier_words():
    talk = cast.a_draft()
    first = talk.statements.get(number=1)
    reword(first, None, words="Show us how.", easy_read="Show us.")
    open_(talk, None)

    reword(first, None, words="Show us how.", plain="Show how it is done.")
    with pytest.raises(NotPossible, match="seen statement 1 already"):
        reword(first, None, words="Tell us how.")

    first.refresh_from_db()
    assert (first.words, first.plain_words, first.easy_read) == (
        "Show us how.",
        "Show how it is done.",
        "",
    )


@pytest.mark.parametrize(("moderation", "state"), [("before", "waiting"), ("after", "shown")])
def test_it_writes_down_what_somebody_said_on_paper(moderation, state):
    talk = cast.an_open_conversation(moderation=moderation)

    statement = write_down(talk, "Bring the children.", cast.facilitator())

    assert (statement.number, statement.state, statement.is_seed) == (6, state, False)
    assert statement.author is None


def test_it_gives_out_slips_whose_codes_stay_when_more_are_printed():
    talk = cast.a_draft()
    give_out_slips(talk, 3, None)
    first = slip_codes(talk)

    assert give_out_slips(talk, 2, None) == 5

    assert slip_codes(talk)[:3] == first
    assert deeds(talk) == ["give out slips", "give out slips"]
    with pytest.raises(NotPossible, match=r"between 1 and 1,995 more slips .* asked for 5,000"):
        give_out_slips(talk, 5_000, None)
    with pytest.raises(NotPossible):
        give_out_slips(talk, 0, None)


def test_it_records_a_show_of_hands_for_all_statements_or_none():
    talk = cast.an_open_conversation()

    with pytest.raises(NotPossible, match="no statement 9 on show"):
        record_hands(talk, [Hands(1, 20, 3, 1), Hands(9, 1, 1, 1)], None)
    assert not ShowOfHands.objects.exists()
    assert deeds(talk) == []

    record_hands(talk, [Hands(1, 20, 3, 1), Hands(2, 4, 4)], cast.facilitator())
    record_hands(talk, [Hands(1, 21, 3, 1)], cast.facilitator())

    kept = ShowOfHands.objects.order_by("statement__number")
    assert [(h.agree, h.disagree, h.neither) for h in kept] == [(21, 3, 1), (4, 4, 0)]
    assert not Vote.objects.exists()


def test_it_lets_the_room_see_only_what_has_begun():
    talk = cast.a_draft()
    with pytest.raises(NotPossible, match="nothing to show yet"):
        let_room_see(talk, None)
    open_(talk, None)

    let_room_see(talk, cast.facilitator())
    assert talk.room_shows_results
    let_room_see(talk, cast.facilitator(), see=False)

    assert not talk.room_shows_results
    assert deeds(talk) == ["open", "show the room", "stop showing the room"]


def test_it_puts_a_step_on_the_screen_only_where_the_room_may_see():
    talk = cast.an_open_conversation()
    with pytest.raises(NotPossible, match="does not see any picture yet"):
        show_step(talk, RoomStep.GROUPS, None)
    let_room_see(talk, None)

    show_step(talk, RoomStep.GROUPS, cast.facilitator())
    assert Conversation.objects.get().room_step == RoomStep.GROUPS
    assert LogEntry.objects.latest("id").note == "Groups"

    let_room_see(talk, None, see=False)
    let_room_see(talk, None)
    assert talk.room_step == RoomStep.EVERYBODY  # each showing begins at the beginning


@pytest.mark.parametrize("step", [-1, 5])
def test_the_database_knows_no_other_steps(step):
    talk = cast.an_open_conversation()
    with pytest.raises((IntegrityError, DataError)), transaction.atomic():
        Conversation.objects.filter(pk=talk.pk).update(room_step=step)


def test_it_never_writes_a_choice_or_a_code_into_the_log():
    talk = cast.an_open_conversation()
    give_out_slips(talk, 2, None)
    code = slip_codes(talk)[0]
    first, second = talk.statements.filter(number__in=(1, 2))
    vote(first, pseudonym_of(talk, by_code(code)), Choice.DISAGREE)
    merge(first, second, None)
    hide(second, None)

    written = " ".join(f"{e.deed} {e.note}" for e in LogEntry.objects.all())
    assert code not in written
    assert "disagree" not in written
