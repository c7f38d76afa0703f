"""What is learned from texts that can be told apart."""

import subprocess
import sys

from onegrid.triage.rules.features import features
from onegrid.triage.rules.grading import graded
from onegrid.triage.rules.learning import divided, learn, part_of
from onegrid.triage.tests.texts import OWN, SAYINGS, spoken


def learned_model(count=600):
    learned, sharpening, held_out = divided(spoken(count))
    return learn(learned=learned, sharpening=sharpening, catalogue=OWN, seed=1), held_out


def guess_of(model):
    return lambda text: [(opinion.code, opinion.share) for opinion in model.opinions(features(text), limit=3)]


def test_tells_apart_what_can_be_told_apart():
    model, held_out = learned_model()

    grade = graded(held_out, guess_of(model))

    assert grade.tried > 80
    assert grade.accuracy > 0.97
    assert grade.top_three == 1
    assert grade.calibration_error < 0.05


def test_says_which_words_spoke_for_it():
    model, _held_out = learned_model()

    best = model.opinions(features("门口井盖破了"), limit=1)[0]

    assert best.code == "roads.manhole"
    assert "井盖" in best.because


def test_knows_a_category_that_nobody_has_filed_by_its_own_words():
    examples = [example for example in spoken(400) if example.code != "fire.passage"]
    learned, sharpening, _held_out = divided(examples)
    model = learn(learned=learned, sharpening=sharpening, catalogue=OWN, seed=1)

    best = model.opinions(features("疏散通道堵塞"), limit=1)[0]

    assert best.code == "fire.passage"


def test_works_with_two_categories():
    two = {"roads.manhole", "roads.lamp"}
    learned, sharpening, held_out = divided(example for example in spoken(400) if example.code in two)
    own = [example for example in OWN if example.code in two]
    model = learn(learned=learned, sharpening=sharpening, catalogue=own, seed=1)

    assert graded(held_out, guess_of(model)).accuracy > 0.97


def test_what_few_people_wrote_does_not_become_part_of_a_model():
    learned, sharpening, _held_out = divided(spoken(300))
    named = [example._replace(text=f"{example.text} 诸葛某某 13900001234") for example in learned[:4]]

    model = learn(learned=[*learned[4:], *named], sharpening=sharpening, catalogue=OWN, seed=1)

    assert not {"诸葛", "葛某", "13900001234"} & set(model.vocabulary)
    assert not any(letter.isdigit() for term in model.vocabulary for letter in term)


def test_the_same_text_is_never_both_learned_and_held_out():
    assert part_of("井盖破了") == part_of(" 井盖破了\n")


def test_learning_again_gives_the_same():
    one, _held_out = learned_model(200)
    other, _held_out = learned_model(200)

    assert (one.weights == other.weights).all()


def test_knows_nothing_of_a_text_without_a_known_word():
    model, _held_out = learned_model(200)

    assert model.opinions(features("12345 ☎"), limit=3) == []
    assert set(SAYINGS) == set(model.codes)


def test_no_web_process_loads_what_learns():
    asked = (
        "import sys, django; django.setup(); from django.urls import reverse; reverse('workspace:queue'); "
        "print('sklearn' in sys.modules, 'scipy' in sys.modules)"
    )

    answer = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)  # noqa: S603 — our own words

    assert answer.stdout.split() == ["False", "False"]
