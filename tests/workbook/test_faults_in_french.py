"""Faults and remarks as an author reads them in French: whole sentences, at the right place, with its typography."""

# ruff: noqa: E501 # one fault a line, as in a table

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.workbook import ContentError, Draft, Remark, read_draft
from bot.workbook.errors import told
from conversations.model import Language
from locales.phrases import say
from tests.workbook.conftest import scheduled, with_settings
from tests.workbook.test_faults import ALONE, PLANTS, WIDER, Plant, with_constraint
from tests.workbook.test_pictures import drafted

Refuser = Callable[[str], tuple[ContentError, ...]]
Reader = Callable[[str], Draft]


def french(error: ContentError | Remark) -> str:
    """The line in French; a no-break space is drawn as ~, so that one sees it."""
    return told(error, Language.FR).replace("\u00a0", "~").replace("\u202f", "~")


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        (
            "| 9:00 |",
            "| noon |",
            "pack.md, feuille schedule, ligne 67, colonne time~: «~noon~» n’est pas une heure -> écrivez les heures et les minutes, comme 10:00",
        ),
        (
            "Demandez à l’équipe.",
            "",
            "pack.md, feuille event, ligne 24, colonne text::French (fr)~: cette cellule est vide -> écrivez le texte en français",
        ),
        (
            "| select_one countries |",
            "| select_one contries |",
            "pack.md, feuille survey, ligne 29, colonne type~: il n’y a pas de liste de choix «~contries~» -> écrivez countries",
        ),
        (
            "| reasons | habits |",
            "| reasons | rules |",
            "pack.md, feuille choices, ligne 54, colonne name~: «~rules~» figure déjà à la ligne 53 -> donnez à chaque ligne un nom différent",
        ),
        (
            "| For all. | Pour tous. |",
            f"| {'For all. ' * 400} | Pour tous. |",
            "pack.md, feuille messages, ligne 60, colonne explanation::English (en)~: le texte compte 3~599 caractères, pour 3~000 au maximum -> raccourcissez-le de 599 caractères",
        ),
        (
            "selected(${why}, 'time')",
            "selected(${why} 'time')",
            "pack.md, feuille survey, ligne 34, colonne relevant~: l’expression ne peut pas être lue au caractère 17~: «~,~» est attendu ici -> écrivez par exemple ${question} = 'choix' ou selected(${question}, 'choix')",
        ),
        (
            "not(${changed} = 'no')",
            "not(1, 2)",
            "pack.md, feuille survey, ligne 35, colonne relevant~: l’expression ne peut pas être lue au caractère 1~: not() prend 1 valeur, et non 2 -> écrivez par exemple ${question} = 'choix' ou selected(${question}, 'choix')",
        ),
        (
            "| | end group |",
            "| | end_repeat |",
            "pack.md, feuille survey, ligne 36, colonne type~: ce end_repeat ne ferme aucun begin_repeat -> écrivez end_group~: «~week_1~» est encore ouvert",
        ),
        (
            "| text | words |",
            "| text | meta |",
            "pack.md, feuille survey, ligne 38~: le vérificateur de formulaires pyxform signale, en anglais~: On the 'survey' sheet, the 'name' value 'meta' is invalid. The name 'meta' is reserved for form metadata. -> corrigez-le comme l’indique la référence XLSForm (xlsform.org)",
        ),
        (
            "| 1 week | 54 weeks |",
            "| 1 week | |",
            "pack.md, feuille schedule, ligne 68, colonne until~: cela se répéterait sans fin -> écrivez quand cela s’arrête, comme 54 weeks",
        ),
        (
            "| refresher | safety | enrolment | 3 days | 10:00 |",
            "| refresher | safety | enrolment | 3 days | 21:30 |",
            "pack.md, feuille schedule, ligne 64, colonne time~: rien n’est envoyé à 21:30, pendant les heures de silence -> écrivez une heure à partir de 08:00 et avant 20:00",
        ),
        (
            "| explanation::French (fr) |",
            "| explanation::French |",
            "pack.md, feuille messages, ligne 58, colonne explanation::French~: on ne sait pas dans quelle langue est la colonne explanation::French -> écrivez explanation::English (en) ou explanation::French (fr)",
        ),
    ],
)
def test_a_fault_is_told_in_french_at_its_place(old: str, new: str, line: str, good: str, faults_of: Refuser) -> None:
    assert good.count(old) == 1
    assert [french(error) for error in faults_of(good.replace(old, new))] == [line]


def test_what_has_no_row_or_sheet_says_so_in_french_too(good: str, faults_of: Refuser, tmp_path: Path) -> None:
    (missing,) = faults_of(good.replace("| | title | | The course | Le cours |\n", ""))
    assert french(missing) == (
        "pack.md, feuille event, colonne setting~: le réglage title manque -> "
        "ajoutez une ligne avec title sous setting et remplissez ses colonnes text"
    )
    (nowhere,) = read_draft(tmp_path / "pack.xlsx").faults
    assert french(nowhere) == "pack.xlsx~: ce fichier n’existe pas -> vérifiez son nom et son dossier"


def test_rows_of_the_schedule_that_contradict_one_another_name_each_other_in_french(faults_of: Refuser) -> None:
    (ladders,) = faults_of(scheduled("refresher | | enrolment | 3 days", "refresher | | event_end | 3 days"))
    assert "des refresher sans nom figurent déjà à la ligne 64~: une seule échelle suffit" in french(ladders)
    (reminded,) = faults_of(
        scheduled(
            "survey | week_1 | enrolment | 1 week",
            "survey | week_1 | event_end | 1 week | | | | | | | | 3 days",
        )
    )
    assert "la ligne 64 donne d’autres relances pour cette enquête" in french(reminded)


def test_a_setting_that_is_empty_may_be_filled_or_taken_out(faults_of: Refuser) -> None:
    (cap,) = faults_of(with_settings("weekly_cap |"))
    assert french(cap).endswith("cette cellule est vide -> écrivez un nombre de 1 à 7, comme 2, ou supprimez la ligne")


def test_remarks_on_a_form_are_told_in_french(draft_of: Reader) -> None:
    draft = draft_of(
        "| survey |\n| | type | name | label::French (fr) |\n| | geotrace | way | Le chemin |\n| | text | a | Quoi ? |\n"
    )
    languages, left_out = draft.remarks
    assert french(languages) == (
        "form.md, feuille survey, ligne 2~: le formulaire n’a pas de texte en anglais~: celui d’une autre langue s’affiche -> "
        "ajoutez la colonne label::English (en)~; ou, si c’est voulu, écrivez French (fr) comme default_language dans settings"
    )
    assert french(left_out) == (
        "form.md, feuille survey, ligne 3, colonne type~: une discussion ne prend pas en charge «~geotrace~»~: la question est "
        "laissée de côté -> posez la question autrement, hors de la discussion, ou supprimez la ligne"
    )


def test_what_is_wrong_with_a_file_beside_the_form_is_part_of_the_french_sentence(tmp_path: Path) -> None:
    (told_of_it,) = (each for each in drafted(tmp_path, "image::English (en)", "a.png").remarks if "a.png" in str(each))
    assert french(told_of_it) == (
        "form.md, feuille survey, ligne 3, colonne image::English (en)~: l’image «~a.png~» ne s’affiche pas~: ce fichier n’existe "
        "pas -> placez un fichier JPEG ou PNG plus petit à côté du formulaire, ou dites avec des mots ce qu’il faut savoir"
    )


@pytest.mark.parametrize("plant", [*PLANTS, *ALONE, *WIDER], ids=lambda plant: f"{plant.sheet}-{plant.problem}")
def test_no_fault_of_a_pack_stays_in_english(plant: Plant, good: str, faults_of: Refuser) -> None:
    for error in faults_of(good.replace(plant.old, plant.new)):
        for words in (error.problem, error.remedy):
            assert say(words, Language.FR) != say(words, Language.EN)


def test_what_the_dot_stands_for_is_explained_in_french(good: str, faults_of: Refuser) -> None:
    (error,) = faults_of(with_constraint(good, "number", ". > "))
    assert french(error).endswith(
        "l’expression ne peut pas être lue au caractère 4~: une question comme ${nom}, un nombre ou un texte entre guillemets "
        "droits est attendu ici -> écrivez par exemple . > 0 and . <= 100, où le point désigne la réponse"
    )
